package io.ezypass.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;

/**
 * Nano time that goes on while the process is suspended: frozen between two invocations of a
 * Lambda, paused with its virtual machine, or stored as a snapshot. {@link System#nanoTime} may
 * stand still meanwhile, and cached keys would be served for longer than they may be.
 *
 * <p>What the wall clock gains on nano time counts as suspension once it exceeds a tolerance, and
 * is added to an offset that never shrinks. So this lags behind by a tolerance in all, and not by
 * one for each suspension. A wall clock that is set forward ages what is timed, which is harmless;
 * one that is set back changes nothing, but hides a suspension of the same length.
 *
 * <p>Thread safe and lock-free. A call reads three clocks and, unless there is something new to
 * know, writes nothing.
 */
public final class SuspendAwareTime implements LongSupplier {
  static final Duration TOLERANCE = Duration.ofSeconds(1);

  /** Far more than a process lives, and far less than what a long of nanoseconds takes. */
  private static final long MAX_JUMP_SECONDS = Duration.ofDays(36_500).toSeconds();

  /**
   * What is known.
   *
   * @param lead what the wall clock was ahead of nano time by when it was last seen as slow as this
   * @param offset all suspensions so far
   */
  private record State(long lead, long offset) {}

  private static final AtomicReferenceFieldUpdater<SuspendAwareTime, State> STATE =
      AtomicReferenceFieldUpdater.newUpdater(SuspendAwareTime.class, State.class, "state");

  private final LongSupplier nanoTime;
  private final InstantSource wall;
  private final long startNanos;
  private final long startSeconds;
  private volatile State state;

  /**
   * Starts to watch. Nothing has been suspended so far.
   *
   * @param nanoTime monotonic, as {@link System#nanoTime}
   * @param wall the time of day, which goes on during a suspension
   */
  public SuspendAwareTime(LongSupplier nanoTime, InstantSource wall) {
    this.nanoTime = nanoTime;
    this.wall = wall;
    this.startSeconds = wall.instant().getEpochSecond();
    this.startNanos = nanoTime.getAsLong();
    this.state = new State(wallNanos(), 0);
  }

  /** Nano time, plus all suspensions so far. */
  @Override
  public long getAsLong() {
    while (true) {
      // The state comes first: clocks read before a suspension must not meet a state from after
      // it, or the same suspension would be counted again by the next call.
      State seen = state;
      long before = nanoTime.getAsLong();
      long wallNanos = wallNanos();
      long after = nanoTime.getAsLong();
      // A thread that was delayed among the three readings knows the lead as a range only.
      long leastLead = wallNanos - (after - startNanos);
      long mostLead = wallNanos - (before - startNanos);
      State now = seen;
      if (leastLead - seen.lead > TOLERANCE.toNanos()) {
        now = new State(leastLead, seen.offset + (leastLead - seen.lead));
      } else if (mostLead < seen.lead) {
        now = new State(mostLead, seen.offset);
      }
      if (now.equals(seen) || STATE.compareAndSet(this, seen, now)) {
        return after + now.offset;
      }
    }
  }

  private long wallNanos() {
    Instant now = wall.instant();
    long seconds = now.getEpochSecond() - startSeconds;
    return Math.max(-MAX_JUMP_SECONDS, Math.min(MAX_JUMP_SECONDS, seconds)) * 1_000_000_000
        + now.getNano();
  }
}
