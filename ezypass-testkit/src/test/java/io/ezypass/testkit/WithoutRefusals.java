package io.ezypass.testkit;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** Keeps what the library logs of failed operations off the console of these tests. */
public final class WithoutRefusals extends Filter<ILoggingEvent> {
  @Override
  public FilterReply decide(ILoggingEvent event) {
    return event.getLoggerName().equals("io.ezypass.internal.run.Telemetry")
        ? FilterReply.DENY
        : FilterReply.NEUTRAL;
  }
}
