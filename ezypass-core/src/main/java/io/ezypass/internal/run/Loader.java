package io.ezypass.internal.run;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.plan.KeyMaterial;
import io.ezypass.internal.plan.Plan;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;

/** Runs loads that nobody waits for at first; each runner is one. */
interface Loader {
  /** What such a load is called in the log and for an observer. */
  String REFRESH = "refresh keys";

  /**
   * Runs the plan and tells the cache how it ended, now or later. Never throws.
   *
   * @param flight which one
   * @param plan opens the keys
   */
  <K extends KeyMaterial> void refresh(Flight<K> flight, Supplier<Plan<K>> plan);

  /** Whether a failure says only that somebody stopped the one who ran the load. */
  static boolean isInterruption(Throwable failure) {
    return failure instanceof AbortedException
        || failure instanceof InterruptedException
        || failure instanceof CancellationException;
  }

  /** Whether a failure says that the keys must not be used any more, not even cached ones. */
  static boolean isFinal(Throwable failure) {
    if (failure instanceof KeyUnavailableException unavailable) {
      return switch (unavailable.reason()) {
        case DENIED, REVOKED, NOT_ACCEPTED -> true;
        case THROTTLED, UNREACHABLE -> false;
      };
    }
    return failure instanceof UserNotFoundException || failure instanceof TamperedItemException;
  }
}
