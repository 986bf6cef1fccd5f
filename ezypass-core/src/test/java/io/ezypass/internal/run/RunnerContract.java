package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.error.LimitExceededException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What both runners promise. */
@Timeout(120)
abstract class RunnerContract extends AttemptContract {
  static final int MILLION = 1_000_000;

  @Test
  void endsInTheValueOfTheLastStep() {
    Plan<Integer> plan = Remote.answering(20).plan().then(a -> Plan.done(a + 1)).map(b -> b * 2);

    assertThat(run(plan)).isEqualTo(42);
  }

  @Test
  void aMillionTailRecursiveStepsNeedNoStack() {
    assertThat(run(countDown(MILLION))).isZero();
  }

  private static Plan<Integer> countDown(int left) {
    return left == 0 ? Plan.done(0) : Plan.done(left - 1).then(RunnerContract::countDown);
  }

  @Test
  void aMillionLeftNestedStepsNeedNoStack() {
    Plan<Integer> plan = Plan.done(0);
    for (int i = 0; i < MILLION; i++) {
      plan = plan.then(x -> Plan.done(x + 1));
    }

    assertThat(run(plan)).isEqualTo(MILLION);
  }

  @Test
  void aMillionAnsweredCallsNeedNoStack() {
    assertThat(run(callDown(MILLION))).isZero();
  }

  private static Plan<Integer> callDown(int left) {
    return left == 0 ? Plan.done(0) : Plan.call(ECHO, left, x -> callDown(x - 1), fails());
  }

  @Test
  void aMillionFailedCallsNeedNoStack() {
    assertThat(run(failDown(MILLION))).isZero();
  }

  private static Plan<Integer> failDown(int left) {
    Remote<Integer> remote = Remote.failing(new StacklessException());
    return left == 0
        ? Plan.done(0)
        : Plan.call(remote.op(), remote, x -> fail("answered"), e -> failDown(left - 1));
  }

  @Test
  void aMillionHitsNeedNoStackAndOneLease() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");

