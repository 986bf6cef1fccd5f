package io.ezypass.admin;

import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;
import java.time.Instant;

/**
 * Sets the table up and looks after it: rotation of keys, moving to other KMS keys, repair.
 * Separate from the repositories since it needs other IAM permissions: give them to a deployment
 * job, not to the service.
 *
 * <p>Fails as {@link io.ezypass.VaultRepository} does, with its costs of a first use on top of
 * those named here. Long jobs run on the caller's thread and keep nothing outside of the table:
 * whatever ends one, calling it again resumes it. A job over many users, {@code …Page} or {@code
 * …All}, throws only what has nothing to do with one user: what the list of users throws, and
 * whatever an observer of the {@link JobOptions} does. Thread safe.
 */
public interface VaultAdmin {
  /**
   * Creates the table with on-demand billing and TTL, and waits until it can be used, at most five
   * minutes. A table that is there already is left as it is. Costs CreateTable, DescribeTable until
   * it is active, UpdateTimeToLive, UpdateContinuousBackups where asked for, and a {@link #check}.
   *
   * @param options what else it shall have
   * @return what is wrong with it now
   * @throws io.ezypass.error.StorageUnavailableException if a request fails; the table may have
   *     been created by then. Called again, it only checks: set TTL and recovery by hand if they
   *     are off
   */
  TableCheck createTable(TableOptions options);

  /**
   * Compares the table with what the library needs, so that CloudFormation or Terraform may create
   * it. Costs DescribeTable, DescribeTimeToLive and GetItem, and writes nothing. Whether
   * point-in-time recovery and deletion protection are on is not checked.
   *
   * @return what is wrong with it
   */
  TableCheck check();

  /**
   * Writes the root: the table id and the wrapped lookup key. To be called once for a new table;
   * calling it again, also from several processes at once, gives the id that is there. Costs 1
   * GetItem; for a new table 1 KMS call and 1 PutItem more. Never do this to a table whose root was
   * lost: a new root would orphan every vault, restore the old one instead.
   *
   * @return the table's id, for pinning in the configuration
   * @throws io.ezypass.error.NotInitialisedException if the table does not exist, or a table id is
   *     pinned in the configuration and the table has another one or none; nothing was written
   * @throws io.ezypass.error.KeyUnavailableException if KMS refuses; nothing was written
   * @throws io.ezypass.error.StorageUnavailableException if DynamoDB fails; call again
   */
  TableId initialise();

  /**
   * Lists users whose deletion was begun and is not final; {@code deleteUser} resumes it. Costs as
   * {@code listUsers}: a page reads as many rows of the directory as it may hold ids, so it may be
   * short or empty and still have a next one.
   *
   * @param page which page
   * @return ids and the token of the next page
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   */
  Page<UserId> unfinishedDeletions(PageRequest page);

  /**
   * Moves one user's vault key to the KMS key of the configuration: KMS unwraps it under the old
   * key and wraps it under the new one, and the key is never seen outside of KMS. No item of the
   * vault is touched, and whoever has the keys cached does not notice.
   *
   * <p>Costs 1 GetItem. If the key is to be moved, 1 ReEncrypt and 1 conditional UpdateItem more,
   * repeated if somebody else writes the same keys meanwhile. A target named by alias or key id is
   * resolved by a DescribeKey, at most once a minute; a stored ARN as for opening. ReEncrypt shares
   * the account's request quota of KMS with the services that open vaults.
   *
   * <p>To move a table safely:
   *
   * <ol>
   *   <li>Give every process the new key in {@code acceptedKmsKeys}, and the IAM permissions on it.
   *   <li>Switch {@code kmsKey}, or the selector of {@code kmsKeyPerUser}, to the new key
   *       everywhere, with the old one in {@code acceptedKmsKeys}. New users get the new key now.
   *   <li>Look at what {@link #migrateAll} would do, by {@link Mode#DRY_RUN}.
   *   <li>Run it with {@link Mode#APPLY}, paced.
   *   <li>Run it dry again, until it finds nothing left to move.
   *   <li>Take the old key out of {@code acceptedKmsKeys}. Disable it in KMS, and do not delete it:
   *       backups of the table still need it.
   * </ol>
   *
   * @param user whose key
   * @param mode whether to do it
   * @return what was done, or would be
   * @throws io.ezypass.error.UserNotFoundException if there is no such user
   * @throws io.ezypass.error.KeyUnavailableException if KMS refuses; {@code NOT_ACCEPTED} if the
   *     stored key is not in the configuration. Nothing was written
   * @throws io.ezypass.error.UnsupportedFormatException if a newer version wrote the keys; nothing
   *     was written
   * @throws io.ezypass.error.StorageUnavailableException if DynamoDB refuses, or its answer is lost
   *     for good. The key may have been moved then: the vault opens either way, call again
   */
  MigrationReport migrate(UserId user, Mode mode);

