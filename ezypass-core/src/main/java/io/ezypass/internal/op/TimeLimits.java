package io.ezypass.internal.op;

import java.time.Duration;

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
}
