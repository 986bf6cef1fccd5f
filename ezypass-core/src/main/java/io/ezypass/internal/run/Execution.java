package io.ezypass.internal.run;

import io.ezypass.error.LimitExceededException;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.Plan;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of one plan: what is still to do after the current step, on the heap and not on the Java
 * stack, and the keys that are leased meanwhile. Used by one thread at a time.
 */
final class Execution {
  private final KeyCache cache;
  private final Loader loader;
  private final LongSupplier nanoTime;
  private final Meter meter;
  private final ArrayDeque<Frame> rest = new ArrayDeque<>();
  private final Set<Entry<?>> leases = new HashSet<>(4);

  /** What is to be done after the current step: with its value, and perhaps with its failure. */
  private record Frame(
      Function<@Nullable Object, Plan<?>> next,
      @Nullable Function<RuntimeException, ? extends Plan<?>> failed) {}

  Execution(KeyCache cache, Loader loader, LongSupplier nanoTime, Meter meter) {
    this.cache = cache;
    this.loader = loader;
    this.nanoTime = nanoTime;
    this.meter = meter;
  }

  /**
   * Goes on to the next step that only a runner can do.
   *
   * @return a Call, Keys or Pause, or the Done that ends the whole plan
   */
  Plan<?> advance(Plan<?> from) {
    Plan<?> at = from;
    while (true) {
      if (at instanceof Plan.Done<?> done) {
        if (rest.isEmpty()) {
          return done;
        }
        at = rest.pop().next().apply(done.value());
      } else if (at instanceof Plan.Then<?, ?> then) {
        rest.push(new Frame(erased(then.next()), null));
        at = then.first();
      } else if (at instanceof Plan.Attempt<?, ?> attempt) {
        rest.push(new Frame(erased(attempt.next()), attempt.failed()));
        at = attempt.first();
      } else if (at instanceof Plan.Cached<?, ?> cached) {
        at = look(cached);
      } else if (at instanceof Plan.Noted<?> noted) {
        meter.noted(noted.note());
        at = noted.then();
      } else {
        return at;
      }
    }
  }

  /**
   * Goes on after a failure, with the innermost attempt around it; what was to be done within that
   * one is dropped.
   *
   * @throws RuntimeException the failure, if there is none
   */
  Plan<?> recover(RuntimeException failure) {
    RuntimeException current = failure;
    while (true) {
      Function<RuntimeException, ? extends Plan<?>> failed = null;
      while (failed == null) {
        if (rest.isEmpty()) {
          throw current;
        }
        failed = rest.pop().failed();
      }
      try {
        return failed.apply(current);
      } catch (RuntimeException another) {
        current = another;
      }
    }
  }

  /** Keeps a lease until the end; the caller has it and gives it away. */
  void hold(Entry<?> entry) {
    if (!leases.add(entry)) {
      cache.release(Set.of(entry));
    }
  }

  /** Gives all leases back. */
  void end() {
    if (!leases.isEmpty()) {
      List<Entry<?>> held = List.copyOf(leases);
      leases.clear(); // first: once only, whatever happens
      cache.release(held);
    }
  }

  /** Refuses to send what has become too old. */
  void checkDeadline(Plan.Call<?, ?, ?> call) {
    if (call.notAfter().isPresent() && nanoTime.getAsLong() - call.notAfter().getAsLong() >= 0) {
      Supplier<RuntimeException> tooLate = call.tooLate();
      throw tooLate != null
          ? tooLate.get()
          : new LimitExceededException(
              "The write deadline has passed: " + call.op().name() + " was not sent.");
    }
  }

  /** Throws as it is. Functions declare no checked exception, but one may have come through. */
  @SuppressWarnings("unchecked")
  static <T extends Throwable, R extends @Nullable Object> Plan<R> failing(Throwable failure)
      throws T {
    throw (T) failure;
  }

  private <K extends KeyMaterial> Plan<?> look(Plan.Cached<K, ?> cached) {
    Entry<K> entry = cache.find(cached.scope(), cached.reload(), loader);
    if (entry == null) {
      return cached.cold().get();
    }
    hold(entry);
    meter.keysFound();
    return cached.warm().apply(entry.keys);
  }

  /** A plan's types fit together by construction, see {@link Plan.Then}. */
  @SuppressWarnings("unchecked")
  private static Function<@Nullable Object, Plan<?>> erased(
      Function<?, ? extends Plan<?>> function) {
    return (Function<@Nullable Object, Plan<?>>) function;
  }
}
