package io.ezypass.internal.op;

import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Requests;
import io.ezypass.model.PendingWrite;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Sends a conditional write of one item. Collisions with transactions, which the SDK does not
 * retry, are retried with jitter and the same bytes.
 */
final class SingleWrites {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;

  SingleWrites(Environment env) {
    this.env = env;
  }

  /**
   * A condition that did not hold.
   *
   * @param old the item that stood there
   * @param ambiguous whether an attempt before the refused one may have taken effect
   */
  record Refusal(@Nullable Item old, boolean ambiguous) {}

  /**
   * Sends it.
   *
   * @param pending names the write, if its outcome stays unknown
   * @param done goes on after it took effect
   * @param refused goes on after the condition did not hold
   */
  <Q extends DynamoDbRequest, S, R> Plan<R> send(
      Op<Q, S> op,
      Q request,
      Supplier<PendingWrite> pending,
      Supplier<Plan<R>> done,
      Function<Refusal, Plan<R>> refused) {
    Supplier<RuntimeException> failure = () -> new WriteOutcomeUnknownException(pending.get());
    return new Sending<>(
            op,
            request,
            env.notAfter(),
            done,
            refused,
            () -> {
              throw failure.get();
            },
            failure)
        .send(0, false);
  }

  /**
   * Sends a write that needs no name, since reading shows whether it is still to be done.
   *
   * @param done goes on after it took effect
   * @param refused goes on after the condition did not hold
   * @param unknown goes on, by reading, if no answer came
   */
  <Q extends DynamoDbRequest, S, R> Plan<R> settled(
      Op<Q, S> op,
      Q request,
      Supplier<Plan<R>> done,
      Function<Refusal, Plan<R>> refused,
      Supplier<Plan<R>> unknown) {
    return new Sending<>(
            op,
            request,
            env.notAfter(),
            done,
            refused,
            unknown,
            () -> Failures.contended(op.name()))
        .send(0, false);
  }

  private final class Sending<Q extends DynamoDbRequest, S, R> {
    private final Op<Q, S> op;
    private final Q request;
    private final OptionalLong notAfter;
    private final Supplier<Plan<R>> done;
    private final Function<Refusal, Plan<R>> refused;
    private final Supplier<Plan<R>> unknown;
    private final Supplier<RuntimeException> tooLate;

    Sending(
        Op<Q, S> op,
        Q request,
        OptionalLong notAfter,
        Supplier<Plan<R>> done,
        Function<Refusal, Plan<R>> refused,
        Supplier<Plan<R>> unknown,
        Supplier<RuntimeException> tooLate) {
      this.op = op;
      this.request = request;
      this.notAfter = notAfter;
      this.done = done;
      this.refused = refused;
      this.unknown = unknown;
      this.tooLate = tooLate;
    }

    /** Sends once more; {@code before} says whether an earlier round may have taken effect. */
    Plan<R> send(int round, boolean before) {
      return new Plan.Call<>(
          op,
          round == 0 ? request : Requests.endingWithin(request, env.until(notAfter)),
          notAfter,
          response -> done.get(),
          failure -> {
            boolean ambiguous = before || Failures.wasRetried(failure);
            if (failure instanceof ConditionalCheckFailedException refusal) {
              return refused.apply(new Refusal(Item.of(refusal.item()), ambiguous));
            }
            if (failure instanceof TransactionConflictException && round < MAX_ROUNDS) {
              return Plan.retry(env.jitter(round), () -> send(round + 1, ambiguous));
            }
            if (before || Failures.isUnknown(failure)) {
              return unknown.get();
            }
            throw Failures.read(op.name(), failure);
          },
          before ? tooLate : null);
    }
  }
}
