package io.ezypass.admin;

import java.util.List;

/**
 * What came of rotating the vault keys of all users.
 *
 * @param users how many users were looked at
 * @param complete for how many it is complete
 * @param settling for how many nothing is left to rewrite, though it cannot be called complete yet
 * @param rewriting for how many items are left to rewrite
 * @param failed for how many it failed
 * @param notAuthentic how many rows of the directory were passed over since they are not authentic:
 *     nobody can say whose they are. Whoever should be listed by one of them is not among the
 *     {@code users}; {@link VaultAdmin#repairAll} mends or names these rows
 * @param rewritten how many items were rewritten, over all users
 * @param cancelled whether the job was cancelled before its end, be it within the last user; start
 *     it again with the same cutoff
 * @param unfinished the first {@value #MAX_LISTED} reports of users that are rewriting or failed
 */
public record RotationSummary(
    long users,
    long complete,
    long settling,
    long rewriting,
    long failed,
    long notAuthentic,
    long rewritten,
    boolean cancelled,
    List<RotationReport> unfinished) {

  /** How many reports are listed; all users are counted. */
  public static final int MAX_LISTED = 1_000;

  /** Copies the list. */
  public RotationSummary {
    unfinished = List.copyOf(unfinished);
  }
}
