package io.ezypass.internal.op;

import java.time.Duration;
import java.time.Instant;

/**
 * The longest that any process may do something, however it is configured. What waits for other
 * processes, a deletion and a rotation, counts on these.
 */
public final class TimeLimits {
  /** How long keys may be served from a cache, and be sealed under. */
  public static final Duration LONGEST_CACHE = Duration.ofHours(1);

  /** How long after its sealing a write may be sent or retried. */
  public static final Duration LONGEST_WRITE = Duration.ofMinutes(5);

  private TimeLimits() {}

  /**
   * From when on nothing lands any more that was sealed under keys read before KEYS was replaced.
   * The replacement may land as late as its write deadline; until then others read the keys before
   * it, which they may seal under for an hour, and what they seal may land as late again.
   *
   * @param replacedAt the time that was taken before the replacement was sent
   */
  static Instant noLateWritesFrom(Instant replacedAt) {
    return replacedAt.plus(LONGEST_WRITE).plus(LONGEST_CACHE).plus(LONGEST_WRITE);
  }
}
