package io.ezypass.testkit.contract;

import io.ezypass.AsyncVaultTrash;
import io.ezypass.VaultTrash;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashedCredential;

/** The blocking view of one vault's trash. */
final class BlockingTrash implements VaultTrash {
  private final AsyncVaultTrash trash;

  BlockingTrash(AsyncVaultTrash trash) {
    this.trash = trash;
  }

  @Override
  public Page<TrashedCredential> list(PageRequest page) {
    return Await.value(trash.list(page));
  }

  @Override
  public Credential restore(CredentialId id, long seenVersion) {
    return Await.value(trash.restore(id, seenVersion));
  }

  @Override
  public void purge(CredentialId id, long seenVersion) {
    Await.value(trash.purge(id, seenVersion));
  }

  @Override
  public int empty() {
    return Await.value(trash.empty());
  }
}
