package io.ezypass.internal.op;

import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Transaction;

/** What one change of a credential does to rows beside the credential's own. */
interface Satellite {
  /** The feature bits of the credential's own row: who does not know them must not write it. */
  default int features() {
    return 0;
  }

  /** Sets attributes in the clear that the credential's own row carries for it. */
  default void mark(Item row) {}

  /** Whether rows beside the credential's own have to be written. */
  boolean touchesRows();

  /**
   * How large the rows are at most that it takes away, as DynamoDB counts them, if that is much.
   */
  default long takesAway() {
    return 0;
  }

  /** Adds what has to be written. */
  void into(Transaction tx);
}
