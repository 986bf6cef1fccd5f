package io.ezypass.model;

import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * The opaque id of a credential: URL-safe, and the same for as long as the credential lives, even
 * when its website changes. Ids are made by the library; services store them and hand them back.
 *
 * @param value 28 characters of base64url
 */
public record CredentialId(String value) implements Serializable {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{28}");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  public CredentialId {
    Checks.present("credential id", value);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("credential id must be 28 characters of base64url");
    }
  }

  /**
   * The id with that value.
   *
   * @param value what {@link #value()} gave
   * @return the id
   * @throws IllegalArgumentException if the value has another form
   */
  public static CredentialId of(String value) {
    return new CredentialId(value);
  }

  /** The bare value. */
  @Override
  public String toString() {
    return value;
  }
}
