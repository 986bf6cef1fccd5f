package io.ezypass.model;

/**
 * A field of the user's own that lists may show.
 *
 * @param name 1 to 256 characters without control characters
 * @param value at most 10,000 characters, may be empty
 */
public record CustomField(String name, String value) {
  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if either is malformed or too long
   */
  public CustomField {
    name = Checks.requiredLine("custom field name", name, 256);
    Checks.lines("custom field value", Checks.present("custom field value", value), 10_000);
  }

  /** Shows nothing that the user wrote. */
  @Override
  public String toString() {
    return "CustomField[redacted]";
  }
}
