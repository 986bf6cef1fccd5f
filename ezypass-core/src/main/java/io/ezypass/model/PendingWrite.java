package io.ezypass.model;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * Names a write of which nobody knows whether it took effect. The text holds ids only; it can be
 * stored, survives a restart, and {@code VaultRepository.resolve} settles it.
 *
 * @param value base64url, at most 1,024 characters
 */
public record PendingWrite(String value) implements Serializable {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,1024}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if it is no base64url text of that length
   */
  public PendingWrite {
    Checks.present("pending write", value);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("pending write must be 1 to 1024 characters of base64url");
    }
  }

  /**
   * The pending write with that text.
   *
   * @param value what {@link #value()} gave
   * @return the pending write
   * @throws IllegalArgumentException if it is no base64url text of that length
   */
  public static PendingWrite of(String value) {
    return new PendingWrite(value);
  }

  /** The bare text. */
  @Override
  public String toString() {
    return value;
  }
}
