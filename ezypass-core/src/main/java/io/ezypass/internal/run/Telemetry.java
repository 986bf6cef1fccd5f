package io.ezypass.internal.run;

import io.ezypass.OperationEvent;
import io.ezypass.VaultObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkClient;

/**
 * Tells log and observer how operations ended. A log line has the name of the operation and the
 * type of the failure, and nothing else: how a call ended at DEBUG, since its caller knows; at WARN
 * what somebody has to look into, whoever the caller was.
 */
public final class Telemetry {
  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

  private final @Nullable VaultObserver observer;
  private final LongSupplier nanoTime;
  private final AtomicBoolean observerFailed = new AtomicBoolean();

  /**
   * Creates it.
   *
   * @param observer null for none; then nothing is measured
   * @param nanoTime a monotonic clock
   */
  public Telemetry(@Nullable VaultObserver observer, LongSupplier nanoTime) {
    this.observer = observer;
    this.nanoTime = nanoTime;
  }

  /** What it takes to measure requests of these clients; null if nobody observes. */
  @Nullable ClientMetrics of(SdkClient dynamoDb, SdkClient kms) {
    return observer == null ? null : ClientMetrics.of(dynamoDb, kms);
  }

  /** Starts measuring an operation. */
  Meter start(@Nullable ClientMetrics clients) {
    return clients == null ? Meter.OFF : new OperationMeter(clients, nanoTime);
  }

  /** An operation has ended; {@code failure} is null if it did not fail. Never throws. */
  void ended(String operation, Meter meter, @Nullable Throwable failure) {
    OperationEvent.Outcome outcome = Outcomes.of(failure);
    log(operation, outcome, failure);
    if (observer != null && meter instanceof OperationMeter measured) {
      try {
        observer.ended(measured.event(operation, outcome));
      } catch (Throwable e) { // whatever it is, the operation has ended as it did
        String type = e.getClass().getSimpleName();
        if (observerFailed.compareAndSet(false, true)) {
          LOG.warn("the observer failed: {}; further failures are logged at DEBUG", type);
        } else {
          LOG.debug("the observer failed: {}", type);
        }
      }
    }
  }

  private static void log(
      String operation, OperationEvent.Outcome outcome, @Nullable Throwable failure) {
    if (failure == null) {
      LOG.debug("{}: done", operation);
      return;
    }
    String type = failure.getClass().getSimpleName();
    switch (outcome) {
      case TAMPERED, KEY_NOT_ACCEPTED, OUTCOME_UNKNOWN -> LOG.warn("{}: {}", operation, type);
      default -> LOG.debug("{}: {}", operation, type);
    }
  }
}
