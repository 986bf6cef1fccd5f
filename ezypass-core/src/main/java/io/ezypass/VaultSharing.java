package io.ezypass;

import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.util.List;

/**
 * Sharing single credentials of one vault, read-only, with other users, and opening what others
 * share with its owner. A grant ends when it is revoked, at its own expiry, or with the credential:
 * one that is deleted is shared with nobody any more, also when it comes back from the trash. The
 * recipient always sees the current version, and nothing else of the owner's vault: no revision, no
 * other grant. Costs and common failures are counted as in {@link VaultRepository}; every method
 * but {@link #revoke} may also throw {@link io.ezypass.error.UserNotFoundException} for the vault's
 * own user. With an audit trail, sharing costs one Query more, and revoking a GetItem and a Query.
 *
 * <p>Thread safe.
 */
public interface VaultSharing {
  /**
   * Shares a credential. It keeps its version. Costs 1 GetItem and 1 TransactWriteItems warm, one
   * Query more if it was shared before; one GetItem more once it has moved; cold a BatchGetItem and
   * 1 KMS call replace the GetItem.
   *
   * @param id which one
   * @param grant with whom, and for how long
   * @return the grant
   * @throws io.ezypass.error.CredentialNotFoundException if this vault has none with that id;
   *     nothing was written
   * @throws io.ezypass.error.UserNotFoundException if the recipient is not registered; nothing was
   *     written
   * @throws io.ezypass.error.AlreadySharedException if the recipient has a grant already, which
   *     stays as it is
   * @throws io.ezypass.error.LimitExceededException if it has {@value Grant#MOST} grants; nothing
   *     was written
   * @throws IllegalArgumentException if the recipient is the vault's own user, or the grant would
   *     have ended already; nothing was sent
   */
  Grant share(CredentialId id, NewGrant grant);

  /**
   * Ends a grant: it opens nothing from then on. Revoking what is not there is a success. Costs 1
   * GetItem and 1 TransactWriteItems, one GetItem more once the credential has moved. Needs no key,
   * unless there is an audit trail: it works where KMS refuses.
   *
   * @param id which credential
   * @param recipient whose grant
   */
  void revoke(CredentialId id, UserId recipient);

  /**
   * With whom a credential is shared now. Costs 1 Query warm; GetItem, 1 KMS call and Query cold.
   *
   * @param id which one
   * @return its grants, at most {@value Grant#MOST}, by recipient; none if there is no such
   *     credential
   */
  List<Grant> grants(CredentialId id);

  /**
   * Lists one page of what this vault shares. Costs 1 Query warm; GetItem, 1 KMS call and Query
   * cold.
   *
   * @param page which page
   * @return the grants of all its credentials, those of one together, and the token of the next
   *     page; a page may be empty and have a token
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   */
  Page<Grant> given(PageRequest page);

  /**
   * Lists one page of what others share with this vault's user. Opens no other vault. Costs 1 Query
   * warm; GetItem, 1 KMS call and Query cold.
   *
   * @param page which page
   * @return what is shared, those of one owner together, and the token of the next page; a page may
   *     be empty and have a token
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   */
  Page<SharedCredential> received(PageRequest page);

  /**
   * Opens a credential that somebody else shares with this vault's user, as it is now: grant and
   * credential are read in one transaction. Costs 1 TransactGetItems warm, one more once the
   * credential has moved; for each of both users whose keys are not cached 1 KMS call, and for this
   * vault's user 1 GetItem.
   *
   * @param owner whose credential it is
   * @param id which one
   * @return the credential; it cannot be written through this vault
   * @throws io.ezypass.error.CredentialNotFoundException if there is no such credential or user, or
   *     it is not shared (any more): these are not told apart
   * @throws IllegalArgumentException if the owner is this vault's own user
   */
  Credential open(UserId owner, CredentialId id);
}
