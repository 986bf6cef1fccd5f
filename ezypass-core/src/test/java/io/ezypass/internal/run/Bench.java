package io.ezypass.internal.run;

import io.ezypass.VaultObserver;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.plan.Plan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** A cache with both runners, on manual time and an executor whose tasks run when told. */
final class Bench {
  static final Duration TTL = Duration.ofMinutes(5);
  static final Duration REFRESH_DUE = TTL.multipliedBy(90).dividedBy(100);

  final ManualTime time = new ManualTime();
  final KeyCache cache;
  final SyncRunner sync;
  final AsyncRunner async;
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  Bench() {
    this(10_000, 8);
  }

  Bench(int maxEntries, int maxRefreshes) {
    this(maxEntries, maxRefreshes, null);
  }

  /** With somebody who observes. */
  Bench(VaultObserver observer) {
    this(10_000, 8, null, observer);
  }

  /** The executor is a manual one unless there is another. */
  Bench(int maxEntries, int maxRefreshes, @Nullable Executor executor) {
    this(maxEntries, maxRefreshes, executor, null);
  }

  private Bench(
      int maxEntries,
      int maxRefreshes,
      @Nullable Executor executor,
      @Nullable VaultObserver observer) {
    Telemetry telemetry = new Telemetry(observer, time);
    Background background = new Background(executor == null ? this::enqueue : executor, time);
    cache =
        new KeyCache(
            new KeyCacheSettings(TTL, maxEntries, maxRefreshes), background, time, new Random(1));
    sync = new SyncRunner(new NoDynamoDb(), new NoKms(), cache, time, telemetry);
    async =
        new AsyncRunner(
            new NoAsyncDynamoDb(), new NoAsyncKms(), cache, background, time, telemetry);
  }

  /** Uses keys, loaded if need be. */
  static Plan<TestKeys> keys(KeyScope<TestKeys> scope, Supplier<Plan<TestKeys>> load) {
    return new Plan.Keys<>(scope, null, load, Bench::used);
  }

  /** Uses keys that must not be the stale ones. */
  static Plan<TestKeys> renewed(
      KeyScope<TestKeys> scope, TestKeys stale, Supplier<Plan<TestKeys>> load) {
    return new Plan.Keys<>(scope, stale, load, Bench::used);
  }

  /** Uses cached keys, if there are any. */
  static Plan<Optional<TestKeys>> cached(
      KeyScope<TestKeys> scope, Supplier<Plan<TestKeys>> reload) {
    return new Plan.Cached<>(
        scope, reload, k -> used(k).map(Optional::of), () -> Plan.done(Optional.empty()));
  }

  static Supplier<Plan<TestKeys>> loading(TestKeys keys) {
    return () -> Plan.done(keys);
  }

  static Supplier<Plan<TestKeys>> noLoad() {
    return () -> {
      throw new AssertionError("must not be loaded");
    };
  }

  private static Plan<TestKeys> used(TestKeys keys) {
    keys.use();
    return Plan.done(keys);
  }

  /** Puts keys into the cache. */
  TestKeys fill(KeyScope<TestKeys> scope, String name) {
    return sync.run("fill", keys(scope, loading(new TestKeys(name))));
  }

  Optional<TestKeys> look(KeyScope<TestKeys> scope) {
    return sync.run("look", cached(scope, noLoad()));
  }

  private synchronized void enqueue(Runnable task) {
    tasks.add(task);
  }

  synchronized int queued() {
    return tasks.size();
  }

  /** Runs all queued tasks, and those that they queue, on this thread. */
  void runQueued() {
    while (true) {
      Runnable task;
      synchronized (this) {
        task = tasks.poll();
      }
      if (task == null) {
        return;
      }
      task.run();
    }
  }

  void awaitMisses(long misses) {
    spinUntil(() -> cache.stats().misses() >= misses);
  }

  static void spinUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** A blocking call on a thread of its own. */
  static <T extends @Nullable Object> Caller<T> caller(Supplier<T> call) {
    FutureTask<T> task = new FutureTask<>(call::get);
    Thread thread = new Thread(task, "caller");
    thread.setDaemon(true);
    thread.start();
    return new Caller<>(thread, task);
  }

  record Caller<T extends @Nullable Object>(Thread thread, FutureTask<T> task) {
    T result() throws Exception {
      return Bench.result(task);
    }

    Throwable failure() throws Exception {
      return Bench.failure(task);
    }
  }

  static <T extends @Nullable Object> T result(Future<T> future) throws Exception {
    return future.get(1, TimeUnit.MINUTES);
  }

  static Throwable failure(Future<?> future) throws InterruptedException, TimeoutException {
    try {
      throw new AssertionError("succeeded with " + future.get(1, TimeUnit.MINUTES));
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  /** To throw any failure where none is declared. */
  static Error thrown(Throwable failure) {
    Execution.failing(failure);
    return new AssertionError("unreachable", failure);
  }

  static Throwable failureOf(CompletableFuture<?> future) {
    return future.handle((value, failure) -> failure).join();
  }

  private static final class NoDynamoDb implements DynamoDbClient {
    @Override
    public String serviceName() {
      return "none";
    }

    @Override
    public void close() {}
  }

  private static final class NoAsyncDynamoDb implements DynamoDbAsyncClient {
    @Override
    public String serviceName() {
      return "none";
    }

    @Override
    public void close() {}
  }

  private static final class NoKms implements KmsClient {
    @Override
    public String serviceName() {
      return "none";
    }

    @Override
    public void close() {}
  }

  private static final class NoAsyncKms implements KmsAsyncClient {
    @Override
    public String serviceName() {
      return "none";
    }

    @Override
    public void close() {}
  }
}
