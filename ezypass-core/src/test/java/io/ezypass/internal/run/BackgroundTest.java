package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class BackgroundTest {
  @Test
  void threadsAreNamedDaemonsAndStartWithTheFirstTask() throws Exception {
    try (Background background = new Background()) {
      assertThat(poolSize(background.timer())).isZero();
      assertThat(poolSize(background.executor())).isZero();

      Thread timer = timerThread(background);
      assertThat(timer.getName()).isEqualTo("ezypass-timer");
      assertThat(timer.isDaemon()).isTrue();
      assertThat(timerThread(background)).as("there is one").isSameAs(timer);

      CompletableFuture<Thread> worker = new CompletableFuture<>();
      background.executor().execute(() -> worker.complete(Thread.currentThread()));
      assertThat(Bench.result(worker).getName()).startsWith("ezypass-");
      assertThat(Bench.result(worker).isDaemon()).isTrue();
    }
  }

  private static int poolSize(Object executor) {
    return ((ThreadPoolExecutor) executor).getPoolSize();
  }

  private static Thread timerThread(Background background) throws Exception {
    return Bench.result(background.timer().submit(Thread::currentThread));
  }

  @Test
  void aTimerThatIsSetFiresAlsoAfterTheClose() throws Exception {
    Background background = new Background();
    CompletableFuture<String> fired = new CompletableFuture<>();
    Runnable task = () -> fired.complete("fired");
    Future<?> timer = background.timer().schedule(task, 1, TimeUnit.NANOSECONDS);
    background.close();

    assertThat(Bench.result(fired)).isEqualTo("fired");
    assertThat(timer.isCancelled()).isFalse();
  }

  @Test
  void aClosedOneTakesNoTasks() {
    Background background = new Background();
    background.close();
    Runnable task = () -> {};

    assertThatThrownBy(() -> background.executor().execute(task))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("EzyPass is closed");
    assertThatThrownBy(() -> background.timer().execute(task))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("EzyPass is closed");
  }

  @Test
  void theUsersExecutorIsUsedAndNeverShutDown() {
    ExecutorService users = Executors.newSingleThreadExecutor();
    try {
      Background background = new Background(users);
      assertThat(background.executor()).isSameAs(users);
      ScheduledExecutorService timer = background.timer();
      background.close();

      assertThat(timer.isShutdown()).isTrue();
      assertThat(users.isShutdown()).isFalse();
    } finally {
      users.shutdown();
    }
  }
}
