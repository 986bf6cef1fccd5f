package io.ezypass.internal.run;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a task by the earliest moment asked for since it last ran. At most one timer is pending. */
final class Alarm {
  /** What the timer itself may be late by. */
  private static final long LATE = SuspendAwareTime.TOLERANCE.toNanos();

  private final ScheduledExecutorService timer;
  private final LongSupplier nanoTime;
  private final Runnable task;
  private volatile @Nullable Future<?> pending;
  private volatile long at;
  private boolean closed;

  Alarm(ScheduledExecutorService timer, LongSupplier nanoTime, Runnable task) {
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.task = task;
  }

  /** Asks for a run at that nano time or earlier. */
  synchronized void by(long moment) {
    if (!closed && (pending == null || at - moment > 0)) {
      set(moment, moment - nanoTime.getAsLong());
    }
  }

  /**
   * Has the task run now if it is overdue: timers stand still while the process is suspended.
   *
   * @param now the nano time
   */
  void checkLate(long now) {
    if (isLate(now)) {
      synchronized (this) {
        if (!closed && isLate(now)) {
          set(now, 0);
        }
      }
    }
  }

  /** Runs nothing any more. */
  synchronized void close() {
    closed = true;
    cancel();
    pending = null;
  }

  private boolean isLate(long now) {
    return pending != null && now - at > LATE;
  }

  /** Called with the lock. */
  private void set(long moment, long delay) {
    cancel();
    at = moment;
    pending = timer.schedule(() -> ring(moment), Math.max(0, delay), TimeUnit.NANOSECONDS);
  }

  private void cancel() {
    Future<?> timing = pending;
    if (timing != null) {
      timing.cancel(false);
    }
  }

  private void ring(long moment) {
    synchronized (this) {
      if (moment == at) { // else it was replaced while it fired
        pending = null;
      }
    }
    task.run();
  }
}
