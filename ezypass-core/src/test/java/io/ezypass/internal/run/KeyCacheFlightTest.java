package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.KeyUnavailableException.Reason;
import io.ezypass.internal.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.AbortedException;

/** Single flight: one load for all who need the same keys. */
@Timeout(120)
final class KeyCacheFlightTest {
  private final Bench bench = new Bench();
  private final Remote<TestKeys> load = new Remote<>();
  private final TestKeys keys = new TestKeys("keys");

  @Test
  void threeThousandColdCallersOfBothKindsShareOneLoad() throws Exception {
    int half = 1_500;
    ExecutorService executor = Executors.newFixedThreadPool(2);
    ExecutorService callers = Executors.newFixedThreadPool(half);
    try {
      Bench mixed = new Bench(10, 8, executor);
      List<Future<TestKeys>> results = new ArrayList<>();
      for (int i = 0; i < half; i++) {
        results.add(callers.submit(() -> mixed.sync.run("s", keysOnce())));
        results.add(mixed.async.run("a", keysOnce()));
      }
      mixed.awaitMisses(2L * half);
      load.answer.complete(keys);

      for (Future<TestKeys> result : results) {
        assertThat(Bench.result(result)).isSameAs(keys);
      }
      assertThat(load.calls()).isEqualTo(1);
      assertThat(mixed.cache.stats()).isEqualTo(new KeyCache.Stats(0, 2L * half, 1, 1));
      assertThat(keys.wipes()).isZero();
      mixed.cache.evictAll();
      // Async leases are back before the result is there, and sync ones before the call returns.
      assertThat(keys.wipes()).isEqualTo(1);
    } finally {
      callers.shutdown();
      executor.shutdown();
    }
  }

  private Plan<TestKeys> keysOnce() {
    return Bench.keys(TestKeys.ALICE, load::plan);
  }

  private static Plan<TestKeys> follow() {
    return Bench.keys(TestKeys.ALICE, Bench.noLoad());
  }

  @Test
  void anAsyncFollowerGoesOnOnTheExecutorAndNotOnTheLeadersThread() {
    CompletableFuture<TestKeys> leader = bench.async.run("leader", keysOnce());
    CompletableFuture<TestKeys> follower = bench.async.run("follower", follow());
    load.answer.complete(keys);

    assertThat(leader).isCompletedWithValue(keys);
    assertThat(follower).isNotDone();
    bench.runQueued();
    assertThat(follower).isCompletedWithValue(keys);
  }

  @Test
  void anAsyncFollowerOfASyncLeaderGoesOnOnTheExecutor() throws Exception {
    Bench.Caller<TestKeys> leader = Bench.caller(() -> bench.sync.run("leader", keysOnce()));
    load.awaitSent();
    CompletableFuture<TestKeys> follower = bench.async.run("follower", follow());
    load.answer.complete(keys);

    assertThat(leader.result()).isSameAs(keys);
    assertThat(follower).isNotDone();
    bench.runQueued();
    assertThat(follower).isCompletedWithValue(keys);
  }

  @Test
  void aSyncFollowerWaitsForAnAsyncLeader() throws Exception {
    CompletableFuture<TestKeys> leader = bench.async.run("leader", keysOnce());
    Bench.Caller<TestKeys> follower = Bench.caller(() -> bench.sync.run("follower", follow()));
    bench.awaitMisses(2);
    load.answer.complete(keys);

    assertThat(follower.result()).isSameAs(keys);
    assertThat(leader).isCompletedWithValue(keys);
  }

  @Test
  void theFailureOfALoadGoesToTheLeaderAndToThoseWhoWaitAndIsNotKept() throws Exception {
    KeyUnavailableException failure = new KeyUnavailableException(Reason.THROTTLED);
    CompletableFuture<TestKeys> leader = bench.async.run("leader", keysOnce());
    CompletableFuture<TestKeys> async = bench.async.run("follower", follow());
    Bench.Caller<TestKeys> sync = Bench.caller(() -> bench.sync.run("follower", follow()));
    bench.awaitMisses(3);
    load.answer.completeExceptionally(failure);
    bench.runQueued();

    assertThat(Bench.failureOf(leader)).isSameAs(failure);
    assertThat(Bench.failureOf(async)).isSameAs(failure);
    assertThat(sync.failure()).isSameAs(failure);
    assertThat(bench.fill(TestKeys.ALICE, "later").use()).isEqualTo("later");
  }

  @Test
  void theInterruptionOfASyncLeaderMakesAFollowerLead() throws Exception {
    Bench.Caller<TestKeys> leader = Bench.caller(() -> bench.sync.run("leader", keysOnce()));
    load.awaitSent();
    Remote<TestKeys> second = new Remote<>();
    Plan<TestKeys> plan = Bench.keys(TestKeys.ALICE, second::plan);
    Bench.Caller<TestKeys> sync = Bench.caller(() -> bench.sync.run("sync", plan));
    CompletableFuture<TestKeys> async = bench.async.run("async", plan);
    bench.awaitMisses(3);

    leader.thread().interrupt();
    assertThat(leader.failure()).isInstanceOf(AbortedException.class);
    bench.runQueued();
    second.awaitSent();
    second.answer.complete(keys);
    bench.runQueued();

    assertThat(sync.result()).isSameAs(keys);
    Bench.spinUntil(
        () -> {
          bench.runQueued();
          return async.isDone();
        });
    assertThat(Bench.result(async)).isSameAs(keys);
    assertThat(second.calls()).isEqualTo(1);
  }

