package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AsyncRunnerTest extends RunnerContract {
  @Override
  <R extends @Nullable Object> R run(Plan<R> plan) {
    CompletableFuture<R> future = bench.async.run("test", plan);
    while (!future.isDone()) {
      bench.time.advance(Duration.ZERO);
      bench.runQueued();
    }
    if (future.isCompletedExceptionally()) {
      throw Bench.thrown(Bench.failureOf(future));
    }
    return future.join();
  }

  @Test
  void answersThatArriveWhileTheyAreBeingAwaitedNeedNoStack() throws Exception {
    assertThat(Bench.result(bench.async.run("test", racing(20_000)))).isZero();
  }

  /** Every call is answered by another thread, so some answers arrive while it is registered. */
  private static Plan<Integer> racing(int left) {
    Op<Integer, Integer> op =
        new Op<>(
            "Racing",
            (d, k, q) -> fail("sync").hashCode(),
            (d, k, q) -> CompletableFuture.supplyAsync(() -> q));
    return left == 0 ? Plan.done(0) : Plan.call(op, left, x -> racing(x - 1), fails());
  }

  @Test
  void onErrorSeesTheFailureWithoutItsWrapping() {
    IllegalStateException failure = new IllegalStateException();
    Remote<String> remote =
        Remote.failing(new CompletionException(new CompletionException(failure)));
    Plan<Object> plan = Plan.call(remote.op(), remote, x -> fail("answered"), Plan::done);

    assertThat(run(plan)).isSameAs(failure);
  }

  @Test
  void aPauseHoldsNoThreadAndGoesOnOnTheExecutor() {
    CompletableFuture<String> future =
        bench.async.run("test", new Plan.Pause<>(Duration.ofSeconds(2), () -> Plan.done("over")));

    bench.time.advance(Duration.ofNanos(1_999_999_999));
    assertThat(bench.queued()).isZero();
    bench.time.advance(Duration.ofNanos(1));
    assertThat(bench.queued()).isEqualTo(1);
    assertThat(future).isNotDone();
    bench.runQueued();
    assertThat(future).isCompletedWithValue("over");
  }

  @Test
  void aCancelledPlanDoesNotCancelWhatWasSentAndSendsNothingMore() {
    Remote<String> write = new Remote<>();
    Remote<String> next = new Remote<>();
    CompletableFuture<String> future = bench.async.run("test", write.plan().then(x -> next.plan()));

    future.cancel(true);
    assertThat(write.answer).isNotDone();
    write.answer.complete("written");
    assertThat(next.calls()).isZero();
    assertThat(future).isCancelled();
  }

  @Test
  void aCancelledPlanKeepsItsLeaseUntilTheAnswerIsThere() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");
    Remote<String> write = new Remote<>();
    CompletableFuture<String> future =
        bench.async.run("test", Bench.keys(TestKeys.ALICE, Bench.noLoad()).then(k -> write.plan()));
    bench.cache.evictAll();

    future.cancel(true);
    assertThat(keys.wipes()).isZero();
    write.answer.complete("written");
    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void aCancelledLeaderDoesNotCancelTheLoad() {
    Remote<TestKeys> load = new Remote<>();
    CompletableFuture<TestKeys> leader =
        bench.async.run("test", Bench.keys(TestKeys.ALICE, load::plan));
    CompletableFuture<TestKeys> follower =
        bench.async.run("test", Bench.keys(TestKeys.ALICE, Bench.noLoad()));

    leader.cancel(true);
    TestKeys keys = new TestKeys("keys");
    load.answer.complete(keys);
    bench.runQueued();

    assertThat(leader).isCancelled();
    assertThat(follower).isCompletedWithValue(keys);
    assertThat(bench.look(TestKeys.ALICE)).contains(keys);
    bench.cache.evictAll();
    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void aCancelledFollowerHoldsNothing() {
    Remote<TestKeys> load = new Remote<>();
    CompletableFuture<TestKeys> leader =
        bench.async.run("test", Bench.keys(TestKeys.ALICE, load::plan));
    CompletableFuture<TestKeys> follower =
        bench.async.run("test", Bench.keys(TestKeys.ALICE, Bench.noLoad()));

    follower.cancel(true);
    TestKeys keys = new TestKeys("keys");
    load.answer.complete(keys);
    bench.runQueued();

    assertThat(leader).isCompletedWithValue(keys);
    bench.cache.evictAll();
    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void theResultIsReadyOnlyAfterTheLeasesAreBack() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");
    Remote<String> read = new Remote<>();
    CompletableFuture<Integer> wipesSeen =
        bench
            .async
            .run("test", Bench.keys(TestKeys.ALICE, Bench.noLoad()).then(k -> read.plan()))
            .thenApply(x -> keys.wipes());
    bench.cache.evictAll();
    read.answer.complete("read");

    assertThat(wipesSeen).isCompletedWithValue(1);
  }

  @Test
  void anExecutorThatRefusesFailsTheFollowerAndNoLeaseIsLost() {
    RejectedExecutionException refusal = new RejectedExecutionException();
    Bench refusing =
        new Bench(
            10,
            8,
            task -> {
              throw refusal;
            });
    Remote<TestKeys> load = new Remote<>();
    CompletableFuture<TestKeys> leader =
        refusing.async.run("test", Bench.keys(TestKeys.ALICE, load::plan));
    CompletableFuture<TestKeys> follower =
        refusing.async.run("test", Bench.keys(TestKeys.ALICE, Bench.noLoad()));
    TestKeys keys = new TestKeys("keys");
    load.answer.complete(keys);

    assertThat(leader).isCompletedWithValue(keys);
    assertThat(Bench.failureOf(follower)).isSameAs(refusal);
    refusing.cache.evictAll();
    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void aPlanGoesOnOnTheThreadThatAnswered() throws Exception {
    Remote<String> remote = new Remote<>();
    AtomicReference<@Nullable Thread> wentOn = new AtomicReference<>();
    CompletableFuture<String> future =
        bench.async.run(
            "test",
            remote
                .plan()
                .map(
                    x -> {
                      wentOn.set(Thread.currentThread());
                      return x;
                    }));
    Bench.Caller<Boolean> answering = Bench.caller(() -> remote.answer.complete("answer"));

    assertThat(Bench.result(future)).isEqualTo("answer");
    assertThat(wentOn.get()).isSameAs(answering.thread());
  }
}
