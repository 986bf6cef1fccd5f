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
import java.util.concurrent.CompletableFuture;

/**
 * The async twin of {@link VaultSharing}: the same promises, costs and failures, method by method.
 * Bad arguments are thrown at once; every other failure completes the future.
 *
 * <p>Thread safe. Nothing blocks the calling thread.
 */
public interface AsyncVaultSharing {
  /**
   * Shares a credential. See {@link VaultSharing#share}.
   *
   * @param id which one
   * @param grant with whom, and for how long
   * @return the grant
   */
  CompletableFuture<Grant> share(CredentialId id, NewGrant grant);

  /**
   * Ends a grant. See {@link VaultSharing#revoke}.
   *
   * @param id which credential
   * @param recipient whose grant
   * @return completes when it is done
   */
  CompletableFuture<Void> revoke(CredentialId id, UserId recipient);

  /**
   * With whom a credential is shared now. See {@link VaultSharing#grants}.
   *
   * @param id which one
   * @return its grants, at most {@value Grant#MOST}, by recipient; none if there is no such
   *     credential
   */
  CompletableFuture<List<Grant>> grants(CredentialId id);

  /**
   * Lists one page of what this vault shares. See {@link VaultSharing#given}.
   *
   * @param page which page
   * @return the grants of all its credentials, those of one together, and the token of the next
   *     page; a page may be empty and have a token
   */
  CompletableFuture<Page<Grant>> given(PageRequest page);

  /**
   * Lists one page of what others share with this vault's user. See {@link VaultSharing#received}.
   *
   * @param page which page
   * @return what is shared, those of one owner together, and the token of the next page; a page may
   *     be empty and have a token
   */
  CompletableFuture<Page<SharedCredential>> received(PageRequest page);

  /**
   * Opens a credential that somebody else shares with this vault's user, as it is now. See {@link
   * VaultSharing#open}.
   *
   * @param owner whose credential it is
   * @param id which one
   * @return the credential; it cannot be written through this vault
   */
  CompletableFuture<Credential> open(UserId owner, CredentialId id);
}
