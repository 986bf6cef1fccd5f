package io.ezypass.testkit.fake;

import io.ezypass.AsyncVaultBatch;
import io.ezypass.BatchOptions;
import io.ezypass.BatchRead;
import io.ezypass.BatchResult;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The async view of the batches on one vault. */
final class AsyncInMemoryVaultBatch implements AsyncVaultBatch {
  private final BatchCalls calls;
  private final Starter starter;

  AsyncInMemoryVaultBatch(BatchCalls calls, Starter starter) {
    this.calls = calls;
    this.starter = starter;
  }

  @Override
  public CompletableFuture<BatchResult> add(
      BatchId id, List<CredentialContent> contents, BatchOptions options) {
    return starter.start(calls.add(id, contents, options));
  }

  @Override
  public CompletableFuture<List<BatchRead>> get(List<CredentialId> ids) {
    return starter.start(calls.get(ids));
  }

  @Override
  public CompletableFuture<BatchResult> delete(
      BatchId id, List<CredentialVersion> credentials, BatchOptions options) {
    return starter.start(calls.delete(id, credentials, options));
  }
}
