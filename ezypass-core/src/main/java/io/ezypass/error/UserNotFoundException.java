package io.ezypass.error;

import io.ezypass.model.UserId;

/** There is no such user, or the user was deleted. Nothing was written. Do not retry. */
public final class UserNotFoundException extends VaultException {
  private static final long serialVersionUID = 1L;

  private final UserId user;

  /**
   * Creates the failure.
   *
   * @param user who was not found
   */
  public UserNotFoundException(UserId user) {
    super("There is no user " + user + ". Register the user first.");
    this.user = user;
  }

  /**
   * Who was not found.
   *
   * @return the id
   */
  public UserId user() {
    return user;
  }
}
