package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.BatchReceiptCodec.Code;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;
import io.ezypass.model.AuditedChange;
import org.jspecify.annotations.Nullable;

/**
 * The step of a batch that moves one credential to the trash. What has changed since it was read is
 * read again, and judged by its version then: a rotation that rewrote it is no conflict.
 *
 * @param rowSize how large the row was that was read
 */
record MoveToTrash(TrashMove move, long rowSize) implements BatchStep {
  @Override
  public Result result() {
    return new Result(Code.WRITTEN, null);
  }

  @Override
  public AuditedChange change() {
    return move.change();
  }

  @Override
  public long takesAway() {
    return rowSize + move.takesAway();
  }

  @Override
  public void into(Transaction transaction) {
    move.into(transaction);
  }

  @Override
  public @Nullable Code leftOut(Cancellation cancellation) {
    move.refused(cancellation);
    return null;
  }
}
