package io.ezypass.internal.run;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Opened keys, for a short time, for all runners. Everything is guarded by one lock, held for a few
 * map operations and never while foreign code runs: plans, futures, executors and {@code wipe} are
 * called outside.
 *
 * <p>Two rules carry the rest. Keys live as long as somebody holds them, the cache being one of the
 * holders ({@link Entry}). And a load may fill the cache only while it is listed ({@link Flight}),
 * so that an eviction needs but to strike it off.
 */
public final class KeyCache implements AutoCloseable {
  /**
   * Counters since the start.
   *
   * @param hits lookups that were served from the cache
   * @param misses all other lookups
   * @param loads loads that were started, refreshes included
   * @param entries how many entries there are now
   */
  public record Stats(long hits, long misses, long loads, int entries) {}

  private final KeyCacheSettings settings;
  private final long ttl;
  private final Background background;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final Alarm sweeper;

  private final Object lock = new Object();
  private final Map<KeyScope<?>, Entry<?>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<KeyScope<?>, Flight<?>> flights = new HashMap<>();
  private boolean closed;
  private int refreshes;

  /** Keys that are in memory or on their way there: each counts from the start of its load. */
  private int unwiped;

  private long hits;
  private long misses;
  private long loads;

  /**
   * Creates an empty cache.
   *
   * @param settings the bounds
   * @param background times the end of idle keys and runs refreshes
   * @param nanoTime a monotonic clock
   * @param random spreads the refreshes; used by many threads
   */
  public KeyCache(
      KeyCacheSettings settings,
      Background background,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.settings = settings;
    this.ttl = settings.ttl().toNanos();
    this.background = background;
    this.nanoTime = nanoTime;
    this.random = random;
    this.sweeper = new Alarm(background.timer(), nanoTime, this::sweep);
  }

  /** Looks without loading. The caller holds what it gets, and has to release it. */
  <K extends KeyMaterial> @Nullable Entry<K> find(
      KeyScope<K> scope, Supplier<Plan<K>> reload, Loader loader) {
    long now = nanoTime.getAsLong();
    List<Entry<?>> dead = new ArrayList<>(0);
    Entry<K> entry;
    Flight<K> refresh;
    synchronized (lock) {
      entry = live(scope, null, now, dead);
      refresh = entry == null ? null : refreshIfDue(scope, entry, now);
    }
    Entry.wipe(dead);
    sweeper.checkLate(now);
    startRefresh(refresh, reload, loader);
    return entry;
  }

  /** Looks, and makes the caller a member of a flight if there is nothing to serve. */
  <K extends KeyMaterial> Lookup<K> take(Plan.Keys<K, ?> keys, Loader loader) {
    KeyScope<K> scope = keys.scope();
    long now = nanoTime.getAsLong();
    List<Entry<?>> dead = new ArrayList<>(0);
    Lookup<K> lookup;
    Flight<K> refresh = null;
    synchronized (lock) {
      Entry<K> entry = live(scope, keys.stale(), now, dead);
      if (entry == null) {
        lookup = join(scope, keys.stale(), now);
      } else {
        lookup = new Lookup.Hit<>(entry);
        refresh = refreshIfDue(scope, entry, now);
      }
    }
    Entry.wipe(dead);
    sweeper.checkLate(now);
    startRefresh(refresh, keys.load(), loader);
    return lookup;
  }

