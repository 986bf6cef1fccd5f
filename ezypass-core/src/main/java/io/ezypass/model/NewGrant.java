package io.ezypass.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * With whom to share a credential, read-only, and for how long.
 *
 * @param recipient who may open it
 * @param expiresAt when that ends, in whole seconds; null for until it is revoked
 */
public record NewGrant(UserId recipient, @Nullable Instant expiresAt) {
  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException naming what is missing or out of bounds
   */
  public NewGrant {
    Checks.present("recipient", recipient);
    expiresAt = Checks.expiry(expiresAt);
  }

  /**
   * Shares until it is revoked.
   *
   * @param recipient who may open it
   * @return the grant to be made
   */
  public static NewGrant to(UserId recipient) {
    return new NewGrant(recipient, null);
  }

  /**
   * The same for a while.
   *
   * @param end when it ends, in whole seconds
   * @return the grant to be made
   */
  public NewGrant until(Instant end) {
    return new NewGrant(recipient, Checks.present("end", end));
  }

  /** Shows the id only. */
  @Override
  public String toString() {
    return "NewGrant[recipient=" + recipient + "]";
  }
}
