package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.KeyUnavailableException.Reason;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.AbortedException;

/** Entries near their end are loaded again before anybody has to wait for it. */
@Timeout(120)
final class KeyCacheRefreshTest {
  private final Bench bench = new Bench();
  private final Remote<TestKeys> reload = new Remote<>();
  private final TestKeys fresh = new TestKeys("fresh");

  private TestKeys fillAndWait() {
    TestKeys keys = bench.fill(TestKeys.ALICE, "old");
    bench.time.advance(Bench.REFRESH_DUE);
    return keys;
  }

  /** A hit through Cached, by the async runner so that no thread blocks in the reload. */
  private void hit(KeyScope<TestKeys> scope) {
    assertThat(bench.async.run("hit", Bench.cached(scope, reload::plan)))
        .isCompletedWithValueMatching(found -> found.isPresent());
  }

  @Test
  void aHitThroughCachedStartsARefreshInTheBackground() {
    TestKeys old = fillAndWait();
    hit(TestKeys.ALICE);
    assertThat(reload.calls()).as("on the executor only").isZero();
    bench.runQueued();
    assertThat(reload.calls()).isEqualTo(1);
    assertThat(bench.look(TestKeys.ALICE)).as("served meanwhile").contains(old);
    reload.answer.complete(fresh);

    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
    assertThat(List.of(old.wipes(), fresh.wipes())).containsExactly(1, 0);
    assertThat(bench.cache.stats().loads()).isEqualTo(2);
  }

  @Test
  void aHitThroughKeysStartsARefreshToo() {
    TestKeys old = fillAndWait();
    assertThat(bench.sync.run("hit", Bench.keys(TestKeys.ALICE, Bench.loading(fresh))))
        .isSameAs(old);
    bench.runQueued();

    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
  }

  @Test
  void aRefreshRunsOnTheTtlOfItsOwnStart() {
    fillAndWait();
    hit(TestKeys.ALICE);
    bench.runQueued();
    reload.answer.complete(fresh);
    bench.time.advance(Duration.ofMinutes(1));

    assertThat(bench.look(TestKeys.ALICE)).as("past the old entry's TTL").contains(fresh);
  }

  @Test
  void keysInUseAreNotWipedByARefresh() {
    TestKeys old = fillAndWait();
    Remote<String> call = new Remote<>();
    CompletableFuture<String> running =
        bench.async.run(
            "long",
            Bench.keys(TestKeys.ALICE, Bench.loading(fresh))
                .then(k -> call.plan())
                .map(x -> old.use()));
    bench.runQueued();
    assertThat(bench.look(TestKeys.ALICE)).contains(fresh);
    assertThat(old.wipes()).isZero();
    call.answer.complete("");

    assertThat(running).isCompletedWithValue("old");
    assertThat(old.wipes()).isEqualTo(1);
  }

  @Test
  void noRefreshStartsInTheFirstThreeQuartersAndTheirStartIsSpread() {
    Set<Integer> percents = new HashSet<>();
    for (int user = 0; user < 50; user++) {
      KeyScope<TestKeys> scope = TestKeys.scope("user" + user);
      bench.fill(scope, "keys");
      int percent = 0;
      while (bench.queued() == 0) {
        bench.time.advance(Bench.TTL.dividedBy(100));
        percent++;
        hit(scope);
      }
      bench.cache.evictAll();
      bench.runQueued();
      percents.add(percent);
    }

    assertThat(percents).allSatisfy(percent -> assertThat(percent).isBetween(75, 86));
    assertThat(percents).hasSizeGreaterThan(5);
    assertThat(reload.calls()).as("an evicted entry is not refreshed").isZero();
  }

  @Test
  void thereIsOneRefreshPerScope() {
    fillAndWait();
    for (int i = 0; i < 10; i++) {
      hit(TestKeys.ALICE);
    }
    assertThat(bench.queued()).isEqualTo(1);
    bench.runQueued();
    hit(TestKeys.ALICE);
    assertThat(bench.queued()).isZero();
  }