  @Test
  void anInterruptionThatTheLoadTranslatedIsOneAllTheSame() throws Exception {
    Plan<TestKeys> translating =
        Plan.call(
            load.op(),
            load,
            Plan::done,
            failure -> Execution.failing(new KeyUnavailableException(Reason.UNREACHABLE)));
    Bench.Caller<TestKeys> leader =
        Bench.caller(() -> bench.sync.run("leader", Bench.keys(TestKeys.ALICE, () -> translating)));
    load.awaitSent();
    CompletableFuture<TestKeys> follower =
        bench.async.run("follower", Bench.keys(TestKeys.ALICE, Bench.loading(keys)));

    leader.thread().interrupt();
    assertThat(leader.failure()).isInstanceOf(KeyUnavailableException.class);
    bench.runQueued();
    assertThat(follower).isCompletedWithValue(keys);
  }

  @Test
  void aLoadThatWasAbortedIsAnInterruptionAlsoWithoutTheFlag() throws Exception {
    Bench.Caller<TestKeys> leader = Bench.caller(() -> bench.sync.run("leader", keysOnce()));
    load.awaitSent();
    CompletableFuture<TestKeys> follower =
        bench.async.run("follower", Bench.keys(TestKeys.ALICE, Bench.loading(keys)));

    load.answer.completeExceptionally(AbortedException.create("API call was aborted"));
    assertThat(leader.failure()).isInstanceOf(AbortedException.class);
    bench.runQueued();
    assertThat(follower).isCompletedWithValue(keys);
  }

  @Test
  void anInterruptedWaitInsideALoadMakesAFollowerLead() throws Exception {
    Remote<TestKeys> inner = new Remote<>();
    CompletableFuture<TestKeys> innerLeader =
        bench.async.run("inner", Bench.keys(TestKeys.BOB, inner::plan));
    Bench.Caller<TestKeys> leader =
        Bench.caller(
            () ->
                bench.sync.run(
                    "leader",
                    Bench.keys(TestKeys.ALICE, () -> Bench.keys(TestKeys.BOB, Bench.noLoad()))));
    bench.awaitMisses(3);
    CompletableFuture<TestKeys> follower =
        bench.async.run("follower", Bench.keys(TestKeys.ALICE, Bench.loading(keys)));

    leader.thread().interrupt();
    assertThat(leader.failure()).isInstanceOf(AbortedException.class);
    bench.runQueued();
    assertThat(follower).isCompletedWithValue(keys);
    assertThat(innerLeader).isNotDone();
  }

  @Test
  void aCancelledRequestOfTheLeaderMakesAFollowerLead() {
    CompletableFuture<TestKeys> leader = bench.async.run("leader", keysOnce());
    CompletableFuture<TestKeys> follower =
        bench.async.run("follower", Bench.keys(TestKeys.ALICE, Bench.loading(keys)));
    load.answer.cancel(true);
    bench.runQueued();

    assertThat(Bench.failureOf(leader)).isInstanceOf(CancellationException.class);
    assertThat(follower).isCompletedWithValue(keys);
  }

  @Test
  void whenTheLeaderIsStoppedOneFollowerLeadsAndTheOthersFollow() {
    CompletableFuture<TestKeys> leader = bench.async.run("leader", keysOnce());
    Remote<TestKeys> second = new Remote<>();
    List<CompletableFuture<TestKeys>> followers =
        Stream.generate(() -> bench.async.run("follower", Bench.keys(TestKeys.ALICE, second::plan)))
            .limit(100)
            .toList();
    load.answer.cancel(true);
    bench.runQueued();
    assertThat(second.calls()).isEqualTo(1);
    second.answer.complete(keys);
    bench.runQueued();

    assertThat(leader).isCompletedExceptionally();
    assertThat(followers).allSatisfy(follower -> assertThat(follower).isCompletedWithValue(keys));
    assertThat(bench.cache.stats().loads()).isEqualTo(2);
  }

