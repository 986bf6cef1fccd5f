package io.ezypass.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Does things at the same time. */
final class Threads {
  static final int COUNT = 8;

  private static final long HANG_GUARD_SECONDS = 120;

  private Threads() {}

  /** Starts the task on {@link #COUNT} threads at once, gives its results by thread. */
  static <T> List<T> atOnce(IntFunction<T> task) {
    CyclicBarrier start = new CyclicBarrier(COUNT);
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      int thread = i;
      tasks.add(
          () -> {
            start.await(HANG_GUARD_SECONDS, TimeUnit.SECONDS);
            return task.apply(thread);
          });
    }
    return run(tasks);
  }

  /** Does the task for each number below {@code count}, eight at a time. */
  static <T> List<T> each(int count, IntFunction<T> task) {
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      tasks.add(() -> task.apply(number));
    }
    return run(tasks);
  }

  private static <T> List<T> run(List<Callable<T>> tasks) {
    ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(tasks, HANG_GUARD_SECONDS, TimeUnit.SECONDS)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
