package io.ezypass.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an audit trail to read.
 *
 * @param from the first moment; null for since the beginning
 * @param until the first moment that is no longer part of it; null for up to now
 */
public record AuditRange(@Nullable Instant from, @Nullable Instant until) {
  private static final AuditRange ALL = new AuditRange(null, null);

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException if it ends before it begins
   */
  public AuditRange {
    if (from != null && until != null && until.isBefore(from)) {
      throw new IllegalArgumentException("until must not be before from");
    }
  }

  /**
   * The whole trail.
   *
   * @return the range
   */
  public static AuditRange all() {
    return ALL;
  }

  /**
   * What happened in between.
   *
   * @param from the first moment
   * @param until the first moment that is no longer part of it
   * @return the range
   * @throws IllegalArgumentException if it ends before it begins
   */
  public static AuditRange between(Instant from, Instant until) {
    return new AuditRange(Checks.present("from", from), Checks.present("until", until));
  }

  /**
   * What happened since then.
   *
   * @param from the first moment
   * @return the range
   */
  public static AuditRange since(Instant from) {
    return new AuditRange(Checks.present("from", from), null);
  }
}
