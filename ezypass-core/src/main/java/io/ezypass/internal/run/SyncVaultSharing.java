package io.ezypass.internal.run;

import io.ezypass.VaultSharing;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.util.List;

/** Runs the use cases of one vault's sharing on the caller's thread. */
record SyncVaultSharing(UseCases useCases, SyncRunner runner, Actors actors, UserId owner)
    implements VaultSharing {

  @Override
  public Grant share(CredentialId id, NewGrant grant) {
    Arguments.present("id", id);
    Arguments.present("grant", grant);
    return runner.run("share", useCases.shareCredential().plan(owner, id, grant, actors.on(owner)));
  }

  @Override
  public void revoke(CredentialId id, UserId recipient) {
    Arguments.present("id", id);
    Arguments.present("recipient", recipient);
    runner.run("revoke", useCases.revokeGrant().plan(owner, id, recipient, actors.on(owner)));
  }

  @Override
  public List<Grant> grants(CredentialId id) {
    Arguments.present("id", id);
    return runner.run("grants", useCases.listGrants().of(owner, id));
  }

  @Override
  public Page<Grant> given(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("grants given", useCases.listGrants().given(owner, page));
  }

  @Override
  public Page<SharedCredential> received(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("grants received", useCases.listReceived().plan(owner, page));
  }

  @Override
  public Credential open(UserId owner, CredentialId id) {
    Arguments.present("owner", owner);
    Arguments.present("id", id);
    return runner.run("open shared", useCases.openShared().plan(this.owner, owner, id));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "VaultSharing[" + owner + "]";
  }
}
