package io.ezypass.error;

/**
 * The item would be larger than DynamoDB takes (400 KB), the write deadline had passed before the
 * request could be sent, one call held a user's keys for more than an hour before it sealed
 * something, a credential has as many grants as it may have, or a user's vault key has no
 * generation left to rotate to. Nothing was written. Make it smaller, revoke a grant, or call
 * again; the last case does not go away.
 */
public final class LimitExceededException extends VaultException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the failure.
   *
   * @param message which limit, what was asked and what is allowed
   */
  public LimitExceededException(String message) {
    super(message);
  }
}