  @Test
  void aSlowRefreshIsNotStartedAgain() {
    fillAndWait();
    hit(TestKeys.ALICE);
    bench.runQueued();
    bench.time.advance(Bench.TTL.minus(Bench.REFRESH_DUE).minusNanos(1));
    hit(TestKeys.ALICE);
    bench.runQueued();

    assertThat(reload.calls()).isEqualTo(1);
  }

  @Test
  void aRefreshCountsOnceHoweverOftenItEnds() {
    Bench one = new Bench(10, 1);
    List<KeyScope<TestKeys>> scopes = List.of(TestKeys.ALICE, TestKeys.BOB, TestKeys.scope("c"));
    scopes.forEach(scope -> one.fill(scope, "old"));
    one.time.advance(Bench.REFRESH_DUE);
    assertThat(one.cache.find(TestKeys.ALICE, Bench.noLoad(), new EndingTwice(one.cache)))
        .isNotNull();
    one.runQueued();

    assertThat(one.look(TestKeys.ALICE).map(TestKeys::name)).contains("fresh");
    scopes.forEach(one::look);
    assertThat(one.queued()).isEqualTo(1);
  }

  private record EndingTwice(KeyCache cache) implements Loader {
    @Override
    public <K extends KeyMaterial> void refresh(Flight<K> flight, Supplier<Plan<K>> plan) {
      cache.loaded(flight, flight.scope.type().cast(new TestKeys("fresh")));
      cache.failed(flight, new KeyUnavailableException(Reason.REVOKED), false);
    }
  }

  @Test
  void refreshesInFlightAreBounded() {
    List<KeyScope<TestKeys>> scopes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      scopes.add(TestKeys.scope("user" + i));
      bench.fill(scopes.get(i), "keys");
    }
    bench.time.advance(Bench.REFRESH_DUE);
    scopes.forEach(this::hit);
    assertThat(bench.queued()).isEqualTo(8);
    bench.runQueued();
    scopes.forEach(this::hit);
    assertThat(bench.queued()).as("all eight are in flight").isZero();

