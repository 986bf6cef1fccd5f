package io.ezypass.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which earlier versions of a credential a change keeps. It holds from the next change of a
 * credential on: that one also deletes the revisions that are too many by then.
 *
 * @param what which versions are kept
 * @param limit the most that are kept of one credential, 1 to 20; 0 for none
 * @param keptFor how long one is kept, at least a second; null for as long as the limit allows
 */
public record RevisionPolicy(What what, int limit, @Nullable Duration keptFor) {
  /** The most revisions that a credential can have. */
  public static final int MOST = 20;

  /** Which versions are kept. */
  public enum What {
    /** None. */
    NOTHING,
    /** Those whose password, notes, TOTP secret or hidden fields were replaced. */
    SECRET_CHANGES,
    /** All. */
    EVERYTHING
  }

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public RevisionPolicy {
    Checks.present("what", what);
    if (what == What.NOTHING ? limit != 0 : limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("revision limit must be 1 to 20, but is " + limit);
    }
    Checks.keptFor(keptFor);
  }

  /**
   * Keeps nothing; the next change of a credential deletes the revisions that it has.
   *
   * @return the policy
   */
  public static RevisionPolicy off() {
    return new RevisionPolicy(What.NOTHING, 0, null);
  }

  /**
   * Keeps a version when a change replaces its secrets: a password history.
   *
   * @param limit how many of one credential, 1 to 20
   * @return the policy
   */
  public static RevisionPolicy secretChanges(int limit) {
    return new RevisionPolicy(What.SECRET_CHANGES, limit, null);
  }

  /**
   * Keeps every version.
   *
   * @param limit how many of one credential, 1 to 20
   * @return the policy
   */
  public static RevisionPolicy all(int limit) {
    return new RevisionPolicy(What.EVERYTHING, limit, null);
  }

  /**
   * The same with an age limit.
   *
   * @param age from the moment at which a version becomes a revision
   * @return the policy
   */
  public RevisionPolicy keptFor(Duration age) {
    return new RevisionPolicy(what, limit, Checks.present("age", age));
  }
}
