package io.ezypass.internal.op;

import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;
import io.ezypass.internal.table.Transaction.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The event that a write leaves in the audit trail, ready to be written in its transaction. It is
 * written only as the next one: if another write was faster, the whole transaction is cancelled,
 * and made again behind that one's event.
 */
final class AuditRow implements Satellite {
  private final @Nullable Item item;
  private @Nullable Handle handle;

  private AuditRow(@Nullable Item item) {
    this.item = item;
  }

  /** Of a write that leaves no event. */
  static AuditRow none() {
    return new AuditRow(null);
  }

  /** Of a sealed event. */
  static AuditRow of(Item item) {
    return new AuditRow(item);
  }

  @Override
  public boolean touchesRows() {
    return item != null;
  }

  @Override
  public void into(Transaction tx) {
    if (item != null) {
      handle = tx.put(item, Condition.absent());
    }
  }

  /** Whether another write's event came first. Says nothing of the other rows. */
  boolean overtaken(Cancellation cancellation) {
    return handle != null && cancellation.failed(handle);
  }

  /** Shows the key only. */
  @Override
  public String toString() {
    return "AuditRow[" + item + "]";
  }
}
