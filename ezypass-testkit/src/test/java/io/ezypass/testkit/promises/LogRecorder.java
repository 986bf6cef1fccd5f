package io.ezypass.testkit.promises;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Records every log event at every level, of all loggers or some, and keeps them off the console.
 */
final class LogRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger logger;
  private final @Nullable Level level;
  private final boolean additive;
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  /** Of all loggers. */
  LogRecorder() {
    this(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /** Of the loggers whose names begin so. */
  LogRecorder(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    level = logger.getLevel();
    additive = logger.isAdditive();
    setContext(logger.getLoggerContext());
    for (Iterator<Appender<ILoggingEvent>> all = logger.iteratorForAppenders(); all.hasNext(); ) {
      others.add(all.next());
    }
    others.forEach(logger::detachAppender);
    logger.setAdditive(false);
    logger.setLevel(Level.TRACE);
    start();
    logger.addAppender(this);
  }

  /** What was logged: logger, thread, message with arguments, failure with its causes. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(
        event.getLevel()
            + " "
            + event.getLoggerName()
            + " ["
            + event.getThreadName()
            + "] "
            + event.getFormattedMessage()
            + " "
            + event.getMDCPropertyMap()
            + " "
            + ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(level);
    logger.setAdditive(additive);
    others.forEach(logger::addAppender);
    stop();
  }
}
