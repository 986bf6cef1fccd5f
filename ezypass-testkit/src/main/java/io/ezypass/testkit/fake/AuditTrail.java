package io.ezypass.testkit.fake;

import io.ezypass.model.Actor;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditRange;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.Credential;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events of one vault. Guarded by the table's lock. */
final class AuditTrail {
  /** In the order of their numbers, which begin with 1. */
  private final List<Kept> events = new ArrayList<>();

  private record Kept(AuditEvent event, @Nullable Instant end) {
    boolean hasEnded(Instant now) {
      return end != null && !end.isAfter(now);
    }
  }

  /** Notes a write, if the process that makes it notes any, and if it changed something. */
  void record(AuditPolicy policy, Instant now, Actor by, List<AuditedChange> changes) {
    if (policy.what() == AuditPolicy.What.OFF || changes.isEmpty()) {
      return;
    }
    Instant at = now;
    if (!events.isEmpty()) {
      Instant last = events.get(events.size() - 1).event().at();
      at = last.isAfter(now) ? last : now;
    }
    Instant end =
        policy.keptFor() == null
            ? null
            : now.plus(policy.keptFor()).truncatedTo(ChronoUnit.SECONDS);
    events.add(new Kept(new AuditEvent(events.size() + 1L, at, by, changes), end));
  }

  /** The events in a range under keys that sort the newest first. */
  NavigableMap<String, AuditEvent> newestFirst(AuditRange range, Instant now) {
    TreeMap<String, AuditEvent> found = new TreeMap<>();
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i).hasEnded(now)) {
        break; // And with it all that is ahead of it.
      }
      AuditEvent event = events.get(i).event();
      if (isIn(range, event.at())) {
        found.put(String.format("%019d", Long.MAX_VALUE - event.number()), event);
      }
    }
    return found;
  }

  /** What a write of that version did. */
  static AuditedChange change(AuditedChange.Action action, Credential credential) {
    return new AuditedChange(action, credential.id(), credential.version(), null);
  }

  int size() {
    return events.size();
  }

  private static boolean isIn(AuditRange range, Instant at) {
    return (range.from() == null || !at.isBefore(range.from()))
        && (range.until() == null || at.isBefore(range.until()));
  }
}
