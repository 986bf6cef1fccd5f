package io.ezypass.testkit.fake;

import io.ezypass.AsyncVaultSharing;
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

/** The async view of one vault's sharing. */
final class AsyncInMemorySharing implements AsyncVaultSharing {
  private final SharingCalls calls;
  private final Starter starter;

  AsyncInMemorySharing(SharingCalls calls, Starter starter) {
    this.calls = calls;
    this.starter = starter;
  }

  @Override
  public CompletableFuture<Grant> share(CredentialId id, NewGrant grant) {
    return starter.start(calls.share(id, grant));
  }

  @Override
  public CompletableFuture<Void> revoke(CredentialId id, UserId recipient) {
    return starter.start(calls.revoke(id, recipient));
  }

  @Override
  public CompletableFuture<List<Grant>> grants(CredentialId id) {
    return starter.start(calls.grants(id));
  }

  @Override
  public CompletableFuture<Page<Grant>> given(PageRequest page) {
    return starter.start(calls.given(page));
  }

  @Override
  public CompletableFuture<Page<SharedCredential>> received(PageRequest page) {
    return starter.start(calls.received(page));
  }

  @Override
  public CompletableFuture<Credential> open(UserId owner, CredentialId id) {
    return starter.start(calls.open(owner, id));
  }
}
