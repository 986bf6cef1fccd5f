package io.ezypass.testkit.contract;

import io.ezypass.AsyncVaultHistory;
import io.ezypass.VaultHistory;
import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import java.util.List;
import java.util.Set;

/** The blocking view of one vault's history. */
final class BlockingHistory implements VaultHistory {
  private final AsyncVaultHistory history;

  BlockingHistory(AsyncVaultHistory history) {
    this.history = history;
  }

  @Override
  public List<Revision> list(CredentialId id) {
    return Await.value(history.list(id));
  }

  @Override
  public Credential get(CredentialId id, long version) {
    return Await.value(history.get(id, version));
  }

  @Override
  public Set<ContentField> compare(CredentialId id, long version, long other) {
    return Await.value(history.compare(id, version, other));
  }

  @Override
  public Credential revert(CredentialId id, long seenVersion, long toVersion) {
    return Await.value(history.revert(id, seenVersion, toVersion));
  }
}
