package io.ezypass.admin;

import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;

/**
 * Sets the table up and looks after it. Separate from the repositories since it needs other IAM
 * permissions: give them to a deployment job, not to the service.
 *
 * <p>Fails as {@link io.ezypass.VaultRepository} does. Thread safe.
 */
public interface VaultAdmin {
  /**
   * Creates the table with on-demand billing and TTL, and waits until it can be used, at most five
   * minutes. A table that is there already is left as it is. Costs CreateTable, DescribeTable until
   * it is active, UpdateTimeToLive, UpdateContinuousBackups where asked for, and a {@link #check}.
   *
   * @param options what else it shall have
   * @return what is wrong with it now
   */
  TableCheck createTable(TableOptions options);

  /**
   * Compares the table with what the library needs, so that CloudFormation or Terraform may create
   * it. Costs DescribeTable, DescribeTimeToLive and GetItem.
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
   */
  TableId initialise();

  /**
   * Lists users whose deletion was begun and is not final; {@code deleteUser} resumes it. Costs as
   * {@code listUsers}.
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
   * @throws java.util.concurrent.CancellationException if it was cancelled within the page; ask for
   *     the same page again, what was moved stays so
   */
  Page<MigrationReport> migratePage(PageRequest page, Mode mode, JobOptions options);

  /**
   * Moves the table's lookup key and the vault keys of all users. To be resumed by calling it
   * again: what is there already costs its GetItem only. What fails for one user does not keep it
   * from the others. Users who register meanwhile may be missed; they have the key that their
   * process is configured with. A user without a row in the directory is not found.
   *
   * @param mode whether to do it
   * @param options a step is one re-encrypted key
   * @return how many keys were moved, or would be, and what failed
   */
  MigrationSummary migrateAll(Mode mode, JobOptions options);
}
