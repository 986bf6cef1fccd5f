package io.ezypass.error;

/**
 * The item would be larger than DynamoDB takes (400 KB), or the write deadline had passed before
 * the request could be sent. Nothing was written. Make it smaller, or call again.
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
