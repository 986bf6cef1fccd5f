package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.internal.plan.Plan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;

final class SyncRunnerTest extends RunnerContract {
  @Override
  <R extends @Nullable Object> R run(Plan<R> plan) {
    return bench.sync.run("test", plan);
  }

  @Test
  void aPauseIsWaitedForOnTheCallersThread() {
    Thread caller = Thread.currentThread();
    Plan<Thread> plan =
        new Plan.Pause<>(Duration.ofNanos(1), () -> Plan.done(Thread.currentThread()));

    assertThat(run(plan)).isSameAs(caller);
  }

  @Test
  void anInterruptedPauseAbortsAndKeepsTheFlag() {
    Plan<String> plan = new Plan.Pause<>(Duration.ofDays(1), () -> fail("went on"));

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run(plan)).isInstanceOf(AbortedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptedFollowerAbortsAndKeepsTheFlagAndHoldsNothing() throws Exception {
    Remote<TestKeys> remote = new Remote<>();
    Bench.Caller<TestKeys> leader =
        Bench.caller(() -> run(Bench.keys(TestKeys.ALICE, remote::plan)));
    remote.awaitSent();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> run(Bench.keys(TestKeys.ALICE, Bench.noLoad())))
        .isInstanceOf(AbortedException.class);
    assertThat(Thread.interrupted()).isTrue();

    TestKeys keys = new TestKeys("keys");
    remote.answer.complete(keys);
    assertThat(leader.result()).isSameAs(keys);
    assertThat(keys.wipes()).isZero();
    bench.cache.evictAll();
    assertThat(keys.wipes()).isEqualTo(1);
  }
}
