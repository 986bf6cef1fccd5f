package io.ezypass.model;

/**
 * Who made a change: a user, an operator, a job. Stored sealed with what was changed; the owner of
 * a vault acting on it costs no bytes of its own.
 *
 * @param id 1 to 256 characters without control characters
 */
public record Actor(String id) {
  /**
   * Checks the id.
   *
   * @throws IllegalArgumentException if it is blank, too long or malformed
   */
  public Actor {
    id = Checks.requiredLine("actor id", id, 256);
  }

  /**
   * The actor with that id.
   *
   * @param id 1 to 256 characters without control characters
   * @return the actor
   * @throws IllegalArgumentException if the id is blank, too long or malformed
   */
  public static Actor of(String id) {
    return new Actor(id);
  }

  /**
   * A vault user as actor.
   *
   * @param user the user
   * @return the actor whose id is the user's
   */
  public static Actor user(UserId user) {
    return new Actor(Checks.present("user", user).value());
  }

  /** Shows nothing of the id, which may name a person. */
  @Override
  public String toString() {
    return "Actor[redacted]";
  }
}
