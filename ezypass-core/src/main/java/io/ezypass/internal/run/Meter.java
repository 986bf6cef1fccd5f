package io.ezypass.internal.run;

import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one operation takes. This one counts nothing: it serves while nobody observes. Used
 * by one thread at a time, since an operation waits for its requests and for the load that it
 * leads.
 */
interface Meter {
  /** Counts nothing. */
  Meter OFF = new Meter() {};

  /** A request is about to be sent; gives what to send instead, which also asks what it takes. */
  default <Q> Q sending(Op<Q, ?> op, Q request) {
    return request;
  }

  /** The request was answered. Never throws. */
  default void answered(Op<?, ?> op, @Nullable Object response) {}

  /** The request failed. Never throws. */
  default void failed(Throwable failure) {}

  /** The plan says that this happened. */
  default void noted(Plan.Note note) {}

  /** Keys came out of the cache. */
  default void keysFound() {}

  /** Keys are about to be loaded. */
  default void keysLoading() {}

  /** Another operation is loading the keys. */
  default void keysAwaited() {}
}
