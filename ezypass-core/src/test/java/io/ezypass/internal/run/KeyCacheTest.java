package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.KeyUnavailableException.Reason;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the cache serves, for how long, and when it wipes. */
@Timeout(120)
final class KeyCacheTest {
  private static final Duration NANO = Duration.ofNanos(1);

  private final Bench bench = new Bench();

  @Test
  void keysAreLoadedOnceAndThenServed() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");

    assertThat(bench.sync.run("again", Bench.keys(TestKeys.ALICE, Bench.noLoad()))).isSameAs(keys);
    assertThat(bench.async.run("async", Bench.keys(TestKeys.ALICE, Bench.noLoad())))
        .isCompletedWithValue(keys);
    assertThat(bench.look(TestKeys.ALICE)).contains(keys);
    assertThat(bench.cache.stats()).isEqualTo(new KeyCache.Stats(3, 1, 1, 1));
  }

  @Test
  void cachedLooksWithoutLoading() {
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
    assertThat(bench.cache.stats()).isEqualTo(new KeyCache.Stats(0, 1, 0, 0));
  }

  @Test
  void scopesAreApart() {
    TestKeys alice = bench.fill(TestKeys.ALICE, "alice");
    TestKeys bob = bench.fill(TestKeys.BOB, "bob");
    KeyScope<KeyMaterial> otherType = new KeyScope<>(KeyMaterial.class, TestKeys.ALICE.id());

    assertThat(bench.look(TestKeys.ALICE)).contains(alice);
    assertThat(bench.look(TestKeys.BOB)).contains(bob);
    Plan<String> plan =
        new Plan.Cached<>(
            otherType,
            () -> RunnerContract.fail("reloaded"),
            k -> Plan.done("warm"),
            () -> Plan.done("cold"));
    assertThat(bench.sync.run("other type", plan)).isEqualTo("cold");
  }

  @Test
  void theTtlCountsFromTheStartOfTheLoad() {
    TestKeys keys = new TestKeys("keys");
    Duration slow = Duration.ofMinutes(4);
    bench.sync.run(
        "slow load",
        Bench.keys(
            TestKeys.ALICE,
            () -> {
              bench.time.jump(slow);
              return Plan.done(keys);
            }));

    bench.time.jump(Bench.TTL.minus(slow).minus(NANO));
    assertThat(bench.cache.find(TestKeys.ALICE, Bench.noLoad(), bench.sync)).isNotNull();
    bench.time.jump(NANO);
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
  }

  @Test
  void nothingIsServedPastItsTtlEvenIfTheTimerIsLate() {
    TestKeys old = bench.fill(TestKeys.ALICE, "old");
    bench.time.jump(Bench.TTL);

    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
    assertThat(old.wipes()).isEqualTo(1);
    TestKeys young = new TestKeys("young");
    assertThat(bench.sync.run("again", Bench.keys(TestKeys.ALICE, Bench.loading(young))))
        .isSameAs(young);
  }

  @Test
  void aLoadSlowerThanTheTtlServesNobody() {
    TestKeys keys = new TestKeys("keys");
    Plan<TestKeys> plan =
        Bench.keys(
            TestKeys.ALICE,
            () -> {
              bench.time.jump(Bench.TTL);
              return Plan.done(keys);
            });

    assertThatThrownBy(() -> bench.sync.run("slow load", plan))
        .isInstanceOfSatisfying(
            KeyUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE));
    assertThat(keys.wipes()).isEqualTo(1);
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
  }

  @Test
  void aFailureIsNotKept() {
    IllegalStateException failure = new IllegalStateException();
    Plan<TestKeys> failing = Bench.keys(TestKeys.ALICE, Remote.<TestKeys>failing(failure)::plan);
    assertThat(catchThrowable(() -> bench.sync.run("failing", failing))).isSameAs(failure);

    assertThat(bench.fill(TestKeys.ALICE, "keys").use()).isEqualTo("keys");
  }

  @Test
  void theLeastRecentlyUsedEntryLeavesAFullCache() {
    Bench small = new Bench(2, 8);
    TestKeys alice = small.fill(TestKeys.ALICE, "alice");
    TestKeys bob = small.fill(TestKeys.BOB, "bob");
    small.look(TestKeys.ALICE);
    TestKeys carol = small.fill(TestKeys.scope("carol"), "carol");

    assertThat(List.of(alice.wipes(), bob.wipes(), carol.wipes())).containsExactly(0, 1, 0);
    assertThat(small.look(TestKeys.BOB)).isEmpty();
    assertThat(small.cache.stats().entries()).isEqualTo(2);
  }

  @Test
  void aFullCacheDoesNotWaitForLeases() {
    Bench small = new Bench(1, 8);
    TestKeys alice = small.fill(TestKeys.ALICE, "alice");
    Remote<String> call = new Remote<>();
    CompletableFuture<String> running =
        small.async.run("long", Bench.keys(TestKeys.ALICE, Bench.noLoad()).then(k -> call.plan()));

    small.fill(TestKeys.BOB, "bob");
    assertThat(small.look(TestKeys.ALICE)).as("left the cache").isEmpty();
    assertThat(alice.wipes()).as("is in use").isZero();
    call.answer.complete("");
    assertThat(running).isDone();
    assertThat(alice.wipes()).isEqualTo(1);
  }

  @Test
  void keysAreWipedOnceAfterTheLastOfSeveralLeases() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");
    List<Remote<String>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Remote<String> call = new Remote<>();
      calls.add(call);
      CompletableFuture<String> running =
          bench.async.run(
              "long", Bench.keys(TestKeys.ALICE, Bench.noLoad()).then(k -> call.plan()));
      assertThat(running).isNotDone();
    }
    bench.cache.evict(TestKeys.ALICE);

    for (Remote<String> call : calls) {
      assertThat(keys.wipes()).isZero();
      call.answer.complete("");
    }
    assertThat(keys.wipes()).isEqualTo(1);
    bench.cache.evictAll();
    bench.cache.close();
    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void anExecutionGivesItsLeasesBackOnce() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");
    Execution one = new Execution(bench.cache, bench.sync, bench.time, Meter.OFF);
    Execution other = new Execution(bench.cache, bench.sync, bench.time, Meter.OFF);
    for (Execution execution : List.of(one, other)) {
      Plan<?> end = execution.advance(Bench.cached(TestKeys.ALICE, Bench.noLoad()));
      assertThat(end).isInstanceOf(Plan.Done.class);
    }
    bench.cache.evictAll();

    one.end();
    one.end();
    assertThat(keys.wipes()).as("the other one uses them").isZero();
    other.end();
    assertThat(keys.wipes()).isEqualTo(1);
  }

  @Test
  void keysThatCannotBeWipedFailNoPlanAndNoOtherWipe() {
    KeyMaterial unwipeable =
        () -> {
          throw new IllegalStateException();
        };
    KeyScope<KeyMaterial> scope = new KeyScope<>(KeyMaterial.class, "unwipeable");
    Plan<String> plan =
        new Plan.Keys<>(scope, null, () -> Plan.done(unwipeable), k -> Plan.done("done"));
    assertThat(bench.sync.run("test", plan)).isEqualTo("done");
    TestKeys alice = bench.fill(TestKeys.ALICE, "alice");

    bench.cache.evictAll();
    assertThat(alice.wipes()).isEqualTo(1);
  }

  @Test
  void idleKeysAreWipedAtTheirTtl() {
    TestKeys alice = bench.fill(TestKeys.ALICE, "alice");
    bench.time.advance(Duration.ofMinutes(1));
    TestKeys bob = bench.fill(TestKeys.BOB, "bob");

    bench.time.advance(Duration.ofMinutes(4).minus(NANO));
    assertThat(List.of(alice.wipes(), bob.wipes())).containsExactly(0, 0);
    bench.time.advance(NANO);
    assertThat(List.of(alice.wipes(), bob.wipes())).containsExactly(1, 0);
    bench.time.advance(Duration.ofMinutes(1));
    assertThat(List.of(alice.wipes(), bob.wipes())).containsExactly(1, 1);
    assertThat(bench.cache.stats().entries()).isZero();
  }

  @Test
  void keysThatEndedWhileTheProcessWasSuspendedAreWipedWithTheFirstCall() {
    TestKeys idle = bench.fill(TestKeys.ALICE, "idle");
    bench.time.jump(Bench.TTL.plusMinutes(1));
    assertThat(idle.wipes()).as("the timer stood still").isZero();

    assertThat(bench.look(TestKeys.BOB)).isEmpty();
    assertThat(bench.time.pendingTimers()).isEqualTo(1);
    assertThat(bench.time.nextTimer()).isZero();
    bench.time.advance(Duration.ZERO);
    assertThat(idle.wipes()).isEqualTo(1);
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void thereIsNoTimerForAnEmptyCacheAndOneForAnyOther() {
    assertThat(bench.time.pendingTimers()).isZero();
    for (int i = 0; i < 100; i++) {
      bench.fill(TestKeys.scope("user" + i), "keys");
      bench.time.advance(Duration.ofSeconds(1));
      assertThat(bench.time.pendingTimers()).isEqualTo(1);
    }
    bench.time.advance(Bench.TTL);
    bench.time.advance(Bench.TTL);
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void theTimerIsMovedForAnEntryThatEndsBeforeAllOthers() {
    bench.sync.run(
        "slow load",
        Bench.keys(
            TestKeys.ALICE,
            () -> {
              bench.time.jump(Duration.ofMinutes(1));
              bench.fill(TestKeys.BOB, "overtakes alice");
              assertThat(bench.time.nextTimer()).isEqualTo(Bench.TTL);
              return Plan.done(new TestKeys("alice"));
            }));

    assertThat(bench.time.nextTimer()).isEqualTo(Bench.TTL.minusMinutes(1));
    assertThat(bench.time.pendingTimers()).isEqualTo(1);
  }

  @Test
  void staleKeysAreDroppedAndLoadedAnew() {
    TestKeys stale = bench.fill(TestKeys.ALICE, "stale");
    TestKeys fresh = new TestKeys("fresh");

    assertThat(bench.sync.run("test", Bench.renewed(TestKeys.ALICE, stale, Bench.loading(fresh))))
        .isSameAs(fresh);
    assertThat(stale.wipes()).isEqualTo(1);
    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
  }

  @Test
  void otherKeysThanTheStaleOnesAreServed() {
    TestKeys current = bench.fill(TestKeys.ALICE, "current");

    assertThat(
            bench.sync.run(
                "test", Bench.renewed(TestKeys.ALICE, new TestKeys("stale"), Bench.noLoad())))
        .isSameAs(current);
  }

  @Test
  void staleKeysThatCannotBeRenewedAreNotServedAgain() {
    TestKeys stale = bench.fill(TestKeys.ALICE, "stale");
    KeyUnavailableException throttled = new KeyUnavailableException(Reason.THROTTLED);
    Plan<TestKeys> plan =
        Bench.renewed(TestKeys.ALICE, stale, Remote.<TestKeys>failing(throttled)::plan);

    assertThat(catchThrowable(() -> bench.sync.run("test", plan))).isSameAs(throttled);
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
  }

  @Test
  void evictionIsEffectiveAtOnceAndLeavesOthersAlone() {
    TestKeys alice = bench.fill(TestKeys.ALICE, "alice");
    TestKeys bob = bench.fill(TestKeys.BOB, "bob");

    bench.cache.evict(TestKeys.ALICE);
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
    assertThat(bench.look(TestKeys.BOB)).contains(bob);
    assertThat(List.of(alice.wipes(), bob.wipes())).containsExactly(1, 0);
  }

  @Test
  void allCanBeEvicted() {
    TestKeys alice = bench.fill(TestKeys.ALICE, "alice");
    TestKeys bob = bench.fill(TestKeys.BOB, "bob");

    bench.cache.evictAll();
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
    assertThat(bench.look(TestKeys.BOB)).isEmpty();
    assertThat(List.of(alice.wipes(), bob.wipes())).containsExactly(1, 1);
  }

  @Test
  void aClosedCacheHasWipedAllAndServesAndLoadsNothing() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");
    bench.cache.close();

    assertThat(keys.wipes()).isEqualTo(1);
    assertThat(bench.time.pendingTimers()).isZero();
    assertThatThrownBy(() -> bench.look(TestKeys.ALICE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("EzyPass is closed");
    assertThatThrownBy(() -> bench.fill(TestKeys.ALICE, "keys"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("EzyPass is closed");
    bench.cache.close();
  }

  @Test
  void aLoadThatTheCloseOvertookServesThoseWhoWaitAndIsWiped() {
    Remote<TestKeys> load = new Remote<>();
    CompletableFuture<TestKeys> leader =
        bench.async.run("test", Bench.keys(TestKeys.ALICE, load::plan));
    bench.cache.close();
    TestKeys keys = new TestKeys("keys");
    load.answer.complete(keys);

    assertThat(leader).isCompletedWithValue(keys);
    assertThat(keys.wipes()).isEqualTo(1);
    assertThat(bench.time.pendingTimers()).isZero();
  }

  @Test
  void settingsAreBounded() {
    Duration hour = Duration.ofHours(1);
    assertThat(new KeyCacheSettings(hour, 1, 0).ttl()).isEqualTo(hour);
    assertThat(KeyCacheSettings.DEFAULT)
        .isEqualTo(new KeyCacheSettings(Duration.ofMinutes(5), 10_000, 8));
    assertThatThrownBy(() -> new KeyCacheSettings(hour.plus(NANO), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keyCacheTtl");
    assertThatThrownBy(() -> new KeyCacheSettings(Duration.ZERO, 1, 0))
        .hasMessageContaining("keyCacheTtl");
    assertThatThrownBy(() -> new KeyCacheSettings(hour, 0, 0)).hasMessageContaining("keyCacheSize");
    assertThatThrownBy(() -> new KeyCacheSettings(hour, 1, -1))
        .hasMessageContaining("maxRefreshes");
  }
}
