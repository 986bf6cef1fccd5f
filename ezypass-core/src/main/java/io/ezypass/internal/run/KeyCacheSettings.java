package io.ezypass.internal.run;

import io.ezypass.internal.op.TimeLimits;
import java.time.Duration;

/**
 * What can be set of the key cache.
 *
 * @param ttl how long keys are served, from the moment their load started; at most an hour
 * @param maxEntries how many entries are kept
 * @param maxRefreshes how many early refreshes run at once
 */
public record KeyCacheSettings(Duration ttl, int maxEntries, int maxRefreshes) {
  /** Five minutes, 10,000 entries, eight refreshes. */
  public static final KeyCacheSettings DEFAULT =
      new KeyCacheSettings(Duration.ofMinutes(5), 10_000, 8);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of bounds
   */
  public KeyCacheSettings {
    if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(TimeLimits.LONGEST_CACHE) > 0) {
      throw new IllegalArgumentException("keyCacheTtl must be above zero and at most 1 h");
    }
    if (maxEntries < 1) {
      throw new IllegalArgumentException("keyCacheSize must be at least 1");
    }
    if (maxRefreshes < 0) {
      throw new IllegalArgumentException("key cache maxRefreshes must not be negative");
    }
  }

  /** These, with the usual number of refreshes. */
  public static KeyCacheSettings of(Duration ttl, int maxEntries) {
    return new KeyCacheSettings(ttl, maxEntries, DEFAULT.maxRefreshes());
  }
}
