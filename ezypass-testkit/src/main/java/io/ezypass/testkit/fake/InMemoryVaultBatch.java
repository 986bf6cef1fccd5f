package io.ezypass.testkit.fake;

import io.ezypass.BatchOptions;
import io.ezypass.BatchRead;
import io.ezypass.BatchResult;
import io.ezypass.VaultBatch;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import java.util.List;

/** The sync view of the batches on one vault. */
final class InMemoryVaultBatch implements VaultBatch {
  private final BatchCalls calls;

  InMemoryVaultBatch(BatchCalls calls) {
    this.calls = calls;
  }

  @Override
  public BatchResult add(BatchId id, List<CredentialContent> contents, BatchOptions options) {
    return calls.add(id, contents, options).get();
  }

  @Override
  public List<BatchRead> get(List<CredentialId> ids) {
    return calls.get(ids).get();
  }

  @Override
  public BatchResult delete(BatchId id, List<CredentialVersion> credentials, BatchOptions options) {
    return calls.delete(id, credentials, options).get();
  }
}
