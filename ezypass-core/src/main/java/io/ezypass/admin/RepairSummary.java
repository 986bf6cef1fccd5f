package io.ezypass.admin;

import io.ezypass.error.VaultException;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a whole table.
 *
 * @param users how many users were looked at, those included for whom it failed
 * @param counts how many findings of each kind had each outcome; kinds and outcomes that did not
 *     occur are left out
 * @param findings the first {@value #MAX_LISTED} findings
 * @param failed for how many users or claims it failed
 * @param failures the first {@value #MAX_LISTED} of those
 * @param cancelled whether the job was cancelled before its end
 */
public record RepairSummary(
    long users,
    Map<Finding.Kind, Map<Finding.Outcome, Long>> counts,
    List<Finding> findings,
    long failed,
    List<Failure> failures,
    boolean cancelled) {

  /** How many findings and how many failures are listed; all are counted. */
  public static final int MAX_LISTED = 1_000;

  /** Copies the collections. */
  public RepairSummary {
    counts = Map.copyOf(counts);
    findings = List.copyOf(findings);
    failures = List.copyOf(failures);
  }

  /**
   * Who could not be looked at.
   *
   * @param user whose vault, or in whose name the claim is; null if it is in nobody's
   * @param reason why, for instance that KMS refused the user's key
   */
  public record Failure(@Nullable UserId user, VaultException reason) {}

  /**
   * How many findings had that outcome.
   *
   * @param outcome the outcome
   * @return the sum over all kinds
   */
  public long count(Finding.Outcome outcome) {
    return counts.values().stream().mapToLong(of -> of.getOrDefault(outcome, 0L)).sum();
  }
}
