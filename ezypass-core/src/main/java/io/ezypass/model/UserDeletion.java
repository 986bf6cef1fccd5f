package io.ezypass.model;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of a deletion: what is gone, and from when nothing of it can come back by the
 * library.
 *
 * <p>Honesty about backups: the wrapped vault key lay in the table. Whoever may restore a backup
 * and use the KMS key can bring it back: from point-in-time recovery until {@link
 * #recoverableUntil()}, from on-demand or exported backups for as long as those are kept, which the
 * library cannot know.
 *
 * @param user whose vault was deleted
 * @param state how far it is
 * @param finalFrom when a call of {@code deleteUser} can make the deletion final; in the past when
 *     it is final
 * @param rowsDeleted rows that this call deleted
 * @param claimsLeft claims that stood in the user's name but pointed to somebody else; they were
 *     left untouched, and someone should look into it
 * @param recoverableUntil until when point-in-time recovery can bring the rows back if it is on
 *     with its longest period of 35 days; null while the deletion is not final
 */
public record UserDeletion(
    UserId user,
    State state,
    Instant finalFrom,
    int rowsDeleted,
    Set<UserKey.Kind> claimsLeft,
    @Nullable Instant recoverableUntil) {

  /** How far a deletion is. */
  public enum State {
    /** Everything readable is gone; a process with cached keys could still add until then. */
    PENDING,
    /** The last sweep is done, the id is free again. */
    FINAL
  }

  /** Joins the parts. */
  public UserDeletion {
    Checks.present("user", user);
    Checks.present("state", state);
    Checks.present("finalFrom", finalFrom);
    for (UserKey.Kind claim : Checks.present("claimsLeft", claimsLeft)) {
      Checks.present("an entry of claimsLeft", claim);
    }
    claimsLeft = Set.copyOf(claimsLeft);
  }
}
