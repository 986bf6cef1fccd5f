package io.ezypass.testkit.contract;

import io.ezypass.AsyncVaultSharing;
import io.ezypass.VaultSharing;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.util.List;

/** The blocking view of one vault's sharing. */
final class BlockingSharing implements VaultSharing {
  private final AsyncVaultSharing sharing;

  BlockingSharing(AsyncVaultSharing sharing) {
    this.sharing = sharing;
  }

  @Override
  public Grant share(CredentialId id, NewGrant grant) {
    return Await.value(sharing.share(id, grant));
  }

  @Override
  public void revoke(CredentialId id, UserId recipient) {
    Await.value(sharing.revoke(id, recipient));
  }

  @Override
  public List<Grant> grants(CredentialId id) {
    return Await.value(sharing.grants(id));
  }

  @Override
  public Page<Grant> given(PageRequest page) {
    return Await.value(sharing.given(page));
  }

  @Override
  public Page<SharedCredential> received(PageRequest page) {
    return Await.value(sharing.received(page));
  }

  @Override
  public Credential open(UserId owner, CredentialId id) {
    return Await.value(sharing.open(owner, id));
  }
}
