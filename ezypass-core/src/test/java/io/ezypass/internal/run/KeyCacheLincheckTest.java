package io.ezypass.internal.run;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.ezypass.internal.plan.Plan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Whatever the interleaving, callers see what one thread would see: keys of the generation that was
 * current when they were loaded, never those from before an eviction or a renewal, never wiped
 * ones. In the end every key that is not cached has been wiped once.
 *
 * <p>Two things are not among the operations, since no order of whole calls explains them: closing,
 * after which a call that was under way goes on with the keys that it waits for, and renewing,
 * which is two steps that others see between. {@code KeyCacheTest} and {@code KeyCacheFlightTest}
 * have them.
 */
@Param(name = "user", gen = IntGen.class, conf = "1:2")
public class KeyCacheLincheckTest {
  /** Used under the lock or by one thread only: interleaving their insides would find nothing. */
  static final String[] NOT_SHARED = {
    "java.util.ArrayDeque",
    "java.util.ArrayList",
    "java.util.HashMap",
    "java.util.HashSet",
    "java.util.LinkedHashMap",
    "java.util.List",
    "org.slf4j.Logger",
    "ch.qos.logback.classic.Logger"
  };

  private final Bench bench = new Bench(10, 8, Runnable::run);
  private final AtomicInteger generation = new AtomicInteger();
  private final List<TestKeys> loaded = new CopyOnWriteArrayList<>();

  @Operation
  public int get(@Param(name = "user") int user) {
    return generationOf(bench.sync.run("get", keys(user)));
  }

  @Operation
  public int getAsync(@Param(name = "user") int user) throws InterruptedException {
    try {
      return generationOf(bench.async.run("get", keys(user)).get());
    } catch (ExecutionException e) {
      throw Bench.thrown(Objects.requireNonNull(e.getCause()));
    }
  }

  /** A caller that is stopped if it turns out to be the one who has to load. */
  @Operation
  public int getStopped(@Param(name = "user") int user) {
    Plan<TestKeys> plan =
        Bench.keys(
            TestKeys.scope("user" + user),
            () -> {
              throw new CancellationException();
            });
    return generationOf(bench.sync.run("get", plan));
  }

  @Operation
  public void rotate() {
    generation.incrementAndGet();
  }

  @Operation
  public void evict(@Param(name = "user") int user) {
    bench.cache.evict(TestKeys.scope("user" + user));
  }

  @Validate
  public void allThatIsNotCachedIsWipedOnce() {
    int wipes = 0;
    for (TestKeys keys : loaded) {
      if (keys.wipes() > 1) {
        throw new IllegalStateException("wiped twice");
      }
      wipes += keys.wipes();
    }
    if (wipes != loaded.size() - bench.cache.stats().entries()) {
      throw new IllegalStateException(wipes + " wipes of " + loaded.size());
    }
  }

  private Plan<TestKeys> keys(int user) {
    return Bench.keys(TestKeys.scope("user" + user), this::load)
        .map(
            keys -> {
              keys.use(); // still leased
              return keys;
            });
  }

  private Plan<TestKeys> load() {
    TestKeys keys = new TestKeys(Integer.toString(generation.get()));
    loaded.add(keys);
    return Plan.done(keys);
  }

  private static int generationOf(TestKeys keys) {
    return Integer.parseInt(keys.name());
  }

  /** What one thread sees. */
  public static final class Sequential {
    private final Map<Integer, Integer> cached = new HashMap<>();
    private int generation;

    public int get(int user) {
      return cached.computeIfAbsent(user, u -> generation);
    }

    public int getAsync(int user) {
      return get(user);
    }

    public int getStopped(int user) {
      return cached.computeIfAbsent(
          user,
          u -> {
            throw new CancellationException();
          });
    }

    public void rotate() {
      generation++;
    }

    public void evict(int user) {
      cached.remove(user);
    }
  }

  @Test
  void modelChecking() {
    new ModelCheckingOptions()
        .iterations(5)
        .invocationsPerIteration(100)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .addGuarantee(forClasses(NOT_SHARED).allMethods().ignore())
        .sequentialSpecification(Sequential.class)
        .check(KeyCacheLincheckTest.class);
  }

  @Test
  void stress() {
    new StressOptions()
        .iterations(10)
        .invocationsPerIteration(500)
        .threads(3)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .sequentialSpecification(Sequential.class)
        .check(KeyCacheLincheckTest.class);
  }
}
