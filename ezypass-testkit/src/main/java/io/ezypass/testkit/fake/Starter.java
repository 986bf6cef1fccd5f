package io.ezypass.testkit.fake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;

/** Turns the calls of the sync twin into futures and publishers. */
final class Starter {
  private static final Subscription NOTHING_TO_COME =
      new Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  private final Executor executor;

  Starter(Executor executor) {
    this.executor = Arguments.present("executor", executor);
  }

  <T> CompletableFuture<T> start(Supplier<T> call) {
    CompletableFuture<T> future = new CompletableFuture<>();
    // Completed by hand: a dependent stage would wrap every failure in a CompletionException.
    executor.execute(
        () -> {
          try {
            future.complete(call.get());
          } catch (RuntimeException | Error e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  CompletableFuture<Void> start(Runnable call) {
    return start(
        () -> {
          call.run();
          return null;
        });
  }

  /** Each subscription makes the call anew. */
  <T> SdkPublisher<T> publish(Supplier<List<T>> call) {
    return SdkPublisher.adapt(
        subscriber -> {
          // The specification of reactive streams (1.9) wants exactly this exception.
          if (subscriber == null) {
            throw new NullPointerException("subscriber must not be null");
          }
          executor.execute(() -> publish(call, subscriber));
        });
  }

  private static <T> void publish(Supplier<List<T>> call, Subscriber<? super T> subscriber) {
    List<T> items;
    try {
      items = call.get();
    } catch (RuntimeException | Error e) {
      subscriber.onSubscribe(NOTHING_TO_COME);
      subscriber.onError(e);
      return;
    }
    SdkPublisher.fromIterable(items).subscribe(subscriber);
  }
}
