package io.ezypass.testkit.fake;

import io.ezypass.Vault;
import io.ezypass.VaultAudit;
import io.ezypass.VaultBatch;
import io.ezypass.VaultHistory;
import io.ezypass.VaultSharing;
import io.ezypass.VaultTrash;
import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SearchHit;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The sync view of one vault. */
final class InMemoryVault implements Vault {
  private final VaultCalls calls;

  InMemoryVault(VaultCalls calls) {
    this.calls = calls;
  }

  @Override
  public UserId owner() {
    return calls.owner();
  }

  @Override
  public Credential add(CredentialContent content) {
    return calls.add(content).get();
  }

  @Override
  public Credential get(CredentialId id) {
    return calls.get(id).get();
  }

  @Override
  public Credential update(CredentialId id, long seenVersion, CredentialContent content) {
    return calls.update(id, seenVersion, content).get();
  }

  @Override
  public Credential edit(CredentialId id, UnaryOperator<CredentialContent> change) {
    return calls.edit(id, change).get();
  }

  @Override
  public void delete(CredentialId id, long seenVersion) {
    calls.trash().delete(id, seenVersion).run();
  }

  @Override
  public VaultHistory history() {
    return new InMemoryHistory(calls.history());
  }

  @Override
  public VaultSharing sharing() {
    return new InMemorySharing(calls.sharing());
  }

  @Override
  public VaultAudit audit() {
    return new InMemoryAudit(calls.audit());
  }

  @Override
  public VaultTrash trash() {
    return new InMemoryTrash(calls.trash());
  }

  @Override
  public List<CredentialSummary> open() {
    return calls.open().get();
  }

  @Override
  public Page<CredentialSummary> list(PageRequest page) {
    return calls.list(page).get();
  }

  @Override
  public Stream<CredentialSummary> summaries() {
    return lazily(calls.open());
  }

  @Override
  public Stream<Credential> credentials() {
    return lazily(calls.credentials());
  }

  @Override
  public List<CredentialSummary> findByWebsite(Website website, WebsiteMatch match) {
    return calls.findByWebsite(website, match).get();
  }

  @Override
  public VaultBatch batch() {
    return new InMemoryVaultBatch(calls.batch());
  }

  @Override
  public Page<CredentialSummary> filter(CredentialFilter filter, PageRequest page) {
    return calls.filter(filter, page).get();
  }

  @Override
  public List<SearchHit> search(SearchQuery query) {
    return calls.search(query).get();
  }

  @Override
  public HealthReport health(HealthOptions options) {
    return calls.health(options).get();
  }

  /** Asks when the terminal operation does. */
  private static <T> Stream<T> lazily(Supplier<List<T>> call) {
    return Stream.of(call).flatMap(asked -> asked.get().stream());
  }
}
