package io.ezypass.testkit.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts what an SDK client sends, by operation name such as {@code GetItem}: API calls on the one
 * hand, and on the other the attempts that they took, retries included. A call that the SDK rejects
 * before sending it does not count. One counter may serve several clients, synchronous and
 * asynchronous. Thread safe.
 */
public final class CallCounter implements ExecutionInterceptor {
  private static final String ATTEMPT_HEADER = "amz-sdk-request";
  private static final String FIRST_ATTEMPT = "attempt=1;";

  private final Map<String, Integer> counts = new TreeMap<>();
  private final Map<String, Integer> attempts = new TreeMap<>();
  private final List<SdkRequest> requests = new ArrayList<>();

  /** A counter at zero. */
  public CallCounter() {}

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes executionAttributes) {
    String operation = executionAttributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    boolean first =
        context
            .httpRequest()
            .firstMatchingHeader(ATTEMPT_HEADER)
            .map(header -> header.startsWith(FIRST_ATTEMPT))
            .orElse(true);
    synchronized (this) {
      attempts.merge(operation, 1, Integer::sum);
      if (first) {
        counts.merge(operation, 1, Integer::sum);
        requests.add(context.request());
      }
    }
  }

  /**
   * API calls by operation; operations never called are absent. A copy.
   *
   * @return a copy
   */
  public synchronized Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  /**
   * API calls of one operation.
   *
   * @param operation the operation's name
   * @return API calls, without retries
   */
  public synchronized int count(String operation) {
    return counts.getOrDefault(operation, 0);
  }

  /**
   * API calls of all operations.
   *
   * @return API calls, without retries
   */
  public synchronized int total() {
    return requests.size();
  }

  /**
   * Attempts by operation, those included that a fault kept from being sent. A copy.
   *
   * @return a copy
   */
  public synchronized Map<String, Integer> attempts() {
    return new TreeMap<>(attempts);
  }

  /**
   * The request of every API call, as sent and in order, to search for what must not be in it.
   *
   * @return a copy
   */
  public synchronized List<SdkRequest> requests() {
    return List.copyOf(requests);
  }

  /** Back to zero. */
  public synchronized void reset() {
    counts.clear();
    attempts.clear();
    requests.clear();
  }

  @Override
  public synchronized String toString() {
    return "CallCounter" + counts;
  }
}
