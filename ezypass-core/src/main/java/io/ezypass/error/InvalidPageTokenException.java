package io.ezypass.error;

/**
 * The page token was edited, has expired, or belongs to another table, user or query. Nothing of
 * the list was read. Start again from the first page.
 */
public final class InvalidPageTokenException extends VaultException {
  private static final long serialVersionUID = 1L;

  /** Creates the failure. */
  public InvalidPageTokenException() {
    super("The page token is not valid here. Start again from the first page.");
  }
}
