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
   * Finds what is torn in one user's vault, as after a restore or an import that lost some rows of
   * a transaction, and mends it. The highest version of a credential wins, claims are rebuilt from
   * the sealed profile, and no sealed content is ever changed. Each finding is mended by one
   * transaction that is conditional on every row it rests upon, so it may run beside live traffic.
   * Doing it again does nothing twice. Claims left in this user's name that no profile has any
   * more, and claims without any user, are only found by {@link #repairAll}.
   *
   * <p>Costs 2 BatchGetItem, 1 KMS call and 1 Query for every megabyte of the vault, and the first
   * GetItem for the root; where something is wrong, the same up to twice more. Mending costs 1
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
