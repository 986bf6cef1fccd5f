package io.ezypass.testkit.dynamodb;

import io.ezypass.testkit.dynamodb.FaultPlan.Moment;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.ClientType;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Lets the calls of a DynamoDB client fail as they fail in production, and lets a test act in the
 * middle of one. Give it to a client as an interceptor, synchronous or asynchronous:
 *
 * <pre>{@code
 * Faults faults = Faults.seeded(42);
 * DynamoDbClient client = DynamoDbLocal.shared().client(faults);
 * faults.once(Fault.LOST_RESPONSE, "PutItem");
 * }</pre>
 *
 * <p>Most faults hit one <em>attempt</em>, and the SDK then retries; {@link #wholeCall} hits every
 * attempt of one call, so that it fails for good. Rules are asked in the order in which they were
 * given, and at most one fault hits an attempt. A rule never fires on an operation to which its
 * fault cannot happen.
 *
 * <p>Whether a probability hits depends on nothing but the seed, the number of the call and that of
 * the attempt: the same calls in the same order meet the same faults. Thread safe; operations are
 * named as in the AWS API ({@code PutItem}). A client takes one of these at most.
 */
public final class Faults implements ExecutionInterceptor {
  private static final ExecutionAttribute<Call> CALL =
      new ExecutionAttribute<>("EzyPassTestkitFaults");

  private final long seed;
  private final long scrambledSeed;
  private final FaultPlan plan = new FaultPlan();

  private Faults(long seed) {
    this.seed = seed;
    this.scrambledSeed = new SplittableRandom(seed).nextLong();
  }

  /**
   * No faults yet; the seed decides what {@link #randomly} does.
   *
   * @param seed any number
   * @return no faults yet
   */
  public static Faults seeded(long seed) {
    return new Faults(seed);
  }

  /**
   * Hits the next attempt of an operation.
   *
   * @param fault what happens to it
   * @param operation the operation's name
   * @return this
   */
  public Faults once(Fault fault, String operation) {
    return times(1, fault, operation::equals);
  }

  /**
   * Hits the next {@code attempts} attempts of these operations, be they of one call or of many.
   *
   * @param attempts how many, at least 1
   * @param fault what happens to it
   * @param operations which operations, by name
   * @return this
   */
  public Faults times(int attempts, Fault fault, Predicate<String> operations) {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
    }
    plan.add(FaultRule.next(attempts, fault, operations));
    return this;
  }

  /**
   * Hits every attempt of the next call of an operation: that call fails, in whatever way.
   *
   * @param fault what happens to it
   * @param operation the operation's name
   * @return this
   */
  public Faults wholeCall(Fault fault, String operation) {
    return wholeCall(fault, operation::equals);
  }

  /**
   * Hits every attempt of the next call of any of these operations.
   *
   * @param fault what happens to it
   * @param operations which operations, by name
   * @return this
   */
  public Faults wholeCall(Fault fault, Predicate<String> operations) {
    plan.add(FaultRule.nextCall(fault, operations));
    return this;
  }

  /**
   * Hits every attempt of these operations until {@link #clear()}: an outage.
   *
   * @param fault what happens to it
   * @param operations which operations, by name
   * @return this
   */
  public Faults always(Fault fault, Predicate<String> operations) {
    plan.add(FaultRule.always(fault, operations));
    return this;
  }

  /**
   * Hits each attempt of any operation with this probability, with one of these faults.
   *
   * @param probability from 0 to 1
   * @param faults one of these, evenly
   * @return this
   */
  public Faults randomly(double probability, Fault... faults) {
    return randomly(probability, operation -> true, faults);
  }

  /**
   * Hits each attempt of these operations with this probability, with one of these faults.
   *
   * @param probability from 0 to 1
   * @param operations which operations, by name
   * @param faults one of these, evenly
   * @return this
   */
  public Faults randomly(double probability, Predicate<String> operations, Fault... faults) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1: " + probability);
    }
    if (faults.length == 0) {
      throw new IllegalArgumentException("faults must not be empty");
    }
    Map<Boolean, List<Fault>> kinds =
        Arrays.stream(faults).collect(Collectors.partitioningBy(Fault::hitsAttempt));
    kinds.values().stream()
        .filter(kind -> !kind.isEmpty())
        .forEach(kind -> plan.add(FaultRule.randomly(probability, kind, operations)));
    return this;
  }

  /**
   * Runs an action once, just before the next request of an operation is sent, on the thread that
   * sends it. What the action throws fails the call. The action may call DynamoDB; with an
   * asynchronous client it should do so through a synchronous one.
   *
   * @param operation the operation's name
   * @param action what to run
   * @return this
   */
  public Faults beforeSend(String operation, Runnable action) {
    plan.add(operation, Moment.BEFORE_SEND, action);
    return this;
  }

  /**
   * Runs an action once, after the next request of an operation has been carried out and before the
   * caller hears of it. Otherwise as {@link #beforeSend}.
   *
   * @param operation the operation's name
   * @param action what to run
   * @return this
   */
  public Faults afterSend(String operation, Runnable action) {
    plan.add(operation, Moment.AFTER_SEND, action);
    return this;
  }

  /** Drops all rules and actions. The log stays, and calls are counted on. */
  public void clear() {
    plan.clear();
  }

  /**
   * What was injected so far, in order. A copy.
   *
   * @return a copy
   */
  public List<InjectedFault> log() {
    return plan.log();
  }

  /** The seed, to replay with, and what was injected. */
  @Override
  public String toString() {
    return "Faults[seed=" + seed + ", injected=" + plan.log() + "]";
  }

  @Override
  public void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes executionAttributes) {
    String operation = executionAttributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    executionAttributes.putAttribute(CALL, new Call(plan.nextCall(), operation));
  }

  @Override
  public SdkRequest modifyRequest(
      Context.ModifyRequest context, ExecutionAttributes executionAttributes) {
    SdkRequest request = context.request();
    if (!PartialBatch.canCut(request)) {
      return request;
    }
    Call call = executionAttributes.getAttribute(CALL);
    SplittableRandom random = random(call);
    if (plan.decide(call.number, call.attempt, call.operation, random) == null) {
      return request;
    }
    PartialBatch batch = PartialBatch.cut(request, random);
    call.batch = batch;
    return batch.sent();
  }

  @Override
  public SdkResponse modifyResponse(
      Context.ModifyResponse context, ExecutionAttributes executionAttributes) {
    PartialBatch batch = executionAttributes.getAttribute(CALL).batch;
    return batch == null ? context.response() : batch.addUnprocessed().apply(context.response());
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes executionAttributes) {
    Call call = executionAttributes.getAttribute(CALL);
    call.attempt++;
    plan.run(call.operation, Moment.BEFORE_SEND);
    SplittableRandom random = random(call);
    Fault fault = plan.decide(call.number, call.attempt, call.operation, random);
    call.responseLost = fault == Fault.LOST_RESPONSE;
    if (fault != null && !call.responseLost) {
      throw failure(fault, call.operation, context.request(), random);
    }
  }

  @Override
  public void afterTransmission(
      Context.AfterTransmission context, ExecutionAttributes executionAttributes) {
    if (executionAttributes.getAttribute(SdkExecutionAttribute.CLIENT_TYPE) != ClientType.SYNC) {
      return;
    }
    try {
      receive(executionAttributes.getAttribute(CALL));
    } catch (RuntimeException e) {
      context.responseBody().ifPresent(Faults::close);
      throw e;
    }
  }

  @Override
  public Optional<Publisher<ByteBuffer>> modifyAsyncHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes executionAttributes) {
    try {
      receive(executionAttributes.getAttribute(CALL));
      return context.responsePublisher();
    } catch (RuntimeException e) {
      return context.responsePublisher().map(body -> new BrokenBody(body, e));
    }
  }

  private void receive(Call call) {
    plan.run(call.operation, Moment.AFTER_SEND);
    if (call.responseLost) {
      throw DynamoDbErrors.lost(new LostResponse(call.operation));
    }
  }

  /** Gives the connection back. */
  private static void close(InputStream body) {
    try (body) {
      body.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SplittableRandom random(Call call) {
    return new SplittableRandom(31 * (31 * scrambledSeed + call.number) + call.attempt);
  }

  private static RuntimeException failure(
      Fault fault, String operation, SdkRequest request, SplittableRandom random) {
    return switch (fault) {
      case THROTTLED -> DynamoDbErrors.throttled();
      case TRANSACTION_CONFLICT -> {
        int items = DynamoDbErrors.transactionSize(request);
        yield items == 0
            ? DynamoDbErrors.conflict()
            : DynamoDbErrors.cancelled(items, random.nextInt(items));
      }
      default ->
          DynamoDbErrors.lost(new IOException("Connection reset: the request of " + operation));
    };
  }

  /** One API call on its way; used by one thread after the other. */
  private static final class Call {
    final int number;
    final String operation;
    int attempt;
    boolean responseLost;
    @Nullable PartialBatch batch;

    Call(int number, String operation) {
      this.number = number;
      this.operation = operation;
    }
  }
}