  /** Ends a flight with keys, which belong to the cache and to the members from now on. */
  <K extends KeyMaterial> void loaded(Flight<K> flight, K keys) {
    long expiresAt = flight.startedAt + ttl;
    Entry<K> entry =
        new Entry<>(keys, expiresAt, expiresAt - (long) (ttl * (0.15 + 0.1 * random.nextDouble())));
    List<Entry<?>> dead = new ArrayList<>(0);
    if (nanoTime.getAsLong() - expiresAt >= 0) {
      // Not even the members get them: nothing is served past the TTL, however slow its load was.
      Entry.wipe(List.of(entry));
      failed(
          flight, new KeyUnavailableException(KeyUnavailableException.Reason.UNREACHABLE), false);
      return;
    }
    boolean kept;
    synchronized (lock) {
      flight.entry = entry;
      entry.holders = flight.members + 1; // this method, until the end of the block
      kept = end(flight);
      if (kept) {
        entry.holders++;
        drop(entries.put(flight.scope, entry), dead);
        if (entries.size() > settings.maxEntries()) {
          KeyScope<?> leastRecentlyUsed = entries.keySet().iterator().next();
          drop(entries.remove(leastRecentlyUsed), dead);
        }
      }
      drop(entry, dead);
    }
    Entry.wipe(dead);
    flight.landing.complete(new Flight.Landing.Loaded<>(entry));
    if (kept) {
      sweeper.by(expiresAt);
    }
  }

  /** Ends a flight without keys. Keys that proved forbidden are not served until their TTL. */
  <K extends KeyMaterial> void failed(Flight<K> flight, Throwable failure, boolean interrupted) {
    List<Entry<?>> dead = new ArrayList<>(0);
    synchronized (lock) {
      if (!flight.ended) {
        unwiped--;
      }
      if (end(flight) && Loader.isFinal(failure)) {
        drop(entries.remove(flight.scope), dead);
      }
    }
    Entry.wipe(dead);
    flight.landing.complete(new Flight.Landing.Failed<>(failure, interrupted));
  }

  /** A member goes without what the flight brings. */
  void leave(Flight<?> flight) {
    List<Entry<?>> dead = new ArrayList<>(0);
    synchronized (lock) {
      if (flight.entry == null) {
        flight.members--;
      } else {
        drop(flight.entry, dead);
      }
    }
    Entry.wipe(dead);
  }

  /** Gives back what the caller holds. */
  void release(Collection<? extends Entry<?>> held) {
    List<Entry<?>> dead = new ArrayList<>(0);
    synchronized (lock) {
      held.forEach(entry -> drop(entry, dead));
    }
    Entry.wipe(dead);
  }

  /**
   * Forgets the keys of one scope at once. A load that is under way still serves those who wait for
   * it, but nobody else.
   *
   * @param scope whose keys
   */
  public void evict(KeyScope<?> scope) {
    List<Entry<?>> dead = new ArrayList<>(0);
    synchronized (lock) {
      flights.remove(scope);
      drop(entries.remove(scope), dead);
    }
    Entry.wipe(dead);
  }

  /**
   * Forgets all keys at once, as {@link #evict} does.
   *
   * @return how many could not be wiped yet, since running plans hold them or are loading them
   */
  public int evictAll() {
    List<Entry<?>> dead = new ArrayList<>();
    int held;
    synchronized (lock) {
      flights.clear();
      entries.values().forEach(entry -> drop(entry, dead));
      entries.clear();
      held = unwiped;
    }
    Entry.wipe(dead);
    return held;
  }

  /** Forgets all keys and refuses every later lookup. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
    }
    evictAll();
    sweeper.close();
  }

  /** What happened so far. */
  public Stats stats() {
    synchronized (lock) {
      return new Stats(hits, misses, loads, entries.size());
    }
  }

  /** Removes what has expired, so that idle keys do not stay in memory. */
  private void sweep() {
    long now = nanoTime.getAsLong();
    List<Entry<?>> dead = new ArrayList<>();
    Entry<?> next = null;
    synchronized (lock) {
      for (Iterator<Entry<?>> all = entries.values().iterator(); all.hasNext(); ) {
        Entry<?> entry = all.next();
        if (now - entry.expiresAt >= 0) {
          all.remove();
          drop(entry, dead);
        } else if (next == null || entry.expiresAt - next.expiresAt < 0) {
          next = entry;
        }
      }
    }
    Entry.wipe(dead);
    if (next != null) {
      sweeper.by(next.expiresAt);
    }
  }

