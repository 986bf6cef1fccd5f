package io.ezypass.internal.op;

import io.ezypass.error.LimitExceededException;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.Plan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a plan against scripted answers: no client, no cache, no waiting. */
final class Script {
  private final Deque<Object> answers = new ArrayDeque<>();
  private final List<String> sent = new ArrayList<>();
  private final List<Object> requests = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Plan.Note> notes = new ArrayList<>();
  private BiFunction<String, Object, Object> otherwise =
      (operation, request) -> {
        throw new NoSuchElementException(operation);
      };
  private final Map<Class<?>, KeyMaterial> keys = new HashMap<>();
  private boolean servesStale;
  private int callsInTime = Integer.MAX_VALUE;

  /** The next call gets this response. */
  Script answer(Object response) {
    answers.add(response);
    return this;
  }

  /** The next call fails so. */
  Script fail(RuntimeException failure) {
    answers.add(failure);
    return this;
  }

  /** What answers by operation and request, once the script has ended. */
  Script otherwise(BiFunction<String, Object, Object> responder) {
    otherwise = responder;
    return this;
  }

  /** The key cache holds these, of each class one. */
  Script cached(KeyMaterial material) {
    keys.put(material.getClass(), material);
    return this;
  }

  /** Keys that proved too old are served again: KEYS has nothing newer. */
  Script nothingNewer() {
    servesStale = true;
    return this;
  }

  /** After so many calls, what has a deadline finds that it has passed, as a runner would. */
  Script deadlineAfter(int calls) {
    callsInTime = calls;
    return this;
  }

  List<String> sent() {
    return sent;
  }

  List<Object> requests() {
    return requests;
  }

  List<Duration> pauses() {
    return pauses;
  }

  List<Plan.Note> notes() {
    return notes;
  }

  boolean isUsedUp() {
    return answers.isEmpty();
  }

  /** What goes on after a step, and perhaps after its failure. */
  private record Frame(
      Function<Object, Plan<?>> next,
      @Nullable Function<RuntimeException, ? extends Plan<?>> failed) {}

  @SuppressWarnings("unchecked") // a plan's functions take what its parts end in
  <R> R run(Plan<R> plan) {
    Deque<Frame> stack = new ArrayDeque<>();
    Plan<?> current = plan;
    while (true) {
      try {
        if (current instanceof Plan.Done<?> done) {
          if (stack.isEmpty()) {
            return (R) done.value();
          }
          current = stack.pop().next().apply(done.value());
        } else {
          current = step(current, stack);
        }
      } catch (RuntimeException failure) {
        current = recover(failure, stack);
      }
    }
  }

  private static Plan<?> recover(RuntimeException failure, Deque<Frame> stack) {
    while (!stack.isEmpty()) {
      Function<RuntimeException, ? extends Plan<?>> failed = stack.pop().failed();
      if (failed != null) {
        // What a handler throws goes to the attempt around it, as a runner does.
        return Plan.done(failure).then(f -> failed.apply(f).map(x -> x));
      }
    }
    throw failure;
  }

  private Plan<?> step(Plan<?> current, Deque<Frame> stack) {
    if (current instanceof Plan.Then<?, ?> then) {
      stack.push(new Frame(erased(then.next()), null));
      return then.first();
    } else if (current instanceof Plan.Attempt<?, ?> attempt) {
      stack.push(new Frame(erased(attempt.next()), attempt.failed()));
      return attempt.first();
    } else if (current instanceof Plan.Noted<?> noted) {
      notes.add(noted.note());
      return noted.then();
    } else if (current instanceof Plan.Call<?, ?, ?> call) {
      return call(call);
    } else if (current instanceof Plan.Cached<?, ?> cached) {
      return cached(cached);
    } else if (current instanceof Plan.Keys<?, ?> load) {
      stack.push(new Frame(erased(load.then()), null));
      return servesStale && load.stale() != null ? Plan.done(load.stale()) : load.load().get();
    }
    Plan.Pause<?> pause = (Plan.Pause<?>) current;
    pauses.add(pause.time());
    return pause.then().get();
  }

  @SuppressWarnings("unchecked") // a plan's functions take what its parts end in
  private static Function<Object, Plan<?>> erased(Function<?, ? extends Plan<?>> function) {
    return (Function<Object, Plan<?>>) function;
  }

  private <K extends KeyMaterial> Plan<?> cached(Plan.Cached<K, ?> cached) {
    Class<K> type = cached.scope().type();
    KeyMaterial material = keys.get(type);
    return material == null ? cached.cold().get() : cached.warm().apply(type.cast(material));
  }

  @SuppressWarnings("unchecked") // each test scripts responses of the right type
  private <S> Plan<?> call(Plan.Call<?, S, ?> call) {
    if (call.notAfter().isPresent() && sent.size() >= callsInTime) {
      Supplier<RuntimeException> tooLate = call.tooLate();
      throw tooLate == null
          ? new LimitExceededException("The write deadline has passed.")
          : tooLate.get();
    }
    sent.add(call.op().name());
    requests.add(call.request());
    Object answer =
        answers.isEmpty() ? otherwise.apply(call.op().name(), call.request()) : answers.remove();
    return answer instanceof RuntimeException failure
        ? call.onError().apply(failure)
        : call.then().apply((S) answer);
  }
}
