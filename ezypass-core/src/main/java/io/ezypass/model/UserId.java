package io.ezypass.model;

import java.io.Serializable;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The opaque, permanent id of a vault's owner. It is stored in the clear as part of the table's
 * keys, so it must say nothing about a person: never use an e-mail address.
 *
 * @param value 1 to 128 characters out of {@code [A-Za-z0-9._:-]}
 */
public record UserId(String value) implements Serializable {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  public UserId {
    Checks.present("user id", value);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "user id must be 1 to 128 characters of A-Z a-z 0-9 . _ : -");
    }
  }

  /**
   * The id with that value.
   *
   * @param value 1 to 128 characters out of {@code [A-Za-z0-9._:-]}
   * @return the id
   * @throws IllegalArgumentException if the value has another form
   */
  public static UserId of(String value) {
    return new UserId(value);
  }

  /**
   * A new id nobody else has.
   *
   * @return a random UUID (version 4) in its 36-character form
   */
  public static UserId random() {
    return new UserId(UUID.randomUUID().toString());
  }

  /** The bare value, as it stands in the table's keys. */
  @Override
  public String toString() {
    return value;
  }
}