  /**
   * Moves the table's lookup key to the {@code kmsKey} of the configuration. Costs and fails as
   * {@link #migrate} does.
   *
   * @param mode whether to do it
   * @return what was done, or would be
   */
  MigrationReport migrateRoot(Mode mode);

  /**
   * Moves the vault keys of one page of users. What fails for one user is in its report and does
   * not keep it from the others. Costs as {@code listUsers}, and as {@link #migrate} for each.
   *
   * @param page which page
   * @param mode whether to do it
   * @param options a step is one re-encrypted key
   * @return a report for each user, and the token of the next page
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of {@code listUsers}
   * @throws io.ezypass.error.TamperedItemException if a row of the directory within the page is not
   *     authentic, as {@code listUsers}; nothing was done. {@link #migrateAll} passes it over
   * @throws java.util.concurrent.CancellationException if it was cancelled within the page; ask for
   *     the same page again, what was moved stays so
   */
  Page<MigrationReport> migratePage(PageRequest page, Mode mode, JobOptions options);

  /**
   * Moves the table's lookup key and the vault keys of all users. To be resumed by calling it
   * again: what is there already costs its GetItem only. What fails for one user does not keep it
   * from the others. Users who register meanwhile may be missed; they have the key that their
   * process is configured with. A user without a row in the directory is not found, and rows of it
   * that are not authentic are passed over and counted.
   *
   * @param mode whether to do it
   * @param options a step is one re-encrypted key
   * @return how many keys were moved, or would be, and what failed; if it was cancelled, so far
   * @throws io.ezypass.error.KeyUnavailableException if KMS refuses the lookup key, which the list
   *     of users needs; what was moved stays so
   * @throws io.ezypass.error.StorageUnavailableException if the list of users cannot be read;
   *     likewise
   */
  MigrationSummary migrateAll(Mode mode, JobOptions options);

