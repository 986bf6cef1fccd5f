package io.ezypass.internal.run;

import io.ezypass.AsyncVaultSharing;
import io.ezypass.internal.op.UseCases;
import io.ezypass.internal.plan.Plan;
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

/** Runs the use cases of one vault's sharing without blocking. */
record FutureVaultSharing(UseCases useCases, AsyncRunner runner, Actors actors, UserId owner)
    implements AsyncVaultSharing {

  @Override
  public CompletableFuture<Grant> share(CredentialId id, NewGrant grant) {
    Arguments.present("id", id);
    Arguments.present("grant", grant);
    return runner.run("share", useCases.shareCredential().plan(owner, id, grant, actors.on(owner)));
  }

  @Override
  public CompletableFuture<Void> revoke(CredentialId id, UserId recipient) {
    Arguments.present("id", id);
    Arguments.present("recipient", recipient);
    return runner.run(
        "revoke",
        useCases
            .revokeGrant()
            .plan(owner, id, recipient, actors.on(owner))
            .then(revoked -> Plan.ofNullable((Void) null)));
  }

  @Override
  public CompletableFuture<List<Grant>> grants(CredentialId id) {
    Arguments.present("id", id);
    return runner.run("grants", useCases.listGrants().of(owner, id));
  }

  @Override
  public CompletableFuture<Page<Grant>> given(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("grants given", useCases.listGrants().given(owner, page));
  }

  @Override
  public CompletableFuture<Page<SharedCredential>> received(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("grants received", useCases.listReceived().plan(owner, page));
  }

  @Override
  public CompletableFuture<Credential> open(UserId owner, CredentialId id) {
    Arguments.present("owner", owner);
    Arguments.present("id", id);
    return runner.run("open shared", useCases.openShared().plan(this.owner, owner, id));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "AsyncVaultSharing[" + owner + "]";
  }
}