    reload.answer.completeExceptionally(new IllegalStateException());
    scopes.forEach(this::hit);
    assertThat(bench.queued()).as("eight other ones").isEqualTo(8);
  }

  @Test
  void noRefreshIsPossible() {
    Bench none = new Bench(10, 0);
    none.fill(TestKeys.ALICE, "keys");
    none.time.advance(Bench.REFRESH_DUE);
    none.look(TestKeys.ALICE);

    assertThat(none.queued()).isZero();
  }

  private TestKeys failRefresh(RuntimeException failure) {
    TestKeys old = fillAndWait();
    hit(TestKeys.ALICE);
    bench.runQueued();
    reload.answer.completeExceptionally(failure);
    return old;
  }

  @ParameterizedTest
  @EnumSource(names = {"DENIED", "REVOKED", "NOT_ACCEPTED"})
  void aKeyThatMayNotBeUsedAnyMoreIsEvictedAtOnce(Reason reason) {
    TestKeys old = failRefresh(new KeyUnavailableException(reason));

    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
    assertThat(old.wipes()).isEqualTo(1);
  }

  @Test
  void theKeysOfADeletedUserAreEvictedAtOnce() {
    failRefresh(new UserNotFoundException(UserId.of("alice")));

    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
  }

  @Test
  void tamperedKeysAreEvictedAtOnce() {
    failRefresh(new TamperedItemException("keys of user alice"));

    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "UNREACHABLE"})
  void aKeyThatOnlyCannotBeReachedIsServedUntilItsTtl(Reason reason) {
    TestKeys old = failRefresh(new KeyUnavailableException(reason));

    assertThat(bench.look(TestKeys.ALICE)).contains(old);
    bench.time.advance(Bench.TTL.minus(Bench.REFRESH_DUE));
    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
  }

  @Test
  void anInterruptedOrUnknownFailureLeavesTheEntry() {
    TestKeys old = failRefresh(AbortedException.create("stopped"));

    assertThat(bench.look(TestKeys.ALICE)).contains(old);
  }

  @Test
  void aFailedRefreshIsNotRepeatedWithTheNextHit() {
    failRefresh(new KeyUnavailableException(Reason.THROTTLED));
    hit(TestKeys.ALICE);
    assertThat(bench.queued()).isZero();
    bench.time.advance(Bench.TTL.dividedBy(15));
    hit(TestKeys.ALICE);
    assertThat(bench.queued()).isEqualTo(1);
  }

  @Test
  void aRefreshThatAnEvictionOvertookDoesNotFillTheCache() {
    fillAndWait();
    hit(TestKeys.ALICE);
    bench.runQueued();
    bench.cache.evict(TestKeys.ALICE);
    reload.answer.complete(fresh);

    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
    assertThat(fresh.wipes()).isEqualTo(1);
  }

  @Test
  void whoNeedsTheKeysJoinsARefreshInFlight() {
    fillAndWait();
    hit(TestKeys.ALICE);
    bench.runQueued();
    bench.time.advance(Bench.TTL.minus(Bench.REFRESH_DUE));
    CompletableFuture<TestKeys> cold =
        bench.async.run("cold", Bench.keys(TestKeys.ALICE, Bench.noLoad()));
    reload.answer.complete(fresh);
    bench.runQueued();

    assertThat(cold).isCompletedWithValue(fresh);
    assertThat(reload.calls()).isEqualTo(1);
  }

  @Test
  void whoNeedsTheKeysTakesOverARefreshThatStillWaitsForAThread() {
    fillAndWait();
    hit(TestKeys.ALICE);
    bench.time.advance(Bench.TTL.minus(Bench.REFRESH_DUE));

    assertThat(bench.fill(TestKeys.ALICE, "own").use()).isEqualTo("own");
    bench.runQueued();
    assertThat(reload.calls()).isZero();
  }

  @Test
  void aRefreshThatWasTakenOverDoesNotRunBesides() {
    fillAndWait();
    hit(TestKeys.ALICE);
    bench.time.advance(Bench.TTL.minus(Bench.REFRESH_DUE));
    Remote<TestKeys> own = new Remote<>();
    CompletableFuture<TestKeys> cold =
        bench.async.run("cold", Bench.keys(TestKeys.ALICE, own::plan));
    bench.runQueued();
    own.answer.complete(fresh);

    assertThat(cold).isCompletedWithValue(fresh);
    assertThat(reload.calls()).isZero();
  }

  @Test
  void whoHasStaleKeysDoesNotJoinARefreshThatMayHaveReadThemAgain() {
    TestKeys stale = fillAndWait();
    hit(TestKeys.ALICE);
    bench.runQueued();
    TestKeys renewed = new TestKeys("renewed");
    assertThat(bench.sync.run("test", Bench.renewed(TestKeys.ALICE, stale, Bench.loading(renewed))))
        .isSameAs(renewed);
    reload.answer.complete(fresh);

    assertThat(bench.look(TestKeys.ALICE)).contains(renewed);
    assertThat(fresh.wipes()).isEqualTo(1);
  }

  @Test
  void anExecutorThatRefusesLeavesEverythingAsItIs() {
    Queue<Runnable> accepted = new ArrayDeque<>();
    AtomicBoolean refuses = new AtomicBoolean(true);
    Bench refusing =
        new Bench(
            10,
            1,
            task -> {
              if (refuses.get()) {
                throw new RejectedExecutionException();
              }
              accepted.add(task);
            });
    TestKeys keys = refusing.fill(TestKeys.ALICE, "keys");
    refusing.time.advance(Bench.REFRESH_DUE);
    assertThat(refusing.look(TestKeys.ALICE)).contains(keys);
    refuses.set(false);
    assertThat(refusing.look(TestKeys.ALICE)).contains(keys);
    assertThat(accepted).as("not with the very next hit").isEmpty();
    refusing.time.advance(Bench.TTL.dividedBy(15));
    assertThat(refusing.look(TestKeys.ALICE)).contains(keys);
    assertThat(accepted).hasSize(1);
  }

  @Test
  void aReloadThatThrowsIsAFailedRefresh() {
    TestKeys old = fillAndWait();
    Plan<TestKeys> plan =
        Bench.keys(
            TestKeys.ALICE,
            () -> {
              throw new TamperedItemException("keys");
            });
    assertThat(bench.sync.run("hit", plan)).isSameAs(old);
    bench.runQueued();

    assertThat(bench.look(TestKeys.ALICE)).isEmpty();
  }
}
