package io.ezypass.internal.run;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that are the library's own: a timer, and an executor unless the user supplies one.
 * All are daemons, start with the first task and end when idle.
 */
public final class Background implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final Executor executor;
  private final ScheduledExecutorService timer;

  /** Null if the executor is the user's. */
  private final @Nullable ExecutorService own;

  /** Owns a timer and an executor. */
  public Background() {
    own = defaultExecutor();
    executor = own;
    timer = defaultTimer();
  }

  /**
   * Owns a timer.
   *
   * @param executor the user's, which is never shut down; blocking calls of the library must not
   *     occupy all its threads
   */
  public Background(Executor executor) {
    this(executor, defaultTimer());
  }

  Background(Executor executor, ScheduledExecutorService timer) {
    this.own = null;
    this.executor = executor;
    this.timer = timer;
  }

  /** Runs refreshes, and what goes on after a pause or after somebody else's load. */
  public Executor executor() {
    return executor;
  }

  /** Fires only; what takes time is handed on to the executor. */
  public ScheduledExecutorService timer() {
    return timer;
  }

  /**
   * Takes no new tasks. Timers that are set still fire: a pause that never ended would leave its
   * caller waiting for ever.
   */
  @Override
  public void close() {
    timer.shutdown();
    if (own != null) {
      own.shutdown();
    }
  }

  private static ThreadPoolExecutor defaultExecutor() {
    // Eight refreshes may block a thread each; the others keep followers going meanwhile.
    int threads = 8 + Runtime.getRuntime().availableProcessors();
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "ezypass-" + number.incrementAndGet()),
            closed());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ScheduledThreadPoolExecutor defaultTimer() {
    ThreadFactory threads = task -> daemon(task, "ezypass-timer");
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads, closed());
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  /** The queues are unbounded, so nothing is refused before the shutdown. */
  private static RejectedExecutionHandler closed() {
    return (task, pool) -> {
      throw new IllegalStateException("EzyPass is closed");
    };
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
