package io.ezypass;

import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The async twin of {@link VaultBatch}: the same promises, costs and failures, method by method.
 * Bad arguments are thrown at once; every other failure completes the future with the {@link
 * io.ezypass.error.VaultException} that the twin throws.
 *
 * <p>Thread safe. Nothing blocks the calling thread.
 */
public interface AsyncVaultBatch {
  /**
   * Adds credentials. See {@link VaultBatch#add}.
   *
   * @param id names the batch
   * @param contents what the user wrote
   * @param options pace, observer, deadline, and how long the batch is known by its id
   * @return one item for each content, in the same order
   */
  CompletableFuture<BatchResult> add(
      BatchId id, List<CredentialContent> contents, BatchOptions options);

  /**
   * Reads credentials whole. See {@link VaultBatch#get}.
   *
   * @param ids which ones
   * @return one for each id, in the same order
   */
  CompletableFuture<List<BatchRead>> get(List<CredentialId> ids);

  /**
   * Deletes credentials, each as {@link AsyncVault#delete} would. See {@link VaultBatch#delete}.
   *
   * @param id names the batch
   * @param credentials which ones, as the caller saw them
   * @param options pace, observer, deadline, and how long the batch is known by its id
   * @return one item for each, in the same order
   */
  CompletableFuture<BatchResult> delete(
      BatchId id, List<CredentialVersion> credentials, BatchOptions options);
}
