package io.ezypass.error;

/**
 * A stored item does not open: it is not what the library wrote there. Nothing of it was shown, and
 * nothing was written. Do not retry: find out who writes to the table. There is one message for
 * every reason, so that it tells an attacker nothing.
 */
public final class TamperedItemException extends VaultException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the failure.
   *
   * @param item which item: its kind and ids, no content
   */
  public TamperedItemException(String item) {
    super(item + " does not open: it is not what was written there.");
  }
}
