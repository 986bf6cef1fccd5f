package io.ezypass.model;

/** What became of a write, as of one strongly consistent read. */
public enum WriteOutcome {
  /** It took effect (and may have been overwritten by a later, informed write). */
  APPLIED,
  /**
   * It had not taken effect when the table was read, or it made something new that was deleted
   * since. A request still on its way could land until the write deadline has passed.
   */
  NOT_APPLIED,
  /** Too much has happened to the item since to tell. */
  UNKNOWN
}
