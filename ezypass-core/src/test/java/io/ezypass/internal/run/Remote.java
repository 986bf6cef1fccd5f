package io.ezypass.internal.run;

import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.AbortedException;

/** One request to a service that answers when told; interrupted, it behaves as the SDK does. */
final class Remote<S> {
  final CompletableFuture<S> answer = new CompletableFuture<>();
  private final CountDownLatch sent = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();

  static <S> Remote<S> answering(S answer) {
    Remote<S> remote = new Remote<>();
    remote.answer.complete(answer);
    return remote;
  }

  static <S> Remote<S> failing(Throwable failure) {
    Remote<S> remote = new Remote<>();
    remote.answer.completeExceptionally(failure);
    return remote;
  }

  /** Ends in the answer, or in the failure as it is. */
  Plan<S> plan() {
    return Plan.call(op(), this, Plan::done, failure -> Execution.failing(failure));
  }

  Op<Remote<S>, S> op() {
    return new Op<>("Remote", (d, k, remote) -> remote.block(), (d, k, remote) -> remote.send());
  }

  int calls() {
    return calls.get();
  }

  void awaitSent() throws InterruptedException {
    sent.await();
  }

  private CompletableFuture<S> send() {
    calls.incrementAndGet();
    sent.countDown();
    return answer;
  }

  private S block() {
    try {
      return send().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }
}
