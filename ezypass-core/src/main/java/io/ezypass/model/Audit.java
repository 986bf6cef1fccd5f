package io.ezypass.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When and by whom something was created and last updated.
 *
 * @param createdAt in milliseconds, by the clock of the process that wrote it
 * @param createdBy who created it
 * @param updatedAt equals {@code createdAt} until the first update
 * @param updatedBy equals {@code createdBy} until the first update
 */
public record Audit(Instant createdAt, Actor createdBy, Instant updatedAt, Actor updatedBy) {
  /** Cuts both times to whole milliseconds. */
  public Audit {
    createdAt = Checks.present("createdAt", createdAt).truncatedTo(ChronoUnit.MILLIS);
    updatedAt = Checks.present("updatedAt", updatedAt).truncatedTo(ChronoUnit.MILLIS);
    Checks.present("createdBy", createdBy);
    Checks.present("updatedBy", updatedBy);
  }

  /**
   * The audit attributes of something new.
   *
   * @param at when
   * @param by who
   * @return created and updated by the same actor at the same time
   */
  public static Audit created(Instant at, Actor by) {
    return new Audit(at, by, at, by);
  }

  /**
   * The audit attributes after an update.
   *
   * @param at when
   * @param by who
   * @return the same creation, another update
   */
  public Audit updated(Instant at, Actor by) {
    return new Audit(createdAt, createdBy, at, by);
  }
}
