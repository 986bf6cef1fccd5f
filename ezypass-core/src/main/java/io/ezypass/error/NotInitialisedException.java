package io.ezypass.error;

/**
 * The table is missing, has no root item, or is another table than the configuration pins. Nothing
 * was written. Create and initialise it with {@code VaultAdmin}, or correct the configuration.
 */
public final class NotInitialisedException extends VaultException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the failure.
   *
   * @param message what is missing and what to do
   */
  public NotInitialisedException(String message) {
    super(message);
  }
}
