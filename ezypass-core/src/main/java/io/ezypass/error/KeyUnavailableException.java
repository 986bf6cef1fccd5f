package io.ezypass.error;

/**
 * KMS did not give the key that opens the vault; nothing was read or written. {@link #reason()}
 * says whether waiting helps.
 */
public final class KeyUnavailableException extends VaultException {
  private static final long serialVersionUID = 1L;

  /** Why there is no key. */
  public enum Reason {
    /** The caller's IAM role or the key policy forbids it. Retry after a change of policy. */
    DENIED("the caller may not use it; check the IAM and key policies"),
    /** The KMS key is disabled, pending deletion or gone, or does not match the wrapped key. */
    REVOKED("it is disabled, deleted, or not the one that wrapped the vault key"),
    /** KMS is over its request rate. Retry later. */
    THROTTLED("KMS throttles; retry later"),
    /** KMS did not answer. Retry later. */
    UNREACHABLE("KMS did not answer; retry later"),
    /** The table names a KMS key that the configuration does not accept. Do not retry. */
    NOT_ACCEPTED("the table names a key that the configuration does not accept");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }
  }

  private final Reason reason;

  /**
   * Creates the failure.
   *
   * @param reason why there is no key
   */
  public KeyUnavailableException(Reason reason) {
    super("The KMS key is not available (" + reason + "): " + reason.advice + ".");
    this.reason = reason;
  }

  /**
   * Why there is no key.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
