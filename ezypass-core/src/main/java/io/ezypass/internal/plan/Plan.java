package io.ezypass.internal.plan;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A description of calls that ends in a value. Nothing is sent until a runner interprets it. A plan
 * is single-use: operation ids and tokens are made while it runs. Any of its functions may throw,
 * which fails the plan. Loops recurse in tail position: {@code a.then(x -> loop())} needs no stack.
 *
 * @param <R> what it ends in
 */
public sealed interface Plan<R extends @Nullable Object> {
  /** Has ended. */
  record Done<R extends @Nullable Object>(R value) implements Plan<R> {}

  /**
   * Sends one request.
   *
   * @param op which client method
   * @param request what to send
   * @param notAfter the runner's nano time from which the request must not be sent any more
   * @param then goes on with the response
   * @param onError goes on after a failure of this very call; it may throw another one
   * @param tooLate what the plan fails with if it is too late to send; null for the runner's own
   *     failure, which says that nothing was sent
   */
  record Call<Q, S, R extends @Nullable Object>(
      Op<Q, S> op,
      Q request,
      OptionalLong notAfter,
      Function<S, Plan<R>> then,
      Function<Throwable, Plan<R>> onError,
      @Nullable Supplier<RuntimeException> tooLate)
      implements Plan<R> {
    /** A call before which nothing of its kind was sent. */
    public Call(
        Op<Q, S> op,
        Q request,
        OptionalLong notAfter,
        Function<S, Plan<R>> then,
        Function<Throwable, Plan<R>> onError) {
      this(op, request, notAfter, then, onError, null);
    }
  }

  /**
   * Looks into the key cache, without loading.
   *
   * @param scope which keys
   * @param reload refreshes an entry that nears its end, in the background
   * @param warm goes on with the cached keys, which stay leased until the whole plan has ended
   * @param cold goes on if there are none
   */
  record Cached<K extends KeyMaterial, R extends @Nullable Object>(
      KeyScope<K> scope,
      Supplier<Plan<K>> reload,
      Function<K, Plan<R>> warm,
      Supplier<Plan<R>> cold)
      implements Plan<R> {}

  /**
   * Takes keys from the cache or loads them, in single flight across all runners of the cache.
   *
   * @param scope which keys
   * @param stale keys that must not be served again because they proved too old; null for none
   * @param load opens the keys
   * @param then goes on with the keys, which stay leased until the whole plan has ended
   */
  record Keys<K extends KeyMaterial, R extends @Nullable Object>(
      KeyScope<K> scope, @Nullable K stale, Supplier<Plan<K>> load, Function<K, Plan<R>> then)
      implements Plan<R> {}

  /** Waits, then goes on. */
  record Pause<R extends @Nullable Object>(Duration time, Supplier<Plan<R>> then)
      implements Plan<R> {}

  /** Goes on at once. Says what has happened, to whoever measures; nothing else depends on it. */
  record Noted<R extends @Nullable Object>(Note note, Plan<R> then) implements Plan<R> {}

  /** What a plan tells of itself. */
  enum Note {
    /** What was sent, or read, is sent or read once more. */
    RETRY,
    /** A write whose answer said otherwise, or was lost, had taken effect. */
    RECONCILED
  }

  /** Runs one plan and goes on with what it ended in. */
  record Then<T extends @Nullable Object, R extends @Nullable Object>(
      Plan<T> first, Function<T, Plan<R>> next) implements Plan<R> {}

  /**
   * Runs one plan and goes on with what it ended in, or with what it failed with, wherever in it
   * that happened. For a plan of many parts, one of which must not take the others with it.
   *
   * @param failed may throw what it was given, which fails the plan; it is not given what {@code
   *     next} or itself throw
   */
  record Attempt<T extends @Nullable Object, R extends @Nullable Object>(
      Plan<T> first, Function<T, Plan<R>> next, Function<RuntimeException, Plan<R>> failed)
      implements Plan<R> {}

  /** A plan that has ended. */
  static <R extends @Nullable Object> Plan<R> done(R value) {
    return new Done<>(value);
  }

  /** A plan that has ended, perhaps in nothing. */
  @SuppressWarnings("NullAway") // it does not follow type parameters that may be null
  static <R> Plan<@Nullable R> ofNullable(@Nullable R value) {
    return new Done<>(value);
  }

  /** Waits and begins another round. */
  static <R extends @Nullable Object> Plan<R> retry(Duration pause, Supplier<Plan<R>> round) {
    return again(new Pause<>(pause, round));
  }

  /** Begins another round at once. */
  static <R extends @Nullable Object> Plan<R> again(Plan<R> round) {
    return new Noted<>(Note.RETRY, round);
  }

  /** A plan that has ended since its write turned out to have taken effect before. */
  static <R extends @Nullable Object> Plan<R> reconciled(R value) {
    return new Noted<>(Note.RECONCILED, done(value));
  }

  /** A read or another call that may be sent at any time. */
  static <Q, S, R extends @Nullable Object> Plan<R> call(
      Op<Q, S> op, Q request, Function<S, Plan<R>> then, Function<Throwable, Plan<R>> onError) {
    return new Call<>(op, request, OptionalLong.empty(), then, onError);
  }

  /** Goes on with what this plan ends in. */
  default <T extends @Nullable Object> Plan<T> then(Function<R, Plan<T>> next) {
    return new Then<>(this, next);
  }

  /** Changes what this plan ends in. */
  default <T extends @Nullable Object> Plan<T> map(Function<R, T> change) {
    return new Then<>(this, value -> done(change.apply(value)));
  }
}
