package io.ezypass.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a write leaves an event in the vault's audit trail. With one, every write is a
 * transaction and costs one Query more, deleting for good needs keys, and so a user who is there,
 * and concurrent writes of one vault wait for each other. A write that others overtake all the time
 * ends in {@code StorageUnavailableException}, and nothing was written. Rotations, migrations and
 * repairs leave no event.
 *
 * @param what whether events are written
 * @param keptFor how long an event is kept, at least a second; null for as long as the user is
 *     there
 */
public record AuditPolicy(What what, @Nullable Duration keptFor) {
  /** Whether events are written. */
  public enum What {
    /** Writes leave no event. */
    OFF,
    /** Every write leaves an event. */
    ON
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public AuditPolicy {
    Checks.present("what", what);
    Checks.keptFor(keptFor);
  }

  /**
   * Leaves no events.
   *
   * @return the policy
   */
  public static AuditPolicy off() {
    return new AuditPolicy(What.OFF, null);
  }

  /**
   * Keeps each event for a while.
   *
   * @param time how long
   * @return the policy
   */
  public static AuditPolicy keep(Duration time) {
    return new AuditPolicy(What.ON, Checks.present("time", time));
  }

  /**
   * Keeps each event for as long as the user is there.
   *
   * @return the policy
   */
  public static AuditPolicy keepForever() {
    return new AuditPolicy(What.ON, null);
  }
}
