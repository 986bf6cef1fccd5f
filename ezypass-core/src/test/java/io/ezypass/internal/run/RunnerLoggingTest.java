package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ezypass.internal.plan.Plan;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class RunnerLoggingTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.ezypass.internal.run");
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final Bench bench = new Bench();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(events);
    events.start();
  }

  @AfterEach
  void stop() {
    logger.detachAppender(events);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void runnersLogTheNameAndTheTypeOfTheOutcomeOnly() {
    Plan<String> failing =
        Remote.<String>failing(new IllegalArgumentException("arn:aws:kms:eu-west-1:111")).plan();
    assertThat(bench.sync.run("get", Plan.done("hunter2"))).isEqualTo("hunter2");
    assertThat(catchThrowable(() -> bench.sync.run("open", failing))).isNotNull();
    assertThat(bench.async.run("add", Plan.done("hunter2"))).isDone();
    assertThat(bench.async.run("list", failing)).isCompletedExceptionally();
    Remote<String> write = new Remote<>();
    CompletableFuture<String> cancelled = bench.async.run("delete", write.plan());
    cancelled.cancel(true);
    write.answer.complete("hunter2");

    List<ILoggingEvent> logged = events.list;
    assertThat(logged)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "get: done",
            "open: IllegalArgumentException",
            "add: done",
            "list: IllegalArgumentException",
            "delete: CancellationException");
    assertThat(logged)
        .allSatisfy(
            event -> {
              assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
              assertThat(event.getThrowableProxy()).isNull();
            });
  }
}
