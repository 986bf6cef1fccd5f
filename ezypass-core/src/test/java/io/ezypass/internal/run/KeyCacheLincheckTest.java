package io.ezypass.internal.run;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import io.ezypass.internal.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever the interleaving, callers see what one thread would see: keys of the generation that was
 * current when they were loaded, never those from before an eviction or a renewal, never wiped
 * ones. In the end every key that is not cached has been wiped once.
 */
public class KeyCacheLincheckTest {
  /** Used under the lock or by one thread only: interleaving their insides would find nothing. */
  private static final String[] NOT_SHARED = {
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
  private final List<TestKeys> loaded = Collections.synchronizedList(new ArrayList<>());

  @Test
  void modelChecking() {
    inScenarios(new ModelCheckingOptions())
        .addGuarantee(forClasses(NOT_SHARED).allMethods().ignore())
        .invocationsPerIteration(200)
        .check(KeyCacheLincheckTest.class);
  }

  @Test
  void stress() {
    inScenarios(new StressOptions()).invocationsPerIteration(500).check(KeyCacheLincheckTest.class);
  }

  /**
   * No random scenarios: few of those have one thread overtake another where it matters, and in
   * some it is right that a load which an eviction overtook still serves its caller.
   */
  private static <O extends Options<O, ?>> O inScenarios(O options) {
    return options
        .iterations(0)
        .addCustomScenario(scenario("", "get", "get", "getAsync"))
        .addCustomScenario(scenario("", "getStopped", "get", "getAsync"))
        .addCustomScenario(scenario("get", "get", "rotate evict"))
        .addCustomScenario(scenario("get", "getAsync", "rotate evict get"))
        .addCustomScenario(scenario("get", "get", "rotate evict get", "getAsync"))
        .addCustomScenario(scenario("get", "get renew", "rotate renew"))
        .addCustomScenario(scenario("get", "renew", "renew", "rotate evict"))
        .addCustomScenario(scenario("get", "get", "getAsync", "close"))
        .sequentialSpecification(Sequential.class);
  }

  /** What each thread does at the same time, and what is done in the end. */
  private static ExecutionScenario scenario(String end, String... threads) {
    return new ExecutionScenario(
        List.of(),
        Arrays.stream(threads).map(KeyCacheLincheckTest::actors).toList(),
        actors(end),
        actors("allThatIsNotCachedIsWipedOnce").get(0));
  }

  private static List<Actor> actors(String names) {
    return Arrays.stream(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(KeyCacheLincheckTest::actor)
        .toList();
  }

  private static Actor actor(String name) {
    try {
      return new Actor(KeyCacheLincheckTest.class.getMethod(name), List.of());
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  @Operation
  public int get() {
    return generationOf(bench.sync.run("get", keys()));
  }

  @Operation
  public int getAsync() throws InterruptedException {
    try {
      return generationOf(bench.async.run("get", keys()).get());
    } catch (ExecutionException e) {
      throw Bench.thrown(Objects.requireNonNull(e.getCause()));
    }
  }

  /** A caller that is stopped if it turns out to be the one who has to load. */
  @Operation
  public int getStopped() {
    Plan<TestKeys> plan =
        Bench.keys(
            TestKeys.ALICE,
            () -> {
              throw new CancellationException();
            });
    return generationOf(bench.sync.run("get", plan));
  }

  /** A caller that finds its keys too old. */
  @Operation
  public int renew() {
    Plan<TestKeys> plan = keys().then(stale -> Bench.renewed(TestKeys.ALICE, stale, this::load));
    return generationOf(bench.sync.run("renew", plan));
  }

  @Operation
  public void rotate() {
    generation.incrementAndGet();
  }

  @Operation
  public void evict() {
    bench.cache.evict(TestKeys.ALICE);
  }

  @Operation
  public void close() {
    bench.cache.close();
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

  private Plan<TestKeys> keys() {
    return Bench.keys(TestKeys.ALICE, this::load)
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
    private @Nullable Integer cached;
    private int generation;
    private boolean closed;

    public int get() {
      return closed || cached == null ? renew() : cached;
    }

    public int getAsync() {
      return get();
    }

    public int getStopped() {
      if (!closed && cached == null) {
        throw new CancellationException();
      }
      return get();
    }

    public int renew() {
      if (closed) {
        throw new IllegalStateException();
      }
      cached = generation;
      return generation;
    }

    public void rotate() {
      generation++;
    }

    public void evict() {
      cached = null;
    }

    public void close() {
      closed = true;
    }
  }
}
