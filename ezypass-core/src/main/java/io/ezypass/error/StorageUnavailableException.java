package io.ezypass.error;

/**
 * DynamoDB did not do what was asked, and it is certain that the request that failed wrote nothing.
 * Retry later. Of the operations that take several steps and resume ({@code deleteUser}, {@code
 * createTable}, {@code initialise}, {@code rotate}), earlier steps may have been done: call them
 * again.
 */
public final class StorageUnavailableException extends VaultException {
  private static final long serialVersionUID = 1L;

  /** Why it failed. */
  public enum Reason {
    /** The table or the account is over its request rate, or transactions kept colliding. */
    THROTTLED("the request rate is exceeded or transactions collide; retry later"),
    /** DynamoDB did not answer, or the SDK could not send. */
    UNREACHABLE("the SDK got no answer; retry later, and check endpoint, Region and credentials"),
    /** DynamoDB refused the request: permissions, or a request it does not understand. */
    REFUSED("DynamoDB refused the request; check the IAM policy and the table");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }
  }

  private final Reason reason;

  /**
   * Creates the failure.
   *
   * @param reason why it failed
   * @param operation the DynamoDB operation
   * @param causeType the simple name of the SDK's exception
   */
  public StorageUnavailableException(Reason reason, String operation, String causeType) {
    super(operation + " failed (" + causeType + "): " + reason.advice + ". It wrote nothing.");
    this.reason = reason;
  }

  /**
   * Why it failed.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
