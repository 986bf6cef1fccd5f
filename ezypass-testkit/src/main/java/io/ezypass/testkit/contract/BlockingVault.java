package io.ezypass.testkit.contract;

import io.ezypass.AsyncVault;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.core.async.SdkPublisher;

/** The blocking view of one vault. */
final class BlockingVault implements Vault {
  private final AsyncVault vault;

  BlockingVault(AsyncVault vault) {
    this.vault = vault;
  }

  @Override
  public UserId owner() {
    return vault.owner();
  }

  @Override
  public Credential add(CredentialContent content) {
    return Await.value(vault.add(content));
  }

  @Override
  public Credential get(CredentialId id) {
    return Await.value(vault.get(id));
  }

  @Override
  public Credential update(CredentialId id, long seenVersion, CredentialContent content) {
    return Await.value(vault.update(id, seenVersion, content));
  }

  @Override
  public Credential edit(CredentialId id, UnaryOperator<CredentialContent> change) {
    return Await.value(vault.edit(id, change));
  }

  @Override
  public void delete(CredentialId id, long seenVersion) {
    Await.value(vault.delete(id, seenVersion));
  }

  @Override
  public VaultHistory history() {
    return new BlockingHistory(vault.history());
  }

  @Override
  public VaultSharing sharing() {
    return new BlockingSharing(vault.sharing());
  }

  @Override
  public VaultAudit audit() {
    return new BlockingAudit(vault.audit());
  }

  @Override
  public VaultTrash trash() {
    return new BlockingTrash(vault.trash());
  }

  @Override
  public List<CredentialSummary> open() {
    return Await.value(vault.open());
  }

  @Override
  public Page<CredentialSummary> list(PageRequest page) {
    return Await.value(vault.list(page));
  }

  @Override
  public Stream<CredentialSummary> summaries() {
    return stream(vault.summaries());
  }

  @Override
  public Stream<Credential> credentials() {
    return stream(vault.credentials());
  }

  @Override
  public List<CredentialSummary> findByWebsite(Website website, WebsiteMatch match) {
    return Await.value(vault.findByWebsite(website, match));
  }

  @Override
  public VaultBatch batch() {
    return new BlockingVaultBatch(vault.batch());
  }

  @Override
  public Page<CredentialSummary> filter(CredentialFilter filter, PageRequest page) {
    return Await.value(vault.filter(filter, page));
  }

  @Override
  public List<SearchHit> search(SearchQuery query) {
    return Await.value(vault.search(query));
  }

  @Override
  public HealthReport health(HealthOptions options) {
    return Await.value(vault.health(options));
  }

  /** Subscribes when the terminal operation starts, and then collects everything. */
  private static <T> Stream<T> stream(SdkPublisher<T> publisher) {
    return Stream.of(publisher).flatMap(asked -> Await.items(asked).stream());
  }
}
