package io.ezypass.testkit.fake;

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

/** The sync view of one vault's sharing. */
final class InMemorySharing implements VaultSharing {
  private final SharingCalls calls;

  InMemorySharing(SharingCalls calls) {
    this.calls = calls;
  }

  @Override
  public Grant share(CredentialId id, NewGrant grant) {
    return calls.share(id, grant).get();
  }

  @Override
  public void revoke(CredentialId id, UserId recipient) {
    calls.revoke(id, recipient).run();
  }

  @Override
  public List<Grant> grants(CredentialId id) {
    return calls.grants(id).get();
  }

  @Override
  public Page<Grant> given(PageRequest page) {
    return calls.given(page).get();
  }

  @Override
  public Page<SharedCredential> received(PageRequest page) {
    return calls.received(page).get();
  }

  @Override
  public Credential open(UserId owner, CredentialId id) {
    return calls.open(owner, id).get();
  }
}