  private <K extends KeyMaterial> void startRefresh(
      @Nullable Flight<K> refresh, Supplier<Plan<K>> load, Loader loader) {
    if (refresh == null) {
      return;
    }
    try {
      Runnable run =
          () -> {
            if (begin(refresh)) {
              loader.refresh(refresh, load);
            }
          };
      background.executor().execute(run);
    } catch (RuntimeException refused) {
      if (begin(refresh)) {
        failed(refresh, refused, true);
      }
    }
  }

  /** Whether the refresh is still wanted and nobody who needs the keys has taken it over. */
  private boolean begin(Flight<?> refresh) {
    long now = nanoTime.getAsLong();
    synchronized (lock) {
      if (refresh.started) {
        return false;
      }
      if (flights.get(refresh.scope) != refresh) {
        end(refresh);
        return false;
      }
      begin(refresh, now);
      return true;
    }
  }

  // What follows is called with the lock.

  /** An entry that may be served, with the caller as a holder; any other one is dropped. */
  @SuppressWarnings("unchecked") // an entry is filed under the scope of its flight, which has its K
  private <K extends KeyMaterial> @Nullable Entry<K> live(
      KeyScope<K> scope, @Nullable K stale, long now, List<Entry<?>> dead) {
    if (closed) {
      throw new IllegalStateException("EzyPass is closed");
    }
    Entry<K> entry = (Entry<K>) entries.get(scope);
    if (entry != null && (entry.keys == stale || now - entry.expiresAt >= 0)) {
      entries.remove(scope);
      drop(entry, dead);
      entry = null;
    }
    if (entry == null) {
      misses++;
    } else {
      hits++;
      entry.holders++;
    }
    return entry;
  }

  @SuppressWarnings("unchecked") // a flight is filed under its own scope
  private <K extends KeyMaterial> Lookup<K> join(KeyScope<K> scope, @Nullable K stale, long now) {
    Flight<K> flight = (Flight<K>) flights.get(scope);
    boolean late = flight != null && flight.started && now - flight.startedAt >= ttl;
    if (flight == null || late || (stale != null && !flight.renewal)) {
      // A load that has outlived the TTL, as in a process that was suspended meanwhile, serves
      // nobody; one that was not started for stale keys may have read the item before it changed.
      flight = stale == null ? Flight.cold(scope) : Flight.renewal(scope);
      flights.put(scope, flight);
    }
    flight.members++;
    boolean leads = !flight.started; // a refresh that still waits for a thread is taken over
    if (leads) {
      begin(flight, now);
    }
    return new Lookup.Wait<>(flight, leads);
  }

  private void begin(Flight<?> flight, long now) {
    unwiped++;
    flight.started = true;
    flight.startedAt = now;
    loads++;
  }

  private <K extends KeyMaterial> @Nullable Flight<K> refreshIfDue(
      KeyScope<K> scope, Entry<K> entry, long now) {
    if (now - entry.refreshAt < 0
        || refreshes >= settings.maxRefreshes()
        || flights.containsKey(scope)) {
      return null;
    }
    entry.refreshAt = now + ttl / 16; // should it fail: not again with the very next hit
    Flight<K> refresh = Flight.refresh(scope);
    flights.put(scope, refresh);
    refreshes++;
    return refresh;
  }

  /** Whether the flight was still listed, which it is not any more. */
  private boolean end(Flight<?> flight) {
    if (flight.ended) {
      return false;
    }
    flight.ended = true;
    if (flight.refresh) {
      refreshes--;
    }
    return flights.remove(flight.scope, flight);
  }

  private void drop(@Nullable Entry<?> entry, List<Entry<?>> dead) {
    if (entry != null && --entry.holders == 0) {
      dead.add(entry);
      unwiped--;
    }
  }
}
