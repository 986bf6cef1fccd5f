package io.ezypass.testkit.fake;

import io.ezypass.VaultHistory;
import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import java.util.List;
import java.util.Set;

/** The sync view of one vault's history. */
final class InMemoryHistory implements VaultHistory {
  private final HistoryCalls calls;

  InMemoryHistory(HistoryCalls calls) {
    this.calls = calls;
  }

  @Override
  public List<Revision> list(CredentialId id) {
    return calls.list(id).get();
  }

  @Override
  public Credential get(CredentialId id, long version) {
    return calls.get(id, version).get();
  }

  @Override
  public Set<ContentField> compare(CredentialId id, long version, long other) {
    return calls.compare(id, version, other).get();
  }

  @Override
  public Credential revert(CredentialId id, long seenVersion, long toVersion) {
    return calls.revert(id, seenVersion, toVersion).get();
  }
}