  /**
   * Rotates a user's vault key: the next generation becomes active, every write from then on is
   * sealed under it, and the user's items are sealed under it anew, beside live traffic. Versions,
   * operation ids, ids and audit of the items stay, and no pending write loses its trace. If items
   * below the active generation remain, from a call that was cut short or written meanwhile by
   * somebody with cached keys, those are rewritten and no other generation is started; any process
   * can do that. Only if not one of them can be rewritten is the next generation started all the
   * same, and not before {@link RotationReport#completeFrom()} of the active one, so that calling
   * this until it is complete does not use up generations. The report names those items: it is not
   * complete before they are mended or deleted.
   *
   * <p>Three keys never rotate, and this does not change them: the user's index key, the user's
   * page-token key and the table's lookup key. Every tag depends on the first and the last: sort
   * keys, and with them the ids of credentials, which are stable for ever, claims on e-mail
   * addresses and usernames, and the HMACs of rows that are not sealed. They open no content.
   *
   * <p>The older generations stay in the table, sealed under the newest one, so that backups and
   * late writers' items open; no timer decides whether data can be read. A vault key that became
   * known therefore keeps opening what is in backups, but nothing that is sealed from now on.
   *
   * <p>Costs GetItem, Decrypt and a consistent Query per megabyte of the vault; if it starts a
   * generation, GenerateDataKey, PutItem, GetItem and Decrypt; then a Query per megabyte and an
   * UpdateItem per item; and again a Query per megabyte. A step is one rewritten item. The call
   * holds the user's keys for an hour at most: if the pace makes it last longer, it ends as if
   * cancelled, and another call goes on.
   *
   * @param user whose vault key
   * @param options pace, observer and a way to stop it; what it has done by then stays done
   * @return how far it is; never {@link RotationReport.State#FAILED}
   * @throws io.ezypass.error.UserNotFoundException if there is no such user; nothing was written
   * @throws io.ezypass.error.KeyUnavailableException if KMS does not give the key; the next
   *     generation may have been activated before, and some items rewritten: call again
   * @throws io.ezypass.error.UnsupportedFormatException if a newer version of the library wrote
   *     KEYS; nothing was written
   * @throws io.ezypass.error.TamperedItemException if KEYS does not open, or if a generation would
   *     have to be started that items are sealed under already: KEYS is from before them, as after
   *     a restore of that item alone. Restore the newest KEYS, or delete the items that only claim
   *     to be newer. No generation was started. Other items that do not open are named in the
   *     report instead
   * @throws io.ezypass.error.LimitExceededException if there is no room for another generation (of
   *     about 9,200); nothing was written by that
   * @throws io.ezypass.error.StorageUnavailableException if DynamoDB fails; what was done before
   *     stays done: call again
   */
  RotationReport rotate(UserId user, JobOptions options);

  /**
   * Says how far the rotation of a user's vault key is, without writing. Costs GetItem, Decrypt and
   * a consistent Query per megabyte of the vault. A user whose key was never rotated is complete.
   * Trusts the clock of this process and of the one that rotated to agree within a few minutes.
   *
   * @param user whose vault key
   * @return how far it is; never {@link RotationReport.State#FAILED}
   * @throws io.ezypass.error.UserNotFoundException if there is no such user
   * @throws io.ezypass.error.KeyUnavailableException if KMS does not give the key
   * @throws io.ezypass.error.TamperedItemException if KEYS does not open
   * @throws io.ezypass.error.StorageUnavailableException if DynamoDB fails
   */
  RotationReport rotationStatus(UserId user);

  /**
   * Rotates the vault keys of a page of the directory, one user after the other. A user whose
   * active generation is not older than the cutoff gets no other one, so a repeated call with the
   * same cutoff only finishes what is unfinished. Whatever fails for one user is in that user's
   * report, {@link io.ezypass.error.UserNotFoundException} too if the user was deleted meanwhile.
   * Costs as {@code listUsers}, and per user as {@link #rotate}, or as {@link #rotationStatus} if
   * nothing is to be done.
   *
   * @param page which page
   * @param activatedBefore the cutoff, in most cases the moment at which the job was begun
   * @param options as for {@link #rotate}, over the whole page
   * @return a report for each user and the token of the next page
   * @throws java.util.concurrent.CancellationException if it was cancelled within the page, its
   *     last user included; ask for the same page again, nothing is done twice
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   * @throws io.ezypass.error.TamperedItemException if a row of the directory within the page is not
   *     authentic, as {@code listUsers}; nothing was done. {@link #rotateAll} passes it over
   */
  Page<RotationReport> rotatePage(PageRequest page, Instant activatedBefore, JobOptions options);

