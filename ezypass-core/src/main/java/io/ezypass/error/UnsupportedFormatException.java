package io.ezypass.error;

/**
 * A stored item has a format or a feature that this version of the library does not know; it may
 * read an item with unknown features, but never writes it. Nothing was written. Update the library.
 */
public final class UnsupportedFormatException extends VaultException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the failure.
   *
   * @param item which item: its kind and ids, no content
   */
  public UnsupportedFormatException(String item) {
    super(item + " was written by a newer version of the library. Update the library.");
  }
}
