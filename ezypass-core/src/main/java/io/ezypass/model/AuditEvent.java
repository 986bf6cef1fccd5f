package io.ezypass.model;

import java.time.Instant;
import java.util.List;

/**
 * One write, as the audit trail has it.
 *
 * @param number its place in the trail, counted from 1
 * @param at when, in milliseconds, by the clock of the process that wrote; never before the event
 *     ahead of it
 * @param actor who
 * @param changes what; more than one only for a batch
 */
public record AuditEvent(long number, Instant at, Actor actor, List<AuditedChange> changes) {
  /** Joins the parts; the list is copied. */
  public AuditEvent {
    if (number < 1) {
      throw new IllegalArgumentException("number must be at least 1");
    }
    Checks.present("at", at);
    Checks.present("actor", actor);
    changes = Checks.list("changes", changes, 100);
  }

  /** Shows neither who nor what. */
  @Override
  public String toString() {
    return "AuditEvent[" + number + "]";
  }
}
