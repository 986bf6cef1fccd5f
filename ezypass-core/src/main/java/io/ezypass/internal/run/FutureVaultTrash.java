package io.ezypass.internal.run;

import io.ezypass.AsyncVaultTrash;
import io.ezypass.internal.op.UseCases;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import java.util.concurrent.CompletableFuture;

/** Runs the use cases of one vault's trash without blocking. */
record FutureVaultTrash(UseCases useCases, AsyncRunner runner, Actors actors, UserId owner)
    implements AsyncVaultTrash {

  @Override
  public CompletableFuture<Page<TrashedCredential>> list(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("list trash", useCases.listTrash().plan(owner, page));
  }

  @Override
  public CompletableFuture<Credential> restore(CredentialId id, long seenVersion) {
    Arguments.present("id", id);
    Arguments.version(seenVersion);
    return runner.run(
        "restore", useCases.restoreCredential().plan(owner, id, seenVersion, actors.on(owner)));
  }

  @Override
  public CompletableFuture<Void> purge(CredentialId id, long seenVersion) {
    Arguments.present("id", id);
    Arguments.version(seenVersion);
    return runner.run(
        "purge",
        useCases
            .purgeCredential()
            .plan(owner, id, seenVersion, actors.on(owner))
            .then(purged -> Plan.ofNullable((Void) null)));
  }

  @Override
  public CompletableFuture<Integer> empty() {
    return runner.run("empty trash", useCases.purgeCredential().all(owner, actors.on(owner)));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "AsyncVaultTrash[" + owner + "]";
  }
}
