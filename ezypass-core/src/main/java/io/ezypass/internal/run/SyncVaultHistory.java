package io.ezypass.internal.run;

import io.ezypass.VaultHistory;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.Set;

/** Runs the use cases of one vault's history on the caller's thread. */
record SyncVaultHistory(UseCases useCases, SyncRunner runner, Actors actors, UserId owner)
    implements VaultHistory {

  @Override
  public List<Revision> list(CredentialId id) {
    Arguments.present("id", id);
    return runner.run("list revisions", useCases.readHistory().list(owner, id));
  }

  @Override
  public Credential get(CredentialId id, long version) {
    Arguments.present("id", id);
    Arguments.version("version", version);
    return runner.run("get revision", useCases.readHistory().get(owner, id, version));
  }

  @Override
  public Set<ContentField> compare(CredentialId id, long version, long other) {
    Arguments.present("id", id);
    Arguments.version("version", version);
    Arguments.version("other", other);
    return runner.run(
        "compare revisions", useCases.readHistory().compare(owner, id, version, other));
  }

  @Override
  public Credential revert(CredentialId id, long seenVersion, long toVersion) {
    Arguments.present("id", id);
    Arguments.version(seenVersion);
    Arguments.version("toVersion", toVersion);
    return runner.run(
        "revert",
        useCases.updateCredential().revert(owner, id, seenVersion, toVersion, actors.on(owner)));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "VaultHistory[" + owner + "]";
  }
}
