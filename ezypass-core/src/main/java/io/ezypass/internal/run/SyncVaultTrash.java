package io.ezypass.internal.run;

import io.ezypass.VaultTrash;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;

/** Runs the use cases of one vault's trash on the caller's thread. */
record SyncVaultTrash(UseCases useCases, SyncRunner runner, Actors actors, UserId owner)
    implements VaultTrash {

  @Override
  public Page<TrashedCredential> list(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("list trash", useCases.listTrash().plan(owner, page));
  }

  @Override
  public Credential restore(CredentialId id, long seenVersion) {
    Arguments.present("id", id);
    Arguments.version(seenVersion);
    return runner.run(
        "restore", useCases.restoreCredential().plan(owner, id, seenVersion, actors.on(owner)));
  }

  @Override
  public void purge(CredentialId id, long seenVersion) {
    Arguments.present("id", id);
    Arguments.version(seenVersion);
    runner.run("purge", useCases.purgeCredential().plan(owner, id, seenVersion, actors.on(owner)));
  }

  @Override
  public int empty() {
    return runner.run("empty trash", useCases.purgeCredential().all(owner, actors.on(owner)));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "VaultTrash[" + owner + "]";
  }
}
