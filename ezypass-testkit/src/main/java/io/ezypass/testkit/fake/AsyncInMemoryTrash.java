package io.ezypass.testkit.fake;

import io.ezypass.AsyncVaultTrash;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashedCredential;
import java.util.concurrent.CompletableFuture;

/** The async view of one vault's trash. */
final class AsyncInMemoryTrash implements AsyncVaultTrash {
  private final TrashCalls calls;
  private final Starter starter;

  AsyncInMemoryTrash(TrashCalls calls, Starter starter) {
    this.calls = calls;
    this.starter = starter;
  }

  @Override
  public CompletableFuture<Page<TrashedCredential>> list(PageRequest page) {
    return starter.start(calls.list(page));
  }

  @Override
  public CompletableFuture<Credential> restore(CredentialId id, long seenVersion) {
    return starter.start(calls.restore(id, seenVersion));
  }

  @Override
  public CompletableFuture<Void> purge(CredentialId id, long seenVersion) {
    return starter.start(calls.purge(id, seenVersion));
  }

  @Override
  public CompletableFuture<Integer> empty() {
    return starter.start(calls.empty());
  }
}
