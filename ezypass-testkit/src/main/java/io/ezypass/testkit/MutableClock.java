package io.ezypass.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Thread safe. */
public final class MutableClock implements InstantSource {
  private final AtomicReference<Instant> now;

  private MutableClock(Instant start) {
    this.now = new AtomicReference<>(start);
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
    return now.get();
  }

  /**
   * Moves it.
   *
   * @param time how far; negative to go back
   */
  public void advance(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** Shows the time. */
  @Override
  public String toString() {
    return "MutableClock[" + instant() + "]";
  }
}
