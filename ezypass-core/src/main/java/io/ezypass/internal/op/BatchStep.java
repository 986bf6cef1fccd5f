package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.BatchReceiptCodec.Code;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;

/** What one item of a batch comes to: something to write, or a result without. */
interface BatchStep {
  /** What the receipt says of it, if the transaction takes effect. */
  Result result();

  /** How many actions of the transaction it takes. */
  int actions();

  /** How large what it writes is, as DynamoDB counts it. */
  long size();

  /** Puts what it writes into the transaction. */
  void into(Transaction transaction);

  /** Whether the transaction was cancelled since what it expects did not hold. */
  boolean refused(Cancellation cancellation);

  /** Writes nothing. */
  static BatchStep without(Code code) {
    Result result = new Result(code, null);
    return new BatchStep() {
      @Override
      public Result result() {
        return result;
      }

      @Override
      public int actions() {
        return 0;
      }

      @Override
      public long size() {
        return 0;
      }

      @Override
      public void into(Transaction transaction) {}

      @Override
      public boolean refused(Cancellation cancellation) {
        return false;
      }
    };
  }
}
