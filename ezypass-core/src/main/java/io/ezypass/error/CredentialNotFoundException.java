package io.ezypass.error;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;

/** The user's vault has no such credential (any more). Nothing was written. Do not retry. */
public final class CredentialNotFoundException extends VaultException {
  private static final long serialVersionUID = 1L;

  private final UserId user;
  private final CredentialId credential;

  /**
   * Creates the failure.
   *
   * @param user whose vault was searched
   * @param credential what was not found
   */
  public CredentialNotFoundException(UserId user, CredentialId credential) {
    super("The vault of user " + user + " has no credential " + credential + ".");
    this.user = user;
    this.credential = credential;
  }

  /**
   * Whose vault was searched.
   *
   * @return the id
   */
  public UserId user() {
    return user;
  }

  /**
   * What was not found.
   *
   * @return the id
   */
  public CredentialId credential() {
    return credential;
  }
}
