package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.internal.plan.Plan;
import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.Test;

class CheckpointHookTest {
  private final Bench bench = new Bench();
  private final RecordingRandom random = new RecordingRandom();
  private final CheckpointHook hook = CheckpointHook.register(bench.cache, random);

  @Test
  void aCheckpointWipesEveryCachedKey() {
    TestKeys alice = bench.fill(TestKeys.ALICE, "alice");
    TestKeys bob = bench.fill(TestKeys.BOB, "bob");

    hook.beforeCheckpoint();
    assertThat(List.of(alice.wipes(), bob.wipes())).containsExactly(1, 1);
    assertThat(bench.cache.stats().entries()).isZero();

    hook.afterRestore();
    assertThat(bench.look(TestKeys.ALICE)).as("open for new keys").isEmpty();
    bench.fill(TestKeys.ALICE, "again");
    assertThat(bench.look(TestKeys.ALICE)).isPresent();
  }

  @Test
  void aCheckpointIsRefusedWhileKeysAreInUse() {
    TestKeys used = bench.fill(TestKeys.ALICE, "used");
    Plan<String> plan =
        Bench.cached(TestKeys.ALICE, Bench.noLoad())
            .then(
                k -> {
                  assertThatThrownBy(hook::beforeCheckpoint)
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessage(
                          "no checkpoint while calls are under way: 1 users' keys are in use");
                  assertThat(used.wipes()).as("wiped in use").isZero();
                  return Plan.done("");
                });
    bench.sync.run("test", plan);

    assertThat(used.wipes()).isEqualTo(1);
    hook.beforeCheckpoint();
  }

  @Test
  void aCheckpointIsRefusedWhileKeysAreOnTheirWay() {
    TestKeys loaded = new TestKeys("loaded");
    bench.sync.run(
        "load",
        Bench.keys(
            TestKeys.ALICE,
            () -> {
              assertThatThrownBy(hook::beforeCheckpoint).isInstanceOf(IllegalStateException.class);
              return Plan.done(loaded);
            }));
    assertThat(loaded.wipes()).as("struck off while it was loaded").isEqualTo(1);
    assertThatThrownBy(
            () ->
                bench.sync.run(
                    "fail",
                    Bench.keys(
                        TestKeys.BOB,
                        () -> {
                          throw new UnsupportedOperationException();
                        })))
        .isInstanceOf(UnsupportedOperationException.class);

    hook.beforeCheckpoint();
  }

  @Test
  void keysThatWereDroppedOrNeverKeptAreNotInUse() {
    bench.fill(TestKeys.ALICE, "evicted");
    bench.cache.evict(TestKeys.ALICE);
    bench.fill(TestKeys.BOB, "expired");
    bench.time.advance(Bench.TTL);
    bench.sync.run(
        "evicted while it was loaded",
        Bench.keys(
            TestKeys.ALICE,
            () -> {
              bench.cache.evict(TestKeys.ALICE);
              return Plan.done(new TestKeys("keys"));
            }));

    assertThat(bench.cache.evictAll()).isZero();
  }

  @Test
  void aRestoreAddsFreshRandomness() {
    hook.afterRestore();
    hook.afterRestore();
    assertThat(random.seeds).doesNotHaveDuplicates().allSatisfy(s -> assertThat(s).hasSize(32));
    assertThat(random.seeds).hasSize(2);
  }

  @Test
  void aClosedOneDoesNothing() {
    hook.close();
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");
    hook.beforeCheckpoint();
    hook.afterRestore();
    assertThat(keys.wipes()).isZero();
    assertThat(random.seeds).isEmpty();
  }

  @Test
  void theContextCallsTheHooks() throws Exception {
    TestKeys keys = bench.fill(TestKeys.ALICE, "keys");
    Resource resource = (Resource) CracResource.register(hook);
    Context<Resource> context = Core.getGlobalContext();

    resource.beforeCheckpoint(context);
    assertThat(keys.wipes()).isEqualTo(1);
    resource.afterRestore(context);
    assertThat(random.seeds).hasSize(1);
  }

  @Test
  void whatWasForgottenCanBeCollected() {
    WeakReference<CheckpointHook> forgotten =
        new WeakReference<>(CheckpointHook.register(bench.cache, random));
    List<byte[]> pressure = new ArrayList<>();
    while (forgotten.get() != null && pressure.size() < 1_000) {
      System.gc();
      pressure.add(new byte[1 << 16]);
    }
    assertThat(forgotten.get()).as("held by the context").isNull();
  }

  private static final class RecordingRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient List<byte[]> seeds = new ArrayList<>();

    @Override
    public void setSeed(byte[] seed) {
      seeds.add(seed.clone());
    }
  }
}
