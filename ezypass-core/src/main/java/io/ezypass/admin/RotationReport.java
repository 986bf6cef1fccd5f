package io.ezypass.admin;

import io.ezypass.error.VaultException;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the rotation of one user's vault key is, as of the last look at the table. It holds ids
 * only.
 *
 * @param user whose vault key
 * @param state how far it is
 * @param generation the active generation, from 1; 0 if it failed
 * @param activatedAt since when that generation is active; null if it failed
 * @param completeFrom from when on the rotation can be called complete: an hour (the longest that
 *     any process holds keys) and twice five minutes (the longest write deadline, once for the
 *     write that activated the generation and once for the last one under an older one) after
 *     {@code activatedAt}; null if it failed
 * @param rewritten how many items this call has rewritten
 * @param below how many items were still sealed under older generations, or under none that can be
 *     told, at the last look
 * @param problems items that cannot be rewritten since they do not open, or since a newer version
 *     of the library wrote them, named by ids; the first hundred. They were left as they are
 * @param failure why it failed; null unless the state is {@link State#FAILED}
 */
public record RotationReport(
    UserId user,
    State state,
    int generation,
    @Nullable Instant activatedAt,
    @Nullable Instant completeFrom,
    int rewritten,
    int below,
    List<String> problems,
    @Nullable VaultException failure) {

  /** How far a rotation is. */
  public enum State {
    /**
     * Items below the active generation remain: the call was cancelled or ended after an hour, a
     * process with cached keys added them meanwhile, or they are among the problems. Rotate again,
     * after mending the problems.
     */
    REWRITING,
    /**
     * No item below the active generation was found, but a process with cached keys may still add
     * some until {@link RotationReport#completeFrom()}. Look again then.
     */
    SETTLING,
    /**
     * A consistent look at every item, begun at {@link RotationReport#completeFrom()} or later,
     * found none below the active generation. A statement on the table, not a deletion: the older
     * generations stay, sealed, for backups and for what may be restored from them.
     */
    COMPLETE,
    /** It failed for this user; the job went on with the others. */
    FAILED
  }

  /** Copies the list. */
  public RotationReport {
    problems = List.copyOf(problems);
  }

  /**
   * The report on a user for whom it failed.
   *
   * @param user whose vault key
   * @param failure why
   * @return the report
   */
  public static RotationReport failed(UserId user, VaultException failure) {
    return new RotationReport(user, State.FAILED, 0, null, null, 0, 0, List.of(), failure);
  }
}
