package io.ezypass.model;

import org.jspecify.annotations.Nullable;

/**
 * What one write did to one credential, or to the user.
 *
 * @param action what was done
 * @param credential to which credential; null if to the user
 * @param version which version was made; of what was deleted or purged, the last one; of what was
 *     shared or revoked, the one at that time, 0 if the credential was gone already
 * @param recipient with whom it was shared; null for all but {@link Action#SHARE} and {@link
 *     Action#REVOKE}
 */
public record AuditedChange(
    Action action, @Nullable CredentialId credential, long version, @Nullable UserId recipient) {
  /** What was done. */
  public enum Action {
    /** The user was registered. */
    REGISTER,
    /** The user's profile was changed. */
    UPDATE_USER,
    /** A credential was added. */
    ADD,
    /** A credential was updated or edited. */
    UPDATE,
    /** A credential was set back to an earlier version. */
    REVERT,
    /** A credential went to the trash. */
    TRASH,
    /** A credential came back from the trash. */
    RESTORE,
    /** A credential in the trash was deleted for good. */
    PURGE,
    /** A credential was deleted for good. */
    DELETE,
    /** A credential was shared. */
    SHARE,
    /** A grant was revoked. */
    REVOKE
  }

  /** Joins the parts. */
  public AuditedChange {
    Checks.present("action", action);
    boolean ofUser = action == Action.REGISTER || action == Action.UPDATE_USER;
    boolean ofGrant = action == Action.SHARE || action == Action.REVOKE;
    if (ofUser != (credential == null)) {
      throw new IllegalArgumentException("credential does not fit " + action);
    }
    if (ofGrant != (recipient != null)) {
      throw new IllegalArgumentException("recipient does not fit " + action);
    }
    if (version < 0) {
      throw new IllegalArgumentException("version must not be negative");
    }
  }
}
