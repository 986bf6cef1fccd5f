package io.ezypass.testkit.promises;

import io.ezypass.testkit.dynamodb.Fault;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Loses every request, or every response, of the call with one number, whatever it asks for: where
 * a process crashed. Losing responses takes a synchronous client.
 */
final class NthCall implements ExecutionInterceptor {
  private static final ExecutionAttribute<Boolean> HIT = new ExecutionAttribute<>("NthCallHit");

  private final int number;
  private final Fault fault;
  private final AtomicInteger calls = new AtomicInteger();

  NthCall(int number, Fault fault) {
    this.number = number;
    this.fault = fault;
  }

  /** Whether there was a call of that number. */
  boolean happened() {
    return calls.get() >= number;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(HIT, calls.incrementAndGet() == number);
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (attributes.getAttribute(HIT) && fault == Fault.LOST_REQUEST) {
      throw lost();
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    if (attributes.getAttribute(HIT) && fault == Fault.LOST_RESPONSE) {
      throw lost();
    }
  }

  private static SdkClientException lost() {
    return SdkClientException.create("lost", new IOException("Connection reset"));
  }
}
