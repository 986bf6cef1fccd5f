package io.ezypass.internal.cipher;

/** Something sealed does not open. Carries nothing, so that it can tell nothing. */
public final class NotAuthenticException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the failure. */
  public NotAuthenticException() {
    super("not authentic", null, false, false);
  }
}
