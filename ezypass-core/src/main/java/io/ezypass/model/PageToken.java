package io.ezypass.model;

import java.util.regex.Pattern;

/**
 * Where a list goes on. The text is sealed: it can go through a browser and comes back unreadable
 * and unchangeable. It is bound to table, user and query, and expires after a day.
 *
 * @param value base64url, at most 4,096 characters
 */
public record PageToken(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,4096}");

  /**
   * Checks the form only; a token that was edited is refused when it is used.
   *
   * @throws IllegalArgumentException if it is no base64url text of that length
   */
  public PageToken {
    Checks.present("page token", value);
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("page token must be 1 to 4096 characters of base64url");
    }
  }

  /**
   * The token with that text.
   *
   * @param value what {@link #value()} gave
   * @return the token
   * @throws IllegalArgumentException if it is no base64url text of that length
   */
  public static PageToken of(String value) {
    return new PageToken(value);
  }

  /** The bare text, for URLs. */
  @Override
  public String toString() {
    return value;
  }
}
