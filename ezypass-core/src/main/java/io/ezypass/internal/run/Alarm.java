package io.ezypass.internal.run;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a task by the earliest moment asked for since it last ran. At most one timer is pending. */
final class Alarm {
  private final ScheduledExecutorService timer;
  private final LongSupplier nanoTime;
  private final Runnable task;
  private @Nullable Future<?> pending;
  private long at;
  private boolean closed;

  Alarm(ScheduledExecutorService timer, LongSupplier nanoTime, Runnable task) {
    this.timer = timer;
    this.nanoTime = nanoTime;
    this.task = task;
  }

  /** Asks for a run at that nano time or earlier. */
  synchronized void by(long moment) {
    if (closed || (pending != null && at - moment <= 0)) {
      return;
    }
    if (pending != null) {
      pending.cancel(false);
    }
    at = moment;
    long delay = Math.max(0, moment - nanoTime.getAsLong());
    pending = timer.schedule(() -> ring(moment), delay, TimeUnit.NANOSECONDS);
  }

  /** Runs nothing any more. */
  synchronized void close() {
    closed = true;
    if (pending != null) {
      pending.cancel(false);
      pending = null;
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
