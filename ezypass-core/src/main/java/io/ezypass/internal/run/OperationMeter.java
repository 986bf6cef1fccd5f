package io.ezypass.internal.run;

import io.ezypass.OperationEvent;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.kms.model.KmsRequest;

/**
 * Counts what one operation takes, for an observer. How often the SDK sent a request is told by its
 * metrics, which come before the answer, and else by the failure.
 */
final class OperationMeter implements Meter, MetricPublisher {
  private static final Set<Op<?, ?>> READS =
      Set.of(Op.GET_ITEM, Op.BATCH_GET_ITEM, Op.TRANSACT_GET, Op.QUERY, Op.SCAN);

  private final ClientMetrics clients;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private final Map<String, Integer> requests = new HashMap<>();
  private final Map<String, Integer> kmsCalls = new HashMap<>();
  private double readUnits;
  private double writeUnits;
  private int keyCacheHits;
  private int keyLoads;
  private int joinedKeyLoads;
  private int retries;
  private int reconciledWrites;

  /** Whether the SDK has told of the request under way. */
  private boolean told;

  OperationMeter(ClientMetrics clients, LongSupplier nanoTime) {
    this.clients = clients;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  OperationEvent event(String operation, OperationEvent.Outcome outcome) {
    return new OperationEvent(
        operation,
        outcome,
        Duration.ofNanos(nanoTime.getAsLong() - startedAt),
        requests,
        kmsCalls,
        readUnits,
        writeUnits,
        keyCacheHits,
        keyLoads,
        joinedKeyLoads,
        retries,
        reconciledWrites);
  }

  @Override
  public <Q> Q sending(Op<Q, ?> op, Q request) {
    told = false;
    (request instanceof KmsRequest ? kmsCalls : requests).merge(op.name(), 1, Integer::sum);
    return clients.measured(request, this);
  }

  @Override
  public void answered(Op<?, ?> op, @Nullable Object response) {
    double read = 0;
    double written = 0;
    for (ConsumedCapacity each : ClientMetrics.consumed(response)) {
      if (each.readCapacityUnits() == null && each.writeCapacityUnits() == null) {
        double units = orZero(each.capacityUnits());
        read += READS.contains(op) ? units : 0;
        written += READS.contains(op) ? 0 : units;
      } else {
        read += orZero(each.readCapacityUnits());
        written += orZero(each.writeCapacityUnits());
      }
    }
    readUnits += read;
    writeUnits += written;
    // AWS API reference, TransactWriteItems, ClientRequestToken: the first call with a token
    // consumes write capacity; later ones find it done and consume read capacity.
    if (op.equals(Op.TRANSACT_WRITE) && read > 0 && written == 0) {
      reconciledWrites++;
    }
  }

  @Override
  public void failed(Throwable failure) {
    Integer attempts = failure instanceof SdkException sdk ? sdk.numAttempts() : null;
    if (!told && attempts != null) {
      retries += Math.max(0, attempts - 1);
    }
  }

  /** From the SDK, once for each request. */
  @Override
  public void publish(MetricCollection request) {
    told = true;
    request.metricValues(CoreMetric.RETRY_COUNT).forEach(count -> retries += count);
  }

  /** Nobody calls it: the SDK does not close what a request brings along. */
  @Override
  public void close() {}

  @Override
  public void noted(Plan.Note note) {
    switch (note) {
      case RETRY -> retries++;
      case RECONCILED -> reconciledWrites++;
    }
  }

  @Override
  public void keysFound() {
    keyCacheHits++;
  }

  @Override
  public void keysLoading() {
    keyLoads++;
  }

  @Override
  public void keysAwaited() {
    joinedKeyLoads++;
  }

  private static double orZero(@Nullable Double units) {
    return units == null ? 0 : units;
  }
}
