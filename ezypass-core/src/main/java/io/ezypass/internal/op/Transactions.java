package io.ezypass.internal.op;

import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Requests;
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
    return settled(
        transaction, () -> new WriteOutcomeUnknownException(pending.get()), done, refused);
  }

  /**
   * Sends one that needs no name, since reading shows whether it took effect.
   *
   * @param unknown what it fails with, if its outcome stays unknown
   * @param done goes on after it took effect
   * @param refused goes on after a condition did not hold; nothing was written
   */
  <R> Plan<R> settled(
      Transaction transaction,
      Supplier<RuntimeException> unknown,
      Supplier<Plan<R>> done,
      Function<Cancellation, Plan<R>> refused) {
    return new Sending<>(transaction, env.notAfter(), unknown, done, refused).send(0, false);
  }

  private final class Sending<R> {
    private final Transaction transaction;
    private final TransactWriteItemsRequest request;
    private final OptionalLong notAfter;
    private final Supplier<RuntimeException> unknown;
    private final Supplier<Plan<R>> done;
    private final Function<Cancellation, Plan<R>> refused;

    Sending(
        Transaction transaction,
        OptionalLong notAfter,
        Supplier<RuntimeException> unknown,
        Supplier<Plan<R>> done,
        Function<Cancellation, Plan<R>> refused) {
      this.transaction = transaction;
      this.request = transaction.build();
      this.notAfter = notAfter;
      this.unknown = unknown;
      this.done = done;
      this.refused = refused;
    }

    /** Sends once more; {@code before} says whether an earlier round may have taken effect. */
    Plan<R> send(int round, boolean before) {
      return new Plan.Call<>(
          Op.TRANSACT_WRITE,
          round == 0 ? request : Requests.endingWithin(request, env.until(notAfter)),
          notAfter,
          response -> done.get(),
          failure -> {
            // What is in progress under this token is an earlier attempt of ours.
            boolean again = failure instanceof TransactionInProgressException;
            boolean ambiguous = before || again || Failures.wasRetried(failure);
            if (failure instanceof TransactionCanceledException cancelled) {
              Cancellation cancellation = transaction.cancellation(cancelled);
              if (cancellation.anyFailed()) {
                return refused.apply(cancellation);
              }
              again = cancellation.conflicted() || cancellation.throttled();
            }
            if (again && round < MAX_ROUNDS) {
              return Plan.retry(env.jitter(round), () -> send(round + 1, ambiguous));
            }
            if (before || (again && ambiguous)) {
              throw unknown.get();
            }
            if (again) {
              throw Failures.contended();
            }
            throw Failures.isUnknown(failure)
                ? unknown.get()
                : Failures.read(Op.TRANSACT_WRITE.name(), failure);
          },
          before ? unknown : null);
    }
  }
}
