package io.ezypass.internal.run;

import io.ezypass.BatchOptions;
import io.ezypass.BatchRead;
import io.ezypass.BatchResult;
import io.ezypass.VaultBatch;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.UserId;
import java.util.List;

/** Runs the batches of one vault on the caller's thread. */
record SyncVaultBatch(UseCases useCases, SyncRunner runner, Actors actors, UserId owner)
    implements VaultBatch {

  @Override
  public BatchResult add(BatchId id, List<CredentialContent> contents, BatchOptions options) {
    Arguments.present("id", id);
    List<CredentialContent> items = Arguments.items("contents", contents);
    Arguments.present("options", options);
    return runner.run(
        "add a batch", useCases.addCredentials().plan(owner, id, items, options, actors.on(owner)));
  }

  @Override
  public List<BatchRead> get(List<CredentialId> ids) {
    return runner.run(
        "get a batch", useCases.getCredentials().plan(owner, Arguments.items("ids", ids)));
  }

  @Override
  public BatchResult delete(BatchId id, List<CredentialVersion> credentials, BatchOptions options) {
    Arguments.present("id", id);
    List<CredentialVersion> items = Arguments.items("credentials", credentials);
    Arguments.present("options", options);
    return runner.run(
        "delete a batch",
        useCases.deleteCredentials().plan(owner, id, items, options, actors.on(owner)));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "VaultBatch[" + owner + "]";
  }
}
