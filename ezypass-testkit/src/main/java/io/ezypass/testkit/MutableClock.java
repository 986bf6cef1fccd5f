package io.ezypass.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A clock that stands still until a test moves it. Thread safe. */
public final class MutableClock implements InstantSource {
  private volatile Instant now;

  private MutableClock(Instant start) {
    this.now = start;
  }

  /**
   * A clock at the present.
   *
   * @return the clock, at a whole millisecond
   */
  public static MutableClock startingNow() {
    return startingAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }

  /**
   * A clock at a given time.
   *
   * @param start the time
   * @return the clock
   */
  public static MutableClock startingAt(Instant start) {
    return new MutableClock(start);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /**
   * Moves it.
   *
   * @param time how far; negative to go back
   */
  public synchronized void advance(Duration time) {
    now = now.plus(time);
  }

  /** Shows the time. */
  @Override
  public String toString() {
    return "MutableClock[" + instant() + "]";
  }
}
