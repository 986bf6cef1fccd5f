package io.ezypass.testkit.contract;

import io.ezypass.AsyncVaultBatch;
import io.ezypass.BatchOptions;
import io.ezypass.BatchRead;
import io.ezypass.BatchResult;
import io.ezypass.VaultBatch;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import java.util.List;

/** The blocking view of the batches on one vault. */
final class BlockingVaultBatch implements VaultBatch {
  private final AsyncVaultBatch batch;

  BlockingVaultBatch(AsyncVaultBatch batch) {
    this.batch = batch;
  }

  @Override
  public BatchResult add(BatchId id, List<CredentialContent> contents, BatchOptions options) {
    return Await.value(batch.add(id, contents, options));
  }

  @Override
  public List<BatchRead> get(List<CredentialId> ids) {
    return Await.value(batch.get(ids));
  }

  @Override
  public BatchResult delete(BatchId id, List<CredentialVersion> credentials, BatchOptions options) {
    return Await.value(batch.delete(id, credentials, options));
  }
}
