package io.ezypass.internal.op;

import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;
import io.ezypass.model.PendingWrite;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Sends a transaction. Collisions with others are retried with jitter and the same token, so that a
 * transaction whose response was lost is not done twice.
 */
final class Transactions {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;

  Transactions(Environment env) {
    this.env = env;
  }

  /**
   * Sends it.
   *
   * @param pending names the write, if its outcome stays unknown
   * @param done goes on after it took effect
   * @param refused goes on after a condition did not hold; nothing was written
   */
  <R> Plan<R> send(
      Transaction transaction,
      Supplier<PendingWrite> pending,
      Supplier<Plan<R>> done,
      Function<Cancellation, Plan<R>> refused) {
    return send(transaction, transaction.build(), env.notAfter(), pending, done, refused, 0);
  }

  private <R> Plan<R> send(
      Transaction transaction,
      TransactWriteItemsRequest request,
      OptionalLong notAfter,
      Supplier<PendingWrite> pending,
      Supplier<Plan<R>> done,
      Function<Cancellation, Plan<R>> refused,
      int round) {
    return new Plan.Call<>(
        Op.TRANSACT_WRITE,
        request,
        notAfter,
        response -> done.get(),
        failure -> {
          boolean again = failure instanceof TransactionInProgressException;
          if (failure instanceof TransactionCanceledException cancelled) {
            Cancellation cancellation = transaction.cancellation(cancelled);
            if (cancellation.anyFailed()) {
              return refused.apply(cancellation);
            }
            again = cancellation.conflicted() || cancellation.throttled();
            if (again && round == MAX_ROUNDS) {
              throw CurrentCredential.contended();
            }
          }
          if (again && round < MAX_ROUNDS) {
            return new Plan.Pause<>(
                env.jitter(round),
                () ->
                    send(transaction, request, notAfter, pending, done, refused, round + 1));
          }
          throw Failures.write(Op.TRANSACT_WRITE.name(), failure, pending);
        });
  }
}
