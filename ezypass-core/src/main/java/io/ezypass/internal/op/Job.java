package io.ezypass.internal.op;

import io.ezypass.admin.JobOptions;
import io.ezypass.admin.JobProgress;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a long job: its pace, who watches it, and whether it was cancelled. One thread. */
public final class Job {
  private final JobOptions options;
  private final LongSupplier nanoTime;
  private final long interval;
  private long next;
  private long steps;
  private boolean cancelled;

  /**
   * Starts it.
   *
   * @param nanoTime a monotonic clock
   */
  public Job(JobOptions options, LongSupplier nanoTime) {
    this.options = options;
    this.nanoTime = nanoTime;
    this.interval =
        options.stepsPerSecond() == 0
            ? 0
            : Math.max(1, TimeUnit.SECONDS.toNanos(1) / options.stepsPerSecond());
    this.next = nanoTime.getAsLong();
  }

  /** Whether no further step is wanted. Asks, until the answer was yes once. */
  public boolean isCancelled() {
    cancelled = cancelled || options.cancelled().getAsBoolean();
    return cancelled;
  }

  /** Whether it was seen to be cancelled, and may so have left something out. Does not ask. */
  public boolean wasCancelled() {
    return cancelled;
  }

  /** Goes on when the next step is due. Time that was not used is not saved up. */
  <R extends @Nullable Object> Plan<R> paced(Supplier<Plan<R>> step) {
    if (interval == 0) {
      return step.get();
    }
    long now = nanoTime.getAsLong();
    long wait = Math.max(0, next - now);
    next = now + wait + interval;
    return wait == 0 ? step.get() : new Plan.Pause<>(Duration.ofNanos(wait), step);
  }

  /** The most steps a second; 0 for no limit. */
  int stepsPerSecond() {
    return options.stepsPerSecond();
  }

  /** Counts steps that were done at once along with the last paced one: the next waits for all. */
  void also(int steps) {
    next += steps * interval;
  }

  /** Counts a step that was done. */
  void did(@Nullable UserId user) {
    steps++;
    options.observer().accept(new JobProgress(user, steps));
  }
}
