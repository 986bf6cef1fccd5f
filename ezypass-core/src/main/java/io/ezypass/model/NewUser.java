package io.ezypass.model;

/**
 * A user to be registered.
 *
 * @param id the id that the user shall have
 * @param profile username, e-mail address and display name, each optional
 */
public record NewUser(UserId id, UserProfile profile) {
  /**
   * Checks that both are there.
   *
   * @throws IllegalArgumentException if one is missing
   */
  public NewUser {
    Checks.present("id", id);
    Checks.present("profile", profile);
  }

  /**
   * A user with a random id and that e-mail address.
   *
   * @param email the address
   * @return the new user
   * @throws IllegalArgumentException if the address is malformed
   */
  public static NewUser withEmail(String email) {
    return withId(UserId.random()).email(email);
  }

  /**
   * A user with a random id and that username.
   *
   * @param username the name
   * @return the new user
   * @throws IllegalArgumentException if the name is malformed
   */
  public static NewUser withUsername(String username) {
    return withId(UserId.random()).username(username);
  }

  /**
   * A user with an id of the service's own, such as the subject of its identity provider.
   *
   * @param id the id
   * @return the new user, without e-mail address and username
   */
  public static NewUser withId(UserId id) {
    return new NewUser(id, new UserProfile(null, null, null));
  }

  /**
   * The same user with another id.
   *
   * @param value the id
   * @return the changed user
   */
  public NewUser id(UserId value) {
    return new NewUser(value, profile);
  }

  /**
   * The same user with another e-mail address.
   *
   * @param value the address
   * @return the changed user
   * @throws IllegalArgumentException if the address is malformed
   */
  public NewUser email(String value) {
    return new NewUser(id, profile.withEmail(UserKey.email(value).written()));
  }

  /**
   * The same user with another username.
   *
   * @param value the name
   * @return the changed user
   * @throws IllegalArgumentException if the name is malformed
   */
  public NewUser username(String value) {
    return new NewUser(id, profile.withUsername(UserKey.username(value).written()));
  }

  /**
   * The same user with another display name.
   *
   * @param value the name
   * @return the changed user
   * @throws IllegalArgumentException if the name is null, too long or malformed
   */
  public NewUser displayName(String value) {
    return new NewUser(id, profile.withDisplayName(Checks.present("display name", value)));
  }

  /** Shows the id only. */
  @Override
  public String toString() {
    return "NewUser[id=" + id + "]";
  }
}
