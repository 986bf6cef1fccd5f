package io.ezypass.testkit.kms;

import java.time.Duration;
import java.util.Set;

/**
 * Holds the calls that reach {@link FakeKms} until it is released, so that a test can line up
 * concurrent callers without sleeping. A held call is counted already; whether it then succeeds is
 * decided when it goes on. Made by {@link FakeKms#hold}. Thread safe.
 */
public final class KmsGate implements AutoCloseable {
  private final Set<KmsAction> actions;
  private int held;
  private boolean open;

  KmsGate(Set<KmsAction> actions) {
    this.actions = Set.copyOf(actions);
  }

  /**
   * How many calls wait here now.
   *
   * @return the number of calls
   */
  public synchronized int held() {
    return held;
  }

  /**
   * Returns once at least {@code calls} calls wait here.
   *
   * @param calls how many to wait for
   * @param timeout how long to wait for them
   * @throws IllegalStateException if they have not come within {@code timeout}
   * @throws InterruptedException if the waiting thread is interrupted
   */
  public synchronized void awaitHeld(int calls, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (held < calls) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new IllegalStateException(held + " of " + calls + " calls came within " + timeout);
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
  }

  /** Lets every held call go on, and holds none from now on. May be called more than once. */
  public synchronized void release() {
    open = true;
    notifyAll();
  }

  /** The same as {@link #release()}. */
  @Override
  public void close() {
    release();
  }

  synchronized boolean isOpen() {
    return open;
  }

  synchronized void pass(KmsAction action) throws InterruptedException {
    if (!actions.contains(action)) {
      return;
    }
    held++;
    notifyAll();
    try {
      while (!open) {
        wait();
      }
    } finally {
      held--;
    }
  }
}
