package io.ezypass.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What deleting a credential does.
 *
 * @param what whether it goes to the trash
 * @param keptFor how long it stays there, at least a second; null for until somebody purges it
 */
public record TrashPolicy(What what, @Nullable Duration keptFor) {
  /** Whether what is deleted goes to the trash. */
  public enum What {
    /** It is deleted for good. */
    OFF,
    /** It goes to the trash. */
    ON
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public TrashPolicy {
    Checks.present("what", what);
    Checks.keptFor(keptFor);
  }

  /**
   * Deletes for good, without any key.
   *
   * @return the policy
   */
  public static TrashPolicy off() {
    return new TrashPolicy(What.OFF, null);
  }

  /**
   * Keeps what was deleted in the trash for a while.
   *
   * @param time how long
   * @return the policy
   */
  public static TrashPolicy keep(Duration time) {
    return new TrashPolicy(What.ON, Checks.present("time", time));
  }

  /**
   * Keeps what was deleted in the trash until it is purged.
   *
   * @return the policy
   */
  public static TrashPolicy keepUntilPurged() {
    return new TrashPolicy(What.ON, null);
  }
}
