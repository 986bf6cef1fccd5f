package io.ezypass.testkit.internal.server;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Closes something once only its own threads keep the JVM alive. DynamoDB Local's database threads
 * explicitly are no daemons, so without this a {@code main} that used it would never exit. Waits by
 * joining one thread of somebody else's after the other, without polling.
 */
final class LastThreadWatch implements Runnable {
  /** The JVM's own thread that waits for the others after {@code main} has returned. */
  private static final String JVM_EXIT_THREAD = "DestroyJavaVM";

  private final ThreadGroup own;
  private final AutoCloseable watched;

  private LastThreadWatch(ThreadGroup own, AutoCloseable watched) {
    this.own = own;
    this.watched = watched;
  }

  /** Watches on a daemon thread; the threads of {@code own} do not count as keeping alive. */
  static void start(ThreadGroup own, AutoCloseable watched) {
    Thread thread = new Thread(own, new LastThreadWatch(own, watched), "dynamodb-local-watch");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void run() {
    try (watched) {
      for (Thread other = other(); other != null; other = other()) {
        other.join();
      }
    } catch (Exception e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Thread other() {
    ThreadGroup root = own;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 16];
    while (root.enumerate(threads) == threads.length) {
      threads = new Thread[threads.length * 2];
    }
    return Arrays.stream(threads).filter(this::keepsAlive).findFirst().orElse(null);
  }

  private boolean keepsAlive(@Nullable Thread thread) {
    if (thread == null || thread.isDaemon() || thread.getName().equals(JVM_EXIT_THREAD)) {
      return false;
    }
    ThreadGroup group = thread.getThreadGroup();
    return group != null && !own.parentOf(group);
  }
}
