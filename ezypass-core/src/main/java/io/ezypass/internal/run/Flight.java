package io.ezypass.internal.run;

import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One load of keys and all who wait for it. It may fill the cache only while it is the flight that
 * the cache lists under its scope; an eviction or a later flight strikes it off, and it then serves
 * those who already wait and nobody else. The mutable fields are guarded by the cache's lock.
 */
final class Flight<K extends KeyMaterial> {
  /** How a load ended. */
  sealed interface Landing<K extends KeyMaterial> {
    /** Everyone who waits holds the entry, and has to release it. */
    record Loaded<K extends KeyMaterial>(Entry<K> entry) implements Landing<K> {}

    /**
     * There are no keys.
     *
     * @param interrupted whether only the leader was stopped; then the followers ask the cache
     *     again
     */
    record Failed<K extends KeyMaterial>(Throwable failure, boolean interrupted)
        implements Landing<K> {}
  }

  final KeyScope<K> scope;

  /** Whether it was started because cached keys proved too old. */
  final boolean renewal;

  /** Whether it is an early refresh, which nobody waits for at first. */
  final boolean refresh;

  /** Always ends normally, and never inside the cache's lock. */
  final CompletableFuture<Landing<K>> landing = new CompletableFuture<>();

  /** False only for a refresh that still waits for its executor. */
  boolean started;

  /** Nano time before the first request was sent. */
  long startedAt;

  /** How many wait for it, the leader included. */
  int members;

  boolean ended;

  /** What was loaded; null before and after a failure. */
  @Nullable Entry<K> entry;

  private Flight(KeyScope<K> scope, boolean renewal, boolean refresh) {
    this.scope = scope;
    this.renewal = renewal;
    this.refresh = refresh;
  }

  /** For a caller without keys. */
  static <K extends KeyMaterial> Flight<K> cold(KeyScope<K> scope) {
    return new Flight<>(scope, false, false);
  }

  /** For a caller whose keys proved too old. */
  static <K extends KeyMaterial> Flight<K> renewal(KeyScope<K> scope) {
    return new Flight<>(scope, true, false);
  }

  /** For an entry that nears its end. */
  static <K extends KeyMaterial> Flight<K> refresh(KeyScope<K> scope) {
    return new Flight<>(scope, false, true);
  }
}