    assertThat(run(lookDown(MILLION))).isZero();
    bench.cache.evictAll();
    assertThat(keys.wipes()).isEqualTo(1);
  }

  private static Plan<Integer> lookDown(int left) {
    return left == 0
        ? Plan.done(0)
        : new Plan.Cached<>(
            TestKeys.ALICE, Bench.noLoad(), k -> lookDown(left - 1), () -> fail("cold"));
  }

  @Test
  void manyLoadsNeedNoStack() {
    assertThat(run(loadDown(10_000))).isZero();
    assertThat(bench.cache.stats().loads()).isEqualTo(10_000);
  }

  private Plan<Integer> loadDown(int left) {
    if (left == 0) {
      return Plan.done(0);
    }
    bench.cache.evictAll();
    return new Plan.Keys<>(
        TestKeys.ALICE, null, Bench.loading(new TestKeys("keys")), k -> loadDown(left - 1));
  }

  @Test
  void theFailureOfACallGoesToItsOnError() {
    IllegalStateException failure = new IllegalStateException();
    Remote<String> remote = Remote.failing(failure);
    Plan<Object> plan = Plan.call(remote.op(), remote, x -> fail("answered"), Plan::done);

    assertThat(run(plan)).isSameAs(failure);
  }

  @Test
  void theFailureOfACallDoesNotGoToTheOnErrorOfAnotherOne() {
    IllegalStateException failure = new IllegalStateException();
    Plan<String> inner = Remote.<String>failing(failure).plan();
    Remote<String> outer = Remote.answering("outer");
    Plan<String> plan =
        Plan.call(outer.op(), outer, x -> inner, e -> Plan.done("handled by the wrong one"));

    assertThat(catchThrowable(() -> run(plan))).isSameAs(failure);
  }

  @Test
  void theFailureOfThenDoesNotGoToOnError() {
    Remote<String> remote = Remote.answering("yes");
    IllegalStateException failure = new IllegalStateException();
    Plan<String> plan =
        Plan.call(
            remote.op(),
            remote,
            x -> {
              throw failure;
            },
            e -> Plan.done("handled by the wrong one"));

    assertThat(catchThrowable(() -> run(plan))).isSameAs(failure);
  }

  @Test
  void aFailingOnErrorFailsThePlan() {
    Remote<String> remote = Remote.failing(new IllegalStateException("first"));
    IllegalArgumentException second = new IllegalArgumentException("second");
    Plan<String> plan =
        Plan.call(
            remote.op(),
            remote,
            x -> fail("answered"),
            e -> {
              throw second;
            });

    assertThat(catchThrowable(() -> run(plan))).isSameAs(second);
  }

  @Test
  void onErrorSeesErrorsToo() {
    Remote<String> remote = Remote.failing(new StackOverflowError());
    Plan<String> plan =
        Plan.call(
            remote.op(), remote, x -> fail("answered"), e -> Plan.done(e.getClass().getName()));

    assertThat(run(plan)).isEqualTo("java.lang.StackOverflowError");
  }

  @Test
  void aClientThatThrowsOnSendingIsAFailedCall() {
    IllegalStateException closed = new IllegalStateException("client is closed");
    Op<String, String> op =
        new Op<>(
            "Closed",
            (d, k, q) -> {
              throw closed;
            },
            (d, k, q) -> {
              throw closed;
            });
    Plan<Object> plan = Plan.call(op, "request", x -> fail("answered"), Plan::done);

    assertThat(run(plan)).isSameAs(closed);
  }

  @Test
  void aFailingFunctionFailsThePlan() {
    List<Function<Plan<String>, Plan<String>>> steps = new ArrayList<>();
    steps.add(failing -> Plan.done("").then(x -> evaluated(failing)));
    steps.add(failing -> new Plan.Pause<>(Duration.ZERO, () -> evaluated(failing)));
    steps.add(
        failing ->
            new Plan.Keys<>(
                TestKeys.BOB, null, Bench.loading(new TestKeys("")), k -> evaluated(failing)));
    steps.add(
        failing ->
            new Plan.Keys<>(
                TestKeys.scope("1"),
                null,
                () -> evaluated(failing).map(TestKeys::new),
                k -> Plan.done("")));
    steps.add(
        failing ->
            new Plan.Cached<>(
                TestKeys.BOB, Bench.noLoad(), k -> evaluated(failing), () -> fail("cold")));
    steps.add(
        failing ->
            new Plan.Cached<>(
                TestKeys.scope("2"), Bench.noLoad(), k -> fail("warm"), () -> evaluated(failing)));

    for (Function<Plan<String>, Plan<String>> step : steps) {
      assertThatThrownBy(() -> run(step.apply(THROWING))).isInstanceOf(ArithmeticException.class);
    }
  }

  private static final Plan<String> THROWING = Plan.done("a marker that evaluated() looks for");

  private static Plan<String> evaluated(Plan<String> plan) {
    if (plan == THROWING) {
      throw new ArithmeticException();
    }
    return plan;
  }

  @Test
  void aCallPastItsDeadlineIsNotSent() {
    Remote<String> remote = Remote.answering("sent");
    OptionalLong now = OptionalLong.of(bench.time.getAsLong());
    Plan<String> plan =
        new Plan.Call<>(remote.op(), remote, now, Plan::done, e -> Plan.done("handled"));

    assertThatThrownBy(() -> run(plan))
        .isInstanceOf(LimitExceededException.class)
        .hasMessage("The write deadline has passed: Remote was not sent.");
    assertThat(remote.calls()).isZero();
  }

  @Test
  void aCallMayNameWhatItMeansToBeTooLate() {
    Remote<String> remote = Remote.answering("sent");
    OptionalLong now = OptionalLong.of(bench.time.getAsLong());
    IllegalStateException tooLate = new IllegalStateException("too late");
    Plan<String> plan =
        new Plan.Call<>(
            remote.op(), remote, now, Plan::done, e -> Plan.done("handled"), () -> tooLate);

    assertThatThrownBy(() -> run(plan)).isSameAs(tooLate);
    assertThat(remote.calls()).isZero();
  }

  @Test
  void aCallBeforeItsDeadlineIsSentAlsoAcrossTheOverflowOfNanoTime() {
    Remote<String> remote = Remote.answering("sent");
    OptionalLong later = OptionalLong.of(bench.time.getAsLong() + Bench.TTL.toNanos());
    Plan<String> plan = new Plan.Call<>(remote.op(), remote, later, Plan::done, fails());

    assertThat(later.getAsLong()).isNegative();
    assertThat(run(plan)).isEqualTo("sent");
  }

  @Test
  void theDeadlineIsCheckedAfterAPauseToo() {
    Remote<String> remote = Remote.answering("sent");
    OptionalLong soon = OptionalLong.of(bench.time.getAsLong() + 5);
    Plan<String> plan =
        Plan.done("")
            .then(
                x -> {
                  bench.time.advance(Duration.ofNanos(5));
                  return new Plan.Call<>(remote.op(), remote, soon, Plan::done, fails());
                });

    assertThatThrownBy(() -> run(plan)).isInstanceOf(LimitExceededException.class);
  }

  @Test
  void aFailingPlanGivesItsLeasesBack() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");
    Plan<String> plan =
        Bench.keys(TestKeys.ALICE, Bench.noLoad())
            .then(
                k -> {
                  bench.cache.evict(TestKeys.ALICE);
                  assertThat(k.wipes()).as("wiped while leased").isZero();
                  throw new ArithmeticException();
                });

    assertThatThrownBy(() -> run(plan)).isInstanceOf(ArithmeticException.class);
    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void leasesLastUntilTheWholePlanHasEnded() {
    TestKeys alice = bench.fill(TestKeys.ALICE, "alice");
    TestKeys bob = new TestKeys("bob");
    Plan<String> plan =
        Bench.cached(TestKeys.ALICE, Bench.noLoad())
            .then(a -> Bench.keys(TestKeys.BOB, Bench.loading(bob)))
            .then(b -> Remote.answering("sent").plan())
            .map(
                x -> {
                  bench.cache.evictAll();
                  return alice.use() + bob.use();
                });

    assertThat(run(plan)).isEqualTo("alicebob");
    assertThat(alice.wipes()).isEqualTo(1);
    assertThat(bob.wipes()).isEqualTo(1);
  }

  @Test
  void aLoadMayNeedOtherKeys() {
    TestKeys bob = new TestKeys("bob");
    Plan<TestKeys> plan =
        Bench.keys(
            TestKeys.ALICE,
            () ->
                Bench.keys(TestKeys.BOB, Bench.loading(bob))
                    .map(b -> new TestKeys("of " + b.use())));

    assertThat(run(plan).use()).isEqualTo("of bob");
    bench.cache.evictAll();
    assertThat(bob.wipes()).isEqualTo(1);
  }
}
