package io.ezypass;

import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashedCredential;
import java.util.concurrent.CompletableFuture;

/**
 * The async twin of {@link VaultTrash}: the same promises, costs and failures, method by method.
 * Bad arguments are thrown at once; every other failure completes the future.
 *
 * <p>Thread safe. Nothing blocks the calling thread.
 */
public interface AsyncVaultTrash {
  /**
   * Lists one page. See {@link VaultTrash#list}.
   *
   * @param page which page
   * @return what is in the trash, and the token of the next page
   */
  CompletableFuture<Page<TrashedCredential>> list(PageRequest page);

  /**
   * Takes a credential back. See {@link VaultTrash#restore}.
   *
   * @param id which one
   * @param seenVersion the version that {@link TrashedCredential#version()} told
   * @return the credential with the next version
   */
  CompletableFuture<Credential> restore(CredentialId id, long seenVersion);

  /**
   * Deletes one for good. See {@link VaultTrash#purge}.
   *
   * @param id which one
   * @param seenVersion the version that {@link TrashedCredential#version()} told
   * @return completes when it is done
   */
  CompletableFuture<Void> purge(CredentialId id, long seenVersion);

  /**
   * Deletes for good all that is in the trash. See {@link VaultTrash#empty}.
   *
   * @return how many were purged; one of which the answer got lost may be missing in the count
   */
  CompletableFuture<Integer> empty();
}
