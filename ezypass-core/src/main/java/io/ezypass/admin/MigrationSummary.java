package io.ezypass.admin;

import java.util.List;
import java.util.Map;

/**
 * What came of moving all wrapped keys of a table to other KMS keys: the table's lookup key and
 * every user's vault key.
 *
 * @param counts how many keys by what was done with them; a state that did not occur is absent
 * @param failures the first {@value #MAX_FAILURES} keys whose state is {@code FAILED}
 * @param notAuthentic how many rows of the directory were passed over since they are not authentic:
 *     nobody can say whose they are. Whoever should be listed by one of them is not in {@code
 *     counts}; {@link VaultAdmin#repairAll} mends or names these rows
 * @param cancelled whether the job was cancelled before its end; start it again to resume it
 */
public record MigrationSummary(
    Map<MigrationReport.State, Long> counts,
    List<MigrationReport> failures,
    long notAuthentic,
    boolean cancelled) {

  /** How many failures are kept; {@code counts} has all of them. */
  public static final int MAX_FAILURES = 100;

  /** Copies both collections. */
  public MigrationSummary {
    counts = Map.copyOf(counts);
    failures = List.copyOf(failures);
  }

  /**
   * How many keys ended in this state.
   *
   * @param state one of them
   * @return the number, 0 if none did
   */
  public long count(MigrationReport.State state) {
    return counts.getOrDefault(state, 0L);
  }

  /**
   * Whether every key is where the configuration wants it, as far as this job has seen.
   *
   * @return false if it was cancelled, if a row of the directory was passed over, or if a key
   *     failed or was left to be moved by a dry run
   */
  public boolean isComplete() {
    return !cancelled
        && notAuthentic == 0
        && count(MigrationReport.State.FAILED) == 0
        && count(MigrationReport.State.WOULD_MOVE) == 0;
  }
}
