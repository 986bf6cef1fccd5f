package io.ezypass.model;

/**
 * A field of the user's own that is sealed with the password, so that a list never decrypts it.
 *
 * @param name 1 to 256 characters without control characters
 * @param value the secret
 */
public record HiddenField(String name, Secret value) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if either is missing or malformed
   */
  public HiddenField {
    name = Checks.requiredLine("hidden field name", name, 256);
    Checks.present("hidden field value", value);
  }

  /** Shows nothing that the user wrote. */
  @Override
  public String toString() {
    return "HiddenField[redacted]";
  }
}
