package io.ezypass.testkit.fake;

import io.ezypass.VaultTrash;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashedCredential;

/** The sync view of one vault's trash. */
final class InMemoryTrash implements VaultTrash {
  private final TrashCalls calls;

  InMemoryTrash(TrashCalls calls) {
    this.calls = calls;
  }

  @Override
  public Page<TrashedCredential> list(PageRequest page) {
    return calls.list(page).get();
  }

  @Override
  public Credential restore(CredentialId id, long seenVersion) {
    return calls.restore(id, seenVersion).get();
  }

  @Override
  public void purge(CredentialId id, long seenVersion) {
    calls.purge(id, seenVersion).run();
  }

  @Override
  public int empty() {
    return calls.empty().get();
  }
}
