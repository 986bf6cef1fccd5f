package io.ezypass.error;

/**
 * Somebody else changed the item since the caller read it. Nothing was written. Read it again,
 * repeat the change on what is there now, and write with the version read; {@code edit} does that.
 */
public final class VersionConflictException extends VaultException {
  private static final long serialVersionUID = 1L;

  private final long seen;
  private final long stored;

  /**
   * Creates the failure.
   *
   * @param item what was to be changed: its kind and ids, no content
   * @param seen the version that the caller named
   * @param stored the version in the table
   */
  public VersionConflictException(String item, long seen, long stored) {
    super(
        item
            + " is at version "
            + stored
            + ", the change was made for version "
            + seen
            + ". Nothing was written; read it again and repeat the change.");
    this.seen = seen;
    this.stored = stored;
  }

  /**
   * The version that the caller named.
   *
   * @return the version
   */
  public long seen() {
    return seen;
  }

  /**
   * The version in the table when the write was refused.
   *
   * @return the version
   */
  public long stored() {
    return stored;
  }
}
