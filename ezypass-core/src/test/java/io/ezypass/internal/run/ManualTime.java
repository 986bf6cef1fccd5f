package io.ezypass.internal.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A clock and its timer that move only when told. Starts just before the nano time overflows. */
final class ManualTime extends ScheduledThreadPoolExecutor implements LongSupplier {
  private final List<Timer> timers = new ArrayList<>();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

  ManualTime() {
    super(0);
  }

  @Override
  public synchronized long getAsLong() {
    return now;
  }

  /** Runs what falls due on the way. */
  void advance(Duration time) {
    List<Timer> due = new ArrayList<>();
    synchronized (this) {
      now += time.toNanos();
      timers.removeIf(timer -> timer.at - now <= 0 && due.add(timer));
    }
    due.forEach(Timer::run);
  }

  /** Moves the clock and lets every timer be late. */
  synchronized void jump(Duration time) {
    now += time.toNanos();
  }

  synchronized int pendingTimers() {
    timers.removeIf(Timer::isCancelled);
    return timers.size();
  }

  /** How long until the next timer fires. */
  synchronized Duration nextTimer() {
    return Duration.ofNanos(timers.stream().mapToLong(timer -> timer.at - now).min().orElseThrow());
  }

  @Override
  public synchronized ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Timer timer = new Timer(task, now + unit.toNanos(delay));
    timers.add(timer);
    return timer;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  private static final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {
    private final long at;

    Timer(Runnable task, long at) {
      super(task, null);
      this.at = at;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }
}
