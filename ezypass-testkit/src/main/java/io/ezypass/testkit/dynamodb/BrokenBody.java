package io.ezypass.testkit.dynamodb;

import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A response body that breaks off. Reads the real one to its end, so that its buffers and the
 * connection go back to where they belong, passes none of it on, and then fails.
 */
record BrokenBody(Publisher<ByteBuffer> real, Throwable failure) implements Publisher<ByteBuffer> {

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    real.subscribe(new Drain(subscriber, failure));
  }

  private record Drain(Subscriber<? super ByteBuffer> target, Throwable failure)
      implements Subscriber<ByteBuffer> {

    @Override
    public void onSubscribe(Subscription subscription) {
      target.onSubscribe(new CancelOnly(subscription));
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer bytes) {}

    @Override
    public void onError(Throwable error) {
      target.onError(failure);
    }

    @Override
    public void onComplete() {
      target.onError(failure);
    }
  }

  private record CancelOnly(Subscription real) implements Subscription {
    @Override
    public void request(long bytes) {}

    @Override
    public void cancel() {
      real.cancel();
    }
  }
}
