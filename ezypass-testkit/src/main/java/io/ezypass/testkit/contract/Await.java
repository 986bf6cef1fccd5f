package io.ezypass.testkit.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.SdkPublisher;

/** Waits for futures and publishers, and throws what they failed with. */
final class Await {
  /**
   * Far beyond any test: a future that nobody completes shall fail its test, not hang the build.
   */
  private static final long HANG_GUARD_SECONDS = 120;

  private Await() {}

  static <T> T value(CompletableFuture<T> future) {
    try {
      return future.get(HANG_GUARD_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw unchecked(e);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing completed the future", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }

  static <T> List<T> items(Publisher<T> publisher) {
    List<T> items = Collections.synchronizedList(new ArrayList<>());
    value(SdkPublisher.adapt(publisher).subscribe(items::add));
    return items;
  }

  private static RuntimeException unchecked(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(e);
  }
}