  /**
   * Rotates the vault keys of all users, as {@link #rotatePage} does and at the same costs. To
   * resume it, in whatever process, call it again with the same cutoff. Users who register
   * meanwhile may be missed; their keys are newer than the cutoff. A user without a row in the
   * directory is not found, and rows of it that are not authentic are passed over and counted.
   *
   * @param activatedBefore the cutoff, in most cases the moment at which the job was begun
   * @param options as for {@link #rotate}, over the whole job
   * @return how many users are how far; if it was cancelled, so far
   * @throws io.ezypass.error.KeyUnavailableException if KMS refuses the lookup key, which the list
   *     of users needs; what was rotated stays so
   * @throws io.ezypass.error.StorageUnavailableException if the list of users cannot be read;
   *     likewise
   */
  RotationSummary rotateAll(Instant activatedBefore, JobOptions options);

  /**
   * Finds what is torn in one user's vault, as after a restore or an import that lost some rows of
   * a transaction, and mends it. The highest version of a credential wins, its row in the due list
   * is rebuilt from its sealed day, grants go with a credential that is not live, claims are
   * rebuilt from the sealed profile, and no sealed content is ever changed. A row that lacks the
   * feature bit of its due date or of its grants is sealed once more in the same version. Each
   * finding is mended by one transaction that is conditional on every row it rests upon, so it may
   * run beside live traffic. Doing it again does nothing twice. Claims left in this user's name
   * that no profile has any more, and claims without any user, are only found by {@link
   * #repairAll}. Rows of the due list that no credential names are not found: {@code check} passes
   * them over.
   *
   * <p>Costs 2 BatchGetItem, 1 KMS call and 1 Query for every megabyte of the vault, and the first
   * GetItem for the root. Due dates and grants cost 1 BatchGetItem for every 100 rows that they
   * name: 1 for a due date or a grant received, 2 for a grant given, and the credential itself if
   * it lacks a feature bit. Where something is wrong, the same up to twice more. Mending costs 1
   * TransactWriteItems for each finding. A claim that names another user costs 1 GetItem, 2
   * BatchGetItem and 2 KMS calls more.
   *
   * @param user whose vault
   * @param mode look first with {@link Mode#DRY_RUN}, which writes nothing
   * @return what was found, and what became of it
   * @throws io.ezypass.error.UserNotFoundException if there is no row of this user
   * @throws io.ezypass.error.NotInitialisedException if the table's root is missing: restore it
   *     from a backup of the same table, and never initialise that table anew
   * @throws io.ezypass.error.TamperedItemException if the table's root does not open
   * @throws io.ezypass.error.KeyUnavailableException if KMS refuses the key of this user or of the
   *     table; what was mended before stays mended
   * @throws io.ezypass.error.StorageUnavailableException if a request fails; the one mended last
   *     may have taken effect, and repairing again tells
   */
  RepairReport repair(UserId user, Mode mode);

  /**
   * Repairs every user as {@link #repair} does, and finds what belongs to nobody: claims and rows
   * of the directory without a user, users whom the directory does not list, rows that are not the
   * library's. To be run after a restore, and before anybody writes if that can be had. This is the
   * only operation that scans. What fails for one user, such as a key that KMS refuses, is reported
   * and does not keep it from the others.
   *
   * <p>Costs 1 Scan for every megabyte of the table (strongly consistent), 1 BatchGetItem for every
   * 100 users or claims, and for each user what {@link #repair} costs. Its steps, for pace and
   * progress, are users looked at and findings mended; pages of the scan go at the same pace.
   * Resumed by running it again.
   *
   * @param mode look first with {@link Mode#DRY_RUN}, which writes nothing
   * @param options pace, progress and cancellation
   * @return counts of all findings, and the first of them in words
   * @throws io.ezypass.error.NotInitialisedException as {@link #repair}
   * @throws io.ezypass.error.TamperedItemException as {@link #repair}
   * @throws io.ezypass.error.KeyUnavailableException if KMS refuses the key of the table
   * @throws io.ezypass.error.StorageUnavailableException if the scan fails
   */
  RepairSummary repairAll(Mode mode, JobOptions options);
}
