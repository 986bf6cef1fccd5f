package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What both runners promise of plans that go on after a failure. */
abstract class AttemptContract {
  final Bench bench = new Bench();

  /** Runs to the end and throws the plan's failure as it is. */
  abstract <R extends @Nullable Object> R run(Plan<R> plan);

  @Test
  void anAttemptGoesOnAfterWhateverFailedInIt() {
    List<Plan<String>> failing =
        List.of(
            Remote.<String>failing(new ArithmeticException()).plan(),
            Plan.done("x").then(x -> AttemptContract.throwing()),
            Plan.done("x").then(x -> Plan.done(x).then(y -> AttemptContract.throwing())),
            new Plan.Pause<>(Duration.ZERO, AttemptContract::throwing),
            new Plan.Keys<>(TestKeys.ALICE, null, AttemptContract::throwing, k -> fail("loaded")),
            new Plan.Call<>(
                ECHO, 1, OptionalLong.of(bench.time.getAsLong()), x -> fail("sent"), fails()));
    for (Plan<String> plan : failing) {
      String ended = run(recovered(plan).map(x -> x + ", and on"));
      assertThat(ended).isIn("ArithmeticException, and on", "LimitExceededException, and on");
    }
  }

  @Test
  void anAttemptThatEndsGoesOnWithItsValue() {
    assertThat(run(recovered(Remote.answering("sent").plan()))).isEqualTo("sent");
  }

  /** The innermost one gets it, and what it throws goes to the one around it. */
  @Test
  void attemptsMayBeNested() {
    Plan<String> inner =
        new Plan.Attempt<>(
            AttemptContract.<String>failing(),
            Plan::done,
            failure -> {
              throw new IllegalStateException(failure);
            });

    assertThat(run(recovered(inner))).isEqualTo("IllegalStateException");
    assertThat(run(recovered(recovered(AttemptContract.failing()))))
        .isEqualTo("ArithmeticException");
  }

  @Test
  void anAttemptIsOverWhenItsPlanIs() {
    Plan<String> plan =
        new Plan.Attempt<>(Plan.done("x"), x -> failing(), failure -> fail("not in it"));

    assertThatThrownBy(() -> run(plan)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void aHundredThousandAttemptsNeedNoStack() {
    int left = run(attemptDown(100_000));

    assertThat(left).isZero();
  }

  private static Plan<Integer> attemptDown(int left) {
    return left == 0
        ? Plan.done(0)
        : new Plan.Attempt<>(
            Plan.<Integer, Integer, Integer>call(
                ECHO,
                left,
                x -> {
                  throw new StacklessException();
                },
                fails()),
            x -> fail("ended"),
            failure -> attemptDown(left - 1));
  }

  private static Plan<String> recovered(Plan<String> plan) {
    return new Plan.Attempt<>(
        plan, Plan::done, failure -> Plan.done(failure.getClass().getSimpleName()));
  }

  static <R extends @Nullable Object> Plan<R> throwing() {
    throw new ArithmeticException();
  }

  private static <R extends @Nullable Object> Plan<R> failing() {
    return Plan.done(0).then(x -> throwing());
  }

  static final Op<Integer, Integer> ECHO =
      new Op<>("Echo", (d, k, q) -> q, (d, k, q) -> CompletableFuture.completedFuture(q));

  static <R extends @Nullable Object> Function<Throwable, Plan<R>> fails() {
    return failure -> {
      throw new CompletionException(failure);
    };
  }

  static <R extends @Nullable Object> Plan<R> fail(String what) {
    throw new AssertionError(what);
  }

  static final class StacklessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StacklessException() {
      super(null, null, false, false);
    }
  }
}
