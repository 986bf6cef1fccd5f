package io.ezypass.internal.run;

import io.ezypass.AsyncVaultBatch;
import io.ezypass.BatchOptions;
import io.ezypass.BatchRead;
import io.ezypass.BatchResult;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs the batches of one vault without blocking. */
record FutureVaultBatch(UseCases useCases, AsyncRunner runner, Actors actors, UserId owner)
    implements AsyncVaultBatch {

  @Override
  public CompletableFuture<BatchResult> add(
      BatchId id, List<CredentialContent> contents, BatchOptions options) {
    Arguments.present("id", id);
    List<CredentialContent> items = Arguments.items("contents", contents);
    Arguments.present("options", options);
    return runner.run(
        "add a batch", useCases.addCredentials().plan(owner, id, items, options, actors.on(owner)));
  }

  @Override
  public CompletableFuture<List<BatchRead>> get(List<CredentialId> ids) {
    return runner.run(
        "get a batch", useCases.getCredentials().plan(owner, Arguments.items("ids", ids)));
  }

  @Override
  public CompletableFuture<BatchResult> delete(
      BatchId id, List<CredentialVersion> credentials, BatchOptions options) {
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
    return "AsyncVaultBatch[" + owner + "]";
  }
}
