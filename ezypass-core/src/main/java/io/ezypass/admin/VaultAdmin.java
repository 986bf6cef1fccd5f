package io.ezypass.admin;

import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;
import java.time.Instant;

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
   * Rotates a user's vault key: the next generation becomes active, every write from then on is
   * sealed under it, and the user's items are sealed under it anew, beside live traffic. Versions,
   * operation ids, ids and audit of the items stay, and no pending write loses its trace. If items
   * below the active generation remain, from a call that was cut short or written meanwhile by
   * somebody with cached keys, those are rewritten and no other generation is started; any process
   * can do that. Only if not one of them can be rewritten is the next generation started all the
   * same: the report names those items, mend or delete them before calling again.
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
   * @throws io.ezypass.error.TamperedItemException if KEYS does not open; nothing was written.
   *     Other items that do not open are named in the report instead
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
   * @throws java.util.concurrent.CancellationException if it was cancelled before the last user of
   *     the page; ask for the same page again, nothing is done twice
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   */
  Page<RotationReport> rotatePage(PageRequest page, Instant activatedBefore, JobOptions options);

  /**
   * Rotates the vault keys of all users, as {@link #rotatePage} does. To resume it, in whatever
   * process, call it again with the same cutoff.
   *
   * @param activatedBefore the cutoff, in most cases the moment at which the job was begun
   * @param options as for {@link #rotate}, over the whole job
   * @return how many users are how far
   */
  RotationSummary rotateAll(Instant activatedBefore, JobOptions options);
}
