package io.ezypass.totp;

import io.ezypass.model.Secret;
import java.time.Instant;

/**
 * A one-time password with the time it is for. Closing it wipes the code; not closing it is safe.
 *
 * @param code 6 to 8 digits, leading zeros included
 * @param validUntil when the next code takes its place, in whole seconds
 * @param secondsLeft how long that is from the time asked for, in seconds rounded up: from the
 *     period at its start down to 1
 */
public record TotpCode(Secret code, Instant validUntil, int secondsLeft) implements AutoCloseable {
  /**
   * Joins the parts.
   *
   * @throws IllegalArgumentException if a part is null
   */
  public TotpCode {
    Totp.present("code", code);
    Totp.present("validUntil", validUntil);
  }

  /** Wipes the code. */
  @Override
  public void close() {
    code.close();
  }

  /** Shows the times, not the code. */
  @Override
  public String toString() {
    return "TotpCode[validUntil=" + validUntil + ", secondsLeft=" + secondsLeft + "]";
  }
}
