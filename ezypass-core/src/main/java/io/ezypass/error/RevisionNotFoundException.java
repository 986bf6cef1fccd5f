package io.ezypass.error;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;

/**
 * The credential is there, and has no such revision (any more): it was never kept, or fell out of
 * the limit or the age limit of its policy. Nothing was written. Do not retry.
 */
public final class RevisionNotFoundException extends VaultException {
  private static final long serialVersionUID = 1L;

  private final UserId user;
  private final CredentialId credential;
  private final long version;

  /**
   * Creates the failure.
   *
   * @param user whose vault was searched
   * @param credential which credential
   * @param version the version that was not kept
   */
  public RevisionNotFoundException(UserId user, CredentialId credential, long version) {
    super(
        "Credential " + credential + " of user " + user + " has no revision " + version + " kept.");
    this.user = user;
    this.credential = credential;
    this.version = version;
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
   * Which credential.
   *
   * @return the id
   */
  public CredentialId credential() {
    return credential;
  }

  /**
   * Which version was not found.
   *
   * @return the version
   */
  public long version() {
    return version;
  }
}
