package io.ezypass.error;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;

/**
 * The credential is shared with that user already. Nothing was written, and the grant that is there
 * stays as it is. Do not retry; to change its end, revoke it and share again.
 */
public final class AlreadySharedException extends VaultException {
  private static final long serialVersionUID = 1L;

  private final UserId owner;
  private final CredentialId credential;
  private final UserId recipient;

  /**
   * Creates the failure.
   *
   * @param owner whose credential it is
   * @param credential which credential
   * @param recipient who has a grant already
   */
  public AlreadySharedException(UserId owner, CredentialId credential, UserId recipient) {
    super(
        "Credential "
            + credential
            + " of user "
            + owner
            + " is shared with user "
            + recipient
            + " already. Nothing was written; to change the grant, revoke it first.");
    this.owner = owner;
    this.credential = credential;
    this.recipient = recipient;
  }

  /**
   * Whose credential it is.
   *
   * @return the id
   */
  public UserId owner() {
    return owner;
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
   * Who has a grant already.
   *
   * @return the id
   */
  public UserId recipient() {
    return recipient;
  }
}
