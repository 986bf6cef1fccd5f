package io.ezypass.model;

import org.jspecify.annotations.Nullable;

/**
 * What is stored about a user, apart from the id. An update replaces it whole. An empty text is the
 * same as none.
 *
 * @param username unique in the table when present, compared in lower case; at most 320 characters
 * @param email unique in the table when present, compared in lower case; at most 320 characters
 * @param displayName at most 1,024 characters
 */
public record UserProfile(
    @Nullable String username, @Nullable String email, @Nullable String displayName) {

  /**
   * Checks the fields.
   *
   * @throws IllegalArgumentException naming the field that is too long or malformed
   */
  public UserProfile {
    username = username == null || username.isEmpty() ? null : UserKey.username(username).written();
    email = email == null || email.isEmpty() ? null : UserKey.email(email).written();
    displayName = Checks.line("display name", displayName, 1_024);
  }

  /**
   * The same profile with another e-mail address.
   *
   * @param value the address, null for none
   * @return the new profile
   */
  public UserProfile withEmail(@Nullable String value) {
    return new UserProfile(username, value, displayName);
  }

  /**
   * The same profile with another username.
   *
   * @param value the name, null for none
   * @return the new profile
   */
  public UserProfile withUsername(@Nullable String value) {
    return new UserProfile(value, email, displayName);
  }

  /**
   * The same profile with another display name.
   *
   * @param value the name, null for none
   * @return the new profile
   */
  public UserProfile withDisplayName(@Nullable String value) {
    return new UserProfile(username, email, value);
  }

  /** Shows nothing that the user wrote. */
  @Override
  public String toString() {
    return "UserProfile[redacted]";
  }
}