  @Test
  void aLoadThatAnEvictionOvertookServesThoseWhoWaitAndNobodyElse() {
    CompletableFuture<TestKeys> leader = bench.async.run("leader", keysOnce());
    Remote<String> call = new Remote<>();
    CompletableFuture<String> follower =
        bench.async.run("follower", follow().then(k -> call.plan()).map(x -> keys.use()));
    bench.cache.evict(TestKeys.ALICE);
    load.answer.complete(keys);
    bench.runQueued();

    assertThat(leader).isCompletedWithValue(keys);
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
    assertThat(keys.wipes()).as("the follower uses it").isZero();
    call.answer.complete("");
    assertThat(follower).isCompletedWithValue("keys");
    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void whoComesAfterAnEvictionDoesNotJoinALoadFromBefore() {
    CompletableFuture<TestKeys> before = bench.async.run("before", keysOnce());
    bench.cache.evictAll();
    Remote<TestKeys> second = new Remote<>();
    CompletableFuture<TestKeys> after =
        bench.async.run("after", Bench.keys(TestKeys.ALICE, second::plan));
    TestKeys fresh = new TestKeys("fresh");
    second.answer.complete(fresh);
    load.answer.complete(keys);

    assertThat(before).isCompletedWithValue(keys);
    assertThat(after).isCompletedWithValue(fresh);
    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
    assertThat(List.of(keys.wipes(), fresh.wipes())).containsExactly(1, 0);
  }

  /** In a process that was suspended meanwhile, for instance. */
  @Test
  void whoComesWhenALoadHasOutlivedTheTtlDoesNotJoinIt() {
    CompletableFuture<TestKeys> before = bench.async.run("before", keysOnce());
    bench.time.advance(Bench.TTL);
    Remote<TestKeys> second = new Remote<>();
    CompletableFuture<TestKeys> after =
        bench.async.run("after", Bench.keys(TestKeys.ALICE, second::plan));
    TestKeys fresh = new TestKeys("fresh");
    second.answer.complete(fresh);
    load.answer.complete(keys);

    assertThat(before).isCompletedExceptionally();
    assertThat(after).isCompletedWithValue(fresh);
    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
    assertThat(List.of(keys.wipes(), fresh.wipes())).containsExactly(1, 0);
  }

  @Test
  void aLoadFromBeforeAnEvictionNeitherFillsNorDisturbsTheOneAfterIt() {
    CompletableFuture<TestKeys> before = bench.async.run("before", keysOnce());
    bench.cache.evict(TestKeys.ALICE);
    Remote<TestKeys> second = new Remote<>();
    CompletableFuture<TestKeys> after =
        bench.async.run("after", Bench.keys(TestKeys.ALICE, second::plan));
    load.answer.complete(keys);
    assertThat(before).isCompletedWithValue(keys);
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();

    CompletableFuture<TestKeys> follower = bench.async.run("follower", follow());
    TestKeys fresh = new TestKeys("fresh");
    second.answer.complete(fresh);
    bench.runQueued();
    assertThat(after).isCompletedWithValue(fresh);
    assertThat(follower).isCompletedWithValue(fresh);
    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
  }

  @Test
  void aMemberMayLeaveAlsoAfterTheLanding() {
    Plan.Keys<TestKeys, TestKeys> request =
        new Plan.Keys<>(TestKeys.ALICE, null, load::plan, Plan::done);
    Flight<TestKeys> flight =
        ((Lookup.Wait<TestKeys>) bench.cache.take(request, bench.async)).flight();
    bench.cache.loaded(flight, keys);
    bench.cache.evictAll();
    assertThat(keys.wipes()).isZero();
    bench.cache.leave(flight);

    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void aFailureFromBeforeAnEvictionDoesNotTouchWhatCameAfter() {
    CompletableFuture<TestKeys> before = bench.async.run("before", keysOnce());
    bench.cache.evictAll();
    TestKeys fresh = bench.fill(TestKeys.ALICE, "fresh");
    load.answer.completeExceptionally(new KeyUnavailableException(Reason.REVOKED));

    assertThat(before).isCompletedExceptionally();
    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
  }

  @Test
  void allWhoHaveTheSameStaleKeysShareOneLoad() {
    TestKeys stale = bench.fill(TestKeys.ALICE, "stale");
    List<CompletableFuture<TestKeys>> callers =
        Stream.generate(
                () -> bench.async.run("caller", Bench.renewed(TestKeys.ALICE, stale, load::plan)))
            .limit(100)
            .toList();
    CompletableFuture<TestKeys> plain = bench.async.run("plain", follow());
    load.answer.complete(keys);
    bench.runQueued();

    assertThat(callers).allSatisfy(caller -> assertThat(caller).isCompletedWithValue(keys));
    assertThat(plain).isCompletedWithValue(keys);
    assertThat(load.calls()).isEqualTo(1);
    assertThat(stale.wipes()).isEqualTo(1);
  }

  @Test
  void whoHasStaleKeysDoesNotJoinALoadThatMayHaveReadThemAgain() {
    TestKeys stale = bench.fill(TestKeys.ALICE, "stale");
    bench.cache.evict(TestKeys.ALICE);
    CompletableFuture<TestKeys> cold = bench.async.run("cold", keysOnce());
    Remote<TestKeys> second = new Remote<>();
    CompletableFuture<TestKeys> renewing =
        bench.async.run("renewing", Bench.renewed(TestKeys.ALICE, stale, second::plan));
    TestKeys fresh = new TestKeys("fresh");
    second.answer.complete(fresh);
    load.answer.complete(keys);

    assertThat(cold).isCompletedWithValue(keys);
    assertThat(renewing).isCompletedWithValue(fresh);
    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
  }
}
