package io.ezypass.admin;

import io.ezypass.error.VaultException;
import io.ezypass.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What came of moving one wrapped key to another KMS key. Holds key ARNs, which name the AWS
 * account; {@code toString} leaves them out.
 *
 * @param user whose vault key it is; null for the table's lookup key
 * @param state what was done
 * @param from ARN of the KMS key that the table named before; null if {@code FAILED} or {@code
 *     DELETED}
 * @param to ARN of the KMS key that the configuration names; null likewise
 * @param failure why it failed; null unless {@code FAILED}
 */
public record MigrationReport(
    @Nullable UserId user,
    State state,
    @Nullable String from,
    @Nullable String to,
    @Nullable VaultException failure) {

  /** What was done. */
  public enum State {
    /**
     * The key is wrapped by the configured KMS key, or by a replica of it in another Region.
     * Nothing was re-encrypted or written.
     */
    ALREADY_THERE,
    /** The key is to be moved; a dry run did not do it. */
    WOULD_MOVE,
    /** The key is now wrapped by the configured KMS key. */
    MOVED,
    /** The user was deleted since it was listed: there is no key to move. */
    DELETED,
    /**
     * It failed; the key is wrapped by the old KMS key, or, after a lost answer, by the new one.
     */
    FAILED
  }

  /** Shows the user, the state and the failure. */
  @Override
  public String toString() {
    return "MigrationReport["
        + (user == null ? "table" : user)
        + ", "
        + state
        + (failure == null ? "" : ", " + failure)
        + "]";
  }
}
