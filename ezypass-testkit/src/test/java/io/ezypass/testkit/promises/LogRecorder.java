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
import org.slf4j.LoggerFactory;

/** Records every log event of every logger at every level, and keeps them off the console. */
final class LogRecorder extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  LogRecorder() {
    setContext(root.getLoggerContext());
    for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
      others.add(all.next());
    }
    others.forEach(root::detachAppender);
    root.setLevel(Level.TRACE);
    start();
    root.addAppender(this);
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
    root.detachAppender(this);
    root.setLevel(level);
    others.forEach(root::addAppender);
    stop();
  }
}
