package io.ezypass.testkit.fake;

import io.ezypass.AsyncVaultHistory;
import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The async view of one vault's history. */
final class AsyncInMemoryHistory implements AsyncVaultHistory {
  private final HistoryCalls calls;
  private final Starter starter;

  AsyncInMemoryHistory(HistoryCalls calls, Starter starter) {
    this.calls = calls;
    this.starter = starter;
  }

  @Override
  public CompletableFuture<List<Revision>> list(CredentialId id) {
    return starter.start(calls.list(id));
  }

  @Override
  public CompletableFuture<Credential> get(CredentialId id, long version) {
    return starter.start(calls.get(id, version));
  }

  @Override
  public CompletableFuture<Set<ContentField>> compare(CredentialId id, long version, long other) {
    return starter.start(calls.compare(id, version, other));
  }

  @Override
  public CompletableFuture<Credential> revert(CredentialId id, long seenVersion, long toVersion) {
    return starter.start(calls.revert(id, seenVersion, toVersion));
  }
}
