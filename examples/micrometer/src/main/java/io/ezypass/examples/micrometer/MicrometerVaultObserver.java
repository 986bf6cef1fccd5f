package io.ezypass.examples.micrometer;

import io.ezypass.OperationEvent;
import io.ezypass.VaultObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;

/**
 * Keeps EzyPass's operations as metrics:
 *
 * <table>
 *   <caption>What there is to see</caption>
 *   <tr><th>metric</th><th>tags</th><th>what</th></tr>
 *   <tr><td>{@code ezypass.operations}, a timer</td><td>operation, outcome</td>
 *     <td>how many, how long, how they ended</td></tr>
 *   <tr><td>{@code ezypass.dynamodb.requests}</td><td>operation, request</td>
 *     <td>requests by AWS's name</td></tr>
 *   <tr><td>{@code ezypass.dynamodb.capacity}</td><td>operation, kind</td>
 *     <td>capacity units, {@code read} or {@code write}</td></tr>
 *   <tr><td>{@code ezypass.kms.calls}</td><td>operation, action</td><td>calls to KMS</td></tr>
 *   <tr><td>{@code ezypass.keys}</td><td>result</td>
 *     <td>{@code cached}, {@code loaded}, or {@code joined}: waited for somebody else's load</td></tr>
 *   <tr><td>{@code ezypass.retries}</td><td>operation</td><td>the SDK's and the library's</td></tr>
 *   <tr><td>{@code ezypass.reconciled.writes}</td><td>operation</td>
 *     <td>writes that were recognised after a lost answer</td></tr>
 * </table>
 *
 * <p>Thread safe, and does not block.
 */
public final class MicrometerVaultObserver implements VaultObserver {
  private final MeterRegistry registry;

  /**
   * Creates it.
   *
   * @param registry where the metrics go
   */
  public MicrometerVaultObserver(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void ended(OperationEvent event) {
    String operation = event.operation();
    Timer.builder("ezypass.operations")
        .description("Operations on vaults")
        .tag("operation", operation)
        .tag("outcome", event.outcome().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(event.elapsed());
    countEach("ezypass.dynamodb.requests", operation, "request", event.requests());
    countEach("ezypass.kms.calls", operation, "action", event.kmsCalls());
    capacity(operation, "read", event.readUnits());
    capacity(operation, "write", event.writeUnits());
    keys("cached", event.keyCacheHits());
    keys("loaded", event.keyLoads());
    keys("joined", event.joinedKeyLoads());
    // Counted also if zero, so that the first one there is shows as a rise.
    count("ezypass.retries", event.retries(), "operation", operation);
    count("ezypass.reconciled.writes", event.reconciledWrites(), "operation", operation);
  }

  private void countEach(
      String metric, String operation, String tag, Map<String, Integer> byAwsName) {
    byAwsName.forEach((name, times) -> count(metric, times, "operation", operation, tag, name));
  }

  private void capacity(String operation, String kind, double units) {
    Counter.builder("ezypass.dynamodb.capacity")
        .baseUnit("units")
        .tag("operation", operation)
        .tag("kind", kind)
        .register(registry)
        .increment(units);
  }

  private void keys(String result, int times) {
    count("ezypass.keys", times, "result", result);
  }

  private void count(String metric, int times, String... tags) {
    Counter.builder(metric).tags(tags).register(registry).increment(times);
  }
}
