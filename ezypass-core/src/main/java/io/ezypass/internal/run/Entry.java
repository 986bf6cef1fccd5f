package io.ezypass.internal.run;

import io.ezypass.internal.plan.KeyMaterial;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loaded keys with a count of who may still use them: the cache itself for as long as it serves
 * them, and every running plan that was given them. Whoever takes the count to zero wipes. The
 * mutable fields are guarded by the cache's lock.
 */
final class Entry<K extends KeyMaterial> {
  private static final Logger LOG = LoggerFactory.getLogger(Entry.class);

  final K keys;

  /** Nano time from which the entry must not be served any more. */
  final long expiresAt;

  /** Nano time from which a hit starts a refresh. */
  long refreshAt;

  int holders;

  Entry(K keys, long expiresAt, long refreshAt) {
    this.keys = keys;
    this.expiresAt = expiresAt;
    this.refreshAt = refreshAt;
  }

  /** Wipes what has no holder any more; called without the lock. */
  static void wipe(List<Entry<?>> dead) {
    for (Entry<?> entry : dead) {
      try {
        entry.keys.wipe();
      } catch (RuntimeException e) { // must fail neither the plan nor the next one's wipe
        LOG.warn("wiping keys failed: {}", e.getClass().getSimpleName());
      }
    }
  }
}
