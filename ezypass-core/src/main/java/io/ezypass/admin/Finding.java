package io.ezypass.admin;

import io.ezypass.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Something that {@link VaultAdmin#repair} or {@link VaultAdmin#repairAll} found wrong.
 *
 * @param user whose vault it is in; null for what belongs to nobody
 * @param kind what is wrong
 * @param what the same in words, with ids and sort keys only
 * @param outcome what became of it
 */
public record Finding(@Nullable UserId user, Kind kind, String what, Outcome outcome) {

  /** What is wrong, and what mends it. */
  public enum Kind {
    /**
     * Several copies of one credential, live or in the trash. The highest version stays where it
     * is, the others are deleted, and the forwarding row and the expiry are set right with them.
     */
    DUPLICATE_CREDENTIAL,
    /**
     * Several copies of one credential with the same highest version. Never mended: compare them,
     * and delete one by hand.
     */
    CREDENTIAL_UNDECIDED,
    /** A credential that moved and cannot be found by its id. The forwarding row is written. */
    FORWARDING_MISSING,
    /** A forwarding row that points elsewhere, or whose HMAC is wrong. It is rewritten. */
    FORWARDING_WRONG,
    /**
     * A forwarding row of a credential that is nowhere. It is deleted, since it only makes the id
     * fail. <b>The credential itself is lost</b>: an older or newer backup may have it.
     */
    FORWARDING_DANGLING,
    /** A forwarding row of a credential that is in the trash. It is deleted. */
    FORWARDING_LEFT,
    /**
     * A forwarding row that the library did not write. Never mended: find out who writes to the
     * table, and delete the row by hand.
     */
    FORWARDING_FORGED,
    /**
     * A revision that a credential lists and that is not there. Never mended, and nothing fails but
     * reading that version: an older or newer backup may have the row. It leaves the list in time.
     */
    REVISION_MISSING,
    /**
     * A revision that no credential lists. It is deleted if it is not newer than its credential.
     * Otherwise it is left, since it may be all that is left of a change, or of a credential that
     * is nowhere: restore the credential's row from the backup that the revision is of, or delete
     * the revision by hand. A newer one is replaced once the credential keeps that version itself.
     */
    REVISION_ORPHANED,
    /**
     * The {@code ttl} of a credential, of its forwarding row, of a revision or of a grant, which
     * DynamoDB goes by, is not what the credential says: the expiry that the user chose, the end of
     * its time in the trash, the age limit of a revision. It is set right.
     */
    EXPIRY_WRONG,
    /**
     * A live credential with a due date whose row in the due list is missing or wrong, or one whose
     * own row does not name that row, names another one, or lacks its feature bit. All of it is set
     * right; the row is sealed once more in the same version if it lacks the bit. What was stored
     * before there was a due list is found as well.
     */
    DUE_ROW_WRONG,
    /**
     * A grant of a credential that is in the trash or nowhere, or with a user whose deletion is
     * under way. It is deleted, with the row that tells its recipient. With a user of whom there
     * are no keys it is only reported: restore that user from a backup, or revoke the grant.
     */
    GRANT_LEFT,
    /**
     * A grant that its owner did not give, or a row that tells of a grant and is not the library's.
     * It opens nothing, but makes listing fail. Never mended: find out who writes to the table, and
     * revoke the grant, or delete the row by hand.
     */
    GRANT_FORGED,
    /** A grant that its recipient is not told of, or wrongly. The recipient's row is written. */
    GRANT_POINTER_WRONG,
    /** A row that tells a user of a grant that is not there. It is deleted. */
    GRANT_POINTER_LEFT,
    /**
     * A live credential with a grant whose own row lacks the count of changes of its grants, or the
     * feature bit, so that a deletion could overlook them. Both are set; the row is sealed once
     * more in the same version if it lacks the bit.
     */
    GRANTS_NOT_COUNTED,
    /** The directory shard beside a user's keys is missing or wrong. It is set right. */
    SHARD_WRONG,
    /** A user, or an unfinished deletion, that the directory does not have. The row is written. */
    DIRECTORY_MISSING,
    /**
     * A row of the directory with a wrong HMAC or a wrong deletion mark. It is set right by the
     * user's keys: who has keys is there, who has a tombstone is being deleted. If a user was
     * restored in the middle of a deletion that is still wanted, call {@code deleteUser} again.
     */
    DIRECTORY_WRONG,
    /** A row of the directory without a user. It is deleted, which frees the id. */
    DIRECTORY_ORPHANED,
    /**
     * A row of the directory that the library did not write. Never mended: find out who writes to
     * the table, and delete the row by hand, since it makes {@code listUsers} fail.
     */
    DIRECTORY_FORGED,
    /**
     * The tags beside a sealed profile are not those of its e-mail address and username, so that a
     * deletion would leave a claim behind. They are set right, and what the wrong tag held in this
     * user's name is deleted.
     */
    PROFILE_TAG_WRONG,
    /** An e-mail address or username that its user cannot be found by. The claim is written. */
    CLAIM_MISSING,
    /** A claim in the right place with a wrong HMAC. It is rewritten from the profile. */
    CLAIM_WRONG,
    /** A claim held by a user who does not claim it. It is given to the one whose profile does. */
    CLAIM_HELD_BY_ANOTHER,
    /**
     * A claim that two users' profiles have, or whose holder's profile cannot be read. Never
     * mended: somebody has to decide. Give the holder another e-mail address or username with
     * {@code updateUser}, and repair the other user, who then gets the claim. If the holder shall
     * keep it, change the other user next, and then the holder back.
     */
    CLAIM_DISPUTED,
    /** A claim that no profile has. It is deleted, which frees the address or name. */
    CLAIM_ORPHANED,
    /**
     * A claim that the library did not write, at a place that no profile asks for. Never mended:
     * find out who writes to the table, and delete the row by hand.
     */
    CLAIM_FORGED,
    /**
     * A profile, credentials or other rows without keys. Never mended: restore the item {@code
     * KEYS} of this user from a backup, then repair again; without it nothing of the vault opens.
     */
    KEYS_MISSING,
    /**
     * Keys that do not open, or that a newer version of the library wrote. Never mended: restore
     * the item {@code KEYS} of this user from a backup, or update the library.
     */
    KEYS_UNREADABLE,
    /**
     * Keys without a profile. Never mended: restore the item {@code PROFILE} of this user from a
     * backup, then repair again, which rebuilds the claims; or call {@code deleteUser}.
     */
    PROFILE_MISSING,
    /**
     * A profile, or a credential or one of its revisions that does not open, or that a newer
     * version of the library wrote. Never mended, nor is anything else of that credential: restore
     * the row from a backup, or delete it by hand.
     */
    ROW_UNREADABLE,
    /**
     * A row of no kind that this version knows. Never mended: update the library, or delete the row
     * by hand.
     */
    ROW_UNKNOWN
  }

  /** What became of a finding. */
  public enum Outcome {
    /** A dry run, and {@link Mode#APPLY} would mend it. Nothing was written. */
    WOULD_MEND,
    /** It was mended, all of it in one transaction. */
    MENDED,
    /** It needs an operator; {@link Kind} says what to do. Nothing was written. */
    REPORTED,
    /**
     * It looked different each time it was looked at, since others write, or the job was cancelled
     * before it came to it. Nothing was written; repair again.
     */
    CHANGED_MEANWHILE
  }
}
