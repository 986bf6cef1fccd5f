package io.ezypass;

import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashedCredential;

/**
 * The deleted credentials of one vault, as long as {@link io.ezypass.model.TrashPolicy} keeps them.
 * Past its date one is gone for every reader and cannot be restored, however late DynamoDB deletes
 * it. Costs and common failures are counted as in {@link VaultRepository}; every method may also
 * throw {@link io.ezypass.error.UserNotFoundException}.
 *
 * <p>Thread safe.
 */
public interface VaultTrash {
  /**
   * Lists one page. Costs 1 Query warm; GetItem, 1 KMS call and Query cold. No secret is decrypted.
   *
   * @param page which page
   * @return what is in the trash, in no useful order, and the token of the next page
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   */
  Page<TrashedCredential> list(PageRequest page);

  /**
   * Takes a credential back, with its id, its website and its revisions, as the next version. Costs
   * 1 GetItem and 1 TransactWriteItems warm; cold a BatchGetItem and 1 KMS call replace the
   * GetItem.
   *
   * @param id which one
   * @param seenVersion the version that {@link TrashedCredential#version()} told, at least 1
   * @return the credential with the next version
   * @throws io.ezypass.error.CredentialNotFoundException if it is not in the trash, or past its
   *     date; nothing was written
   * @throws io.ezypass.error.VersionConflictException if it has another version, or somebody else
   *     restored it; nothing was written
   */
  Credential restore(CredentialId id, long seenVersion);

  /**
   * Deletes one for good, with its revisions. Purging what is already gone, or past its date, is a
   * success whichever version is named. Costs 1 Query and 1 DeleteItem, or with revisions 1 Query
   * and 1 TransactWriteItems. Needs no key, unless there is an audit trail ({@link
   * io.ezypass.model.AuditPolicy}).
   *
   * @param id which one
   * @param seenVersion the version that {@link TrashedCredential#version()} told, at least 1
   * @throws io.ezypass.error.VersionConflictException if it has another version, or was restored;
   *     nothing was deleted
   */
  void purge(CredentialId id, long seenVersion);

  /**
   * Deletes for good all that is in the trash. What is restored meanwhile stays. Costs as listing,
   * and for each as {@link #purge}. If it fails, what was purged stays purged; call it again.
   *
   * @return how many were purged; one of which the answer got lost may be missing in the count
   */
  int empty();
}
