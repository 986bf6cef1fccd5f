package io.ezypass.model;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Identifies an initialised table for ever, whatever its name is after a restore. It is part of all
 * encryption contexts; a configuration can pin it.
 *
 * @param value 22 characters of base64url, 16 bytes
 */
public record TableId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  public TableId {
    Checks.present("table id", value);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("table id must be 22 characters of base64url");
    }
  }

  /**
   * The id with that value.
   *
   * @param value what {@link #value()} gave
   * @return the id
   * @throws IllegalArgumentException if the value has another form
   */
  public static TableId of(String value) {
    return new TableId(value);
  }

  /**
   * The id with those bytes.
   *
   * @param bytes 16 bytes
   * @return the id
   * @throws IllegalArgumentException if there are not 16 bytes
   */
  public static TableId of(byte[] bytes) {
    return new TableId(
        Base64.getUrlEncoder().withoutPadding().encodeToString(Checks.present("table id", bytes)));
  }

  /**
   * The id as bytes.
   *
   * @return 16 bytes
   */
  public byte[] bytes() {
    return Base64.getUrlDecoder().decode(value);
  }

  /** The bare value. */
  @Override
  public String toString() {
    return value;
  }
}
