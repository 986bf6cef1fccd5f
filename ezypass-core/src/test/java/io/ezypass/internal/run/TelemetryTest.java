package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ezypass.OperationEvent;
import io.ezypass.OperationEvent.Outcome;
import io.ezypass.VaultObserver;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.PendingWrite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an observer and the log are told of plans, by both runners. */
final class TelemetryTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Telemetry.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<OperationEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final Bench bench = new Bench(events::add);

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(log);
    log.start();
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void everyPlanIsAnEventBeforeItsCallerHasTheResult() {
    bench.sync.run("one", Remote.answering("x").plan());
    assertThat(last().operation()).isEqualTo("one");
    assertThat(last().outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(last().requests()).isEqualTo(Map.of("Remote", 1));

    Remote<String> slow = new Remote<>();
    CompletableFuture<String> future = bench.async.run("two", slow.plan());
    CompletableFuture<Integer> seen = future.thenApply(value -> events.size());
    assertThat(events).hasSize(1);
    bench.time.advance(Duration.ofSeconds(2));
    slow.answer.complete("x");
    assertThat(seen).isCompletedWithValue(2);
    assertThat(last().operation()).isEqualTo("two");
    assertThat(last().elapsed()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void failuresAreOutcomes() {
    Plan<String> conflict = Remote.<String>failing(new VersionConflictException("x", 1, 2)).plan();
    assertThatThrownBy(() -> bench.sync.run("one", conflict));
    assertThat(last().outcome()).isEqualTo(Outcome.VERSION_CONFLICT);

    assertThat(bench.async.run("two", conflict)).isCompletedExceptionally();
    assertThat(last().outcome()).isEqualTo(Outcome.VERSION_CONFLICT);

    Remote<String> slow = new Remote<>();
    bench.async.run("three", slow.plan()).cancel(false);
    slow.answer.complete("x");
    assertThat(last().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(last().requests()).isEqualTo(Map.of("Remote", 1));
  }

  @Test
  void notesAreCounted() {
    Plan<String> plan =
        Plan.retry(Duration.ZERO, () -> Plan.again(Plan.done("x"))).then(Plan::reconciled);
    bench.sync.run("sync", plan);
    assertThat(last().retries()).isEqualTo(2);
    assertThat(last().reconciledWrites()).isEqualTo(1);

    CompletableFuture<String> async =
        bench.async.run("async", Plan.again(Plan.done("x")).then(Plan::reconciled));
    assertThat(async).isCompletedWithValue("x");
    assertThat(last().retries()).isEqualTo(1);
    assertThat(last().reconciledWrites()).isEqualTo(1);
  }

  @Test
  void hitsLoadsAndJoinsAreToldApart() throws Exception {
    Remote<TestKeys> kms = new Remote<>();
    CompletableFuture<TestKeys> leader =
        bench.async.run("leader", Bench.keys(TestKeys.ALICE, kms::plan));
    CompletableFuture<TestKeys> follower =
        bench.async.run("follower", Bench.keys(TestKeys.ALICE, Bench.noLoad()));
    Bench.Caller<TestKeys> blocked =
        Bench.caller(() -> bench.sync.run("blocked", Bench.keys(TestKeys.ALICE, Bench.noLoad())));
    bench.awaitMisses(3);
    kms.answer.complete(new TestKeys("keys"));
    bench.runQueued();
    assertThat(leader).isCompleted();
    assertThat(follower).isCompleted();
    assertThat(blocked.result().name()).isEqualTo("keys");
    bench.sync.run("warm", Bench.keys(TestKeys.ALICE, Bench.noLoad()));
    bench.look(TestKeys.ALICE);

    assertThat(keys("leader")).isEqualTo("0 found, 1 loaded, 0 joined, {Remote=1}");
    assertThat(keys("follower")).isEqualTo("0 found, 0 loaded, 1 joined, {}");
    assertThat(keys("blocked")).isEqualTo("0 found, 0 loaded, 1 joined, {}");
    assertThat(keys("warm")).isEqualTo("1 found, 0 loaded, 0 joined, {}");
    assertThat(keys("look")).isEqualTo("1 found, 0 loaded, 0 joined, {}");
  }

  @Test
  void aLoadThatASyncLeaderRunsIsPartOfItsOperation() {
    bench.sync.run(
        "leader", Bench.keys(TestKeys.ALICE, Remote.answering(new TestKeys("keys"))::plan));
    assertThat(events).hasSize(1);
    assertThat(keys("leader")).isEqualTo("0 found, 1 loaded, 0 joined, {Remote=1}");
  }

  @Test
  void aLeaderThatIsCancelledHasPaidForItsLoad() {
    Remote<TestKeys> kms = new Remote<>();
    CompletableFuture<TestKeys> leader =
        bench.async.run("leader", Bench.keys(TestKeys.ALICE, kms::plan));
    leader.cancel(false);
    assertThat(events).isEmpty();
    kms.answer.complete(new TestKeys("keys"));
    assertThat(last().outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(keys("leader")).isEqualTo("0 found, 1 loaded, 0 joined, {Remote=1}");
  }

  @Test
  void aRefreshIsAnOperationOfItsOwn() {
    for (boolean async : List.of(false, true)) {
      bench.cache.evictAll();
      bench.fill(TestKeys.ALICE, "keys");
      bench.time.advance(Bench.REFRESH_DUE);
      Plan<TestKeys> plan =
          Bench.keys(TestKeys.ALICE, Remote.answering(new TestKeys("fresh"))::plan);
      if (async) {
        assertThat(bench.async.run("hit", plan)).isCompleted();
      } else {
        bench.sync.run("hit", plan);
      }
      assertThat(keys("hit")).isEqualTo("1 found, 0 loaded, 0 joined, {}");
      bench.runQueued();
      assertThat(last().operation()).isEqualTo("refresh keys");
      assertThat(keys("refresh keys")).isEqualTo("0 found, 1 loaded, 0 joined, {Remote=1}");
      events.clear();
    }
  }

  @Test
  void aRefreshThatFailsSaysSo() {
    bench.fill(TestKeys.ALICE, "keys");
    bench.time.advance(Bench.REFRESH_DUE);
    KeyUnavailableException denied =
        new KeyUnavailableException(KeyUnavailableException.Reason.DENIED);
    bench.sync.run("hit", Bench.keys(TestKeys.ALICE, Remote.<TestKeys>failing(denied)::plan));
    bench.runQueued();
    assertThat(last().operation()).isEqualTo("refresh keys");
    assertThat(last().outcome()).isEqualTo(Outcome.KEY_DENIED);
  }

  @Test
  void anObserverThatThrowsChangesNothingAndIsLoggedOnce() {
    VaultObserver broken =
        event -> {
          throw Bench.thrown(new NoClassDefFoundError("hunter2"));
        };
    Bench unlucky = new Bench(broken);
    assertThat(unlucky.sync.run("one", Plan.done("x"))).isEqualTo("x");
    assertThat(unlucky.async.run("two", Plan.done("x"))).isCompletedWithValue("x");
    assertThatThrownBy(
            () ->
                unlucky.sync.run(
                    "three", Remote.failing(new IllegalArgumentException("mine")).plan()))
        .hasMessage("mine");
    assertThat(lines())
        .containsExactly(
            "DEBUG one: done",
            "WARN the observer failed: NoClassDefFoundError; further failures are logged at DEBUG",
            "DEBUG two: done",
            "DEBUG the observer failed: NoClassDefFoundError",
            "DEBUG three: IllegalArgumentException",
            "DEBUG the observer failed: NoClassDefFoundError");
    assertThat(log.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void whatSomebodyHasToLookIntoIsAWarning() {
    List<RuntimeException> failures =
        List.of(
            new TamperedItemException("alice's"),
            new KeyUnavailableException(KeyUnavailableException.Reason.NOT_ACCEPTED),
            new WriteOutcomeUnknownException(PendingWrite.of("AAAA")),
            new KeyUnavailableException(KeyUnavailableException.Reason.DENIED),
            new VersionConflictException("alice's", 1, 2));
    for (RuntimeException failure : failures) {
      assertThatThrownBy(() -> bench.sync.run("get", Remote.failing(failure).plan()));
    }
    assertThat(lines())
        .containsExactly(
            "WARN get: TamperedItemException",
            "WARN get: KeyUnavailableException",
            "WARN get: WriteOutcomeUnknownException",
            "DEBUG get: KeyUnavailableException",
            "DEBUG get: VersionConflictException");
  }

  private OperationEvent last() {
    return events.get(events.size() - 1);
  }

  private String keys(String operation) {
    List<OperationEvent> found =
        events.stream().filter(event -> event.operation().equals(operation)).toList();
    assertThat(found).as(operation).hasSize(1);
    OperationEvent event = found.get(0);
    return "%d found, %d loaded, %d joined, %s"
        .formatted(
            event.keyCacheHits(), event.keyLoads(), event.joinedKeyLoads(), event.requests());
  }

  private List<String> lines() {
    return log.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }
}
