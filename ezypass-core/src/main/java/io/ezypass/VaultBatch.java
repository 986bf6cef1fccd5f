package io.ezypass;

import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import java.util.List;

/**
 * Many credentials of one vault in one call. Costs and common failures are counted as in {@link
 * VaultRepository}; every method may also throw {@link io.ezypass.error.UserNotFoundException}.
 *
 * <p>A batch of writes is idempotent by its id: a receipt is written in the transaction of every
 * chunk, and who calls again, after a crash, a deadline or a lost answer, with the same id and the
 * same items, goes on where the receipts end. What they name is not looked at again, so an item
 * that was deleted since stays deleted. Any number of processes may run a batch at once.
 *
 * <p>A batch of writes throws only if nothing of it was written or may have been. Once it has
 * begun, what keeps it from going on is told by item. Only an interruption, a cancelled future, and
 * what an observer throws, end it without a result: then call again.
 *
 * <p>Thread safe.
 */
public interface VaultBatch {
  /**
   * Adds credentials, equal ones too. Costs 1 Query for the receipts and 1 TransactWriteItems for
   * 99 credentials or 4 MB; GetItem and 1 KMS call more cold. Run again, it costs the Query, and
   * what is left. Throttling, collisions and lost answers are retried with jitter until the
   * deadline.
   *
   * @param id names the batch
   * @param contents what the user wrote, at most 100,000; secrets are copied
   * @param options pace, observer, deadline, and how long the batch is known by its id
   * @return one item for each content, in the same order, with the id of the credential that was
   *     added. An expiry that has passed ({@link IllegalArgumentException}) and an item over 400 KB
   *     ({@link io.ezypass.error.LimitExceededException}) fail alone
   * @throws io.ezypass.error.BatchMismatchException if the batch id is known for other contents or
   *     another operation; nothing was written
   */
  BatchResult add(BatchId id, List<CredentialContent> contents, BatchOptions options);

  /**
   * Reads credentials whole. Costs 1 BatchGetItem for 100 of them, and one more for those of them
   * whose website has changed; GetItem and 1 KMS call more cold. No snapshot. An id that is asked
   * for twice is read once. Throws only if nothing was read.
   *
   * @param ids which ones, at most 100,000
   * @return one for each id, in the same order: the credential with its secrets, or what {@link
   *     Vault#get} would have thrown for it
   */
  List<BatchRead> get(List<CredentialId> ids);

  /**
   * Deletes credentials, each as {@link Vault#delete} would: into the trash, or for good where
   * {@link io.ezypass.model.TrashPolicy} has none. Costs 1 Query for the receipts, and for 49
   * credentials, or fewer if they are large or have revisions, 1 BatchGetItem, one more for those
   * whose website has changed, and 1 TransactWriteItems; GetItem and 1 KMS call more cold. Run
   * again, it costs the Query, and what is left.
   *
   * @param id names the batch
   * @param credentials which ones, as the caller saw them, at most 100,000
   * @param options pace, observer, deadline, and how long the batch is known by its id
   * @return one item for each, in the same order. What is not there, or was named twice, is already
   *     there as it should be; what has another version is a conflict. A row that does not open or
   *     that a newer version of the library wrote fails alone
   * @throws io.ezypass.error.BatchMismatchException if the batch id is known for other items or
   *     another operation; nothing was deleted
   */
  BatchResult delete(BatchId id, List<CredentialVersion> credentials, BatchOptions options);
}
