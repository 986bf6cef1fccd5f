package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.BatchReceiptCodec.Code;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;
import io.ezypass.model.AuditedChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one item of a batch comes to: something to write, or a result without. */
interface BatchStep {
  /** What the receipt says of it, if the transaction takes effect. */
  Result result();

  /** What the event of its chunk says of it, if the transaction takes effect; null for nothing. */
  @Nullable AuditedChange change();

  /** How large the rows are that it takes away, as DynamoDB counts them. */
  long takesAway();

  /** Puts what it writes into the transaction. */
  void into(Transaction transaction);

  /**
   * Looks at why the transaction was cancelled.
   *
   * @return what the receipt is to say when it is left out from now on; null to try it again, or if
   *     others were in the way
   */
  @Nullable Code leftOut(Cancellation cancellation);

  /** What the event of a transaction of these steps says. */
  static List<AuditedChange> changes(List<BatchStep> steps) {
    List<AuditedChange> changes = new ArrayList<>();
    for (BatchStep step : steps) {
      AuditedChange change = step.change();
      if (change != null) {
        changes.add(change);
      }
    }
    return changes;
  }

  /** Writes nothing. */
  static BatchStep without(Code code) {
    Result result = new Result(code, null);
    return new BatchStep() {
      @Override
      public Result result() {
        return result;
      }

      @Override
      public @Nullable AuditedChange change() {
        return null;
      }

      @Override
      public long takesAway() {
        return 0;
      }

      @Override
      public void into(Transaction transaction) {}

      @Override
      public @Nullable Code leftOut(Cancellation cancellation) {
        return null;
      }
    };
  }
}
