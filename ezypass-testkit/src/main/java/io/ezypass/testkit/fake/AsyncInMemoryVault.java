package io.ezypass.testkit.fake;

import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultAudit;
import io.ezypass.AsyncVaultBatch;
import io.ezypass.AsyncVaultHistory;
import io.ezypass.AsyncVaultSharing;
import io.ezypass.AsyncVaultTrash;
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
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.async.SdkPublisher;

/** The async view of one vault. */
final class AsyncInMemoryVault implements AsyncVault {
  private final VaultCalls calls;
  private final Starter starter;

  AsyncInMemoryVault(VaultCalls calls, Starter starter) {
    this.calls = calls;
    this.starter = starter;
  }

  @Override
  public UserId owner() {
    return calls.owner();
  }

  @Override
  public CompletableFuture<Credential> add(CredentialContent content) {
    return starter.start(calls.add(content));
  }

  @Override
  public CompletableFuture<Credential> get(CredentialId id) {
    return starter.start(calls.get(id));
  }

  @Override
  public CompletableFuture<Credential> update(
      CredentialId id, long seenVersion, CredentialContent content) {
    return starter.start(calls.update(id, seenVersion, content));
  }

  @Override
  public CompletableFuture<Credential> edit(
      CredentialId id, UnaryOperator<CredentialContent> change) {
    return starter.start(calls.edit(id, change));
  }

  @Override
  public CompletableFuture<Void> delete(CredentialId id, long seenVersion) {
    return starter.start(calls.trash().delete(id, seenVersion));
  }

  @Override
  public AsyncVaultHistory history() {
    return new AsyncInMemoryHistory(calls.history(), starter);
  }

  @Override
  public AsyncVaultSharing sharing() {
    return new AsyncInMemorySharing(calls.sharing(), starter);
  }

  @Override
  public AsyncVaultAudit audit() {
    return new AsyncInMemoryAudit(calls.audit(), starter);
  }

  @Override
  public AsyncVaultTrash trash() {
    return new AsyncInMemoryTrash(calls.trash(), starter);
  }

  @Override
  public CompletableFuture<List<CredentialSummary>> open() {
    return starter.start(calls.open());
  }

  @Override
  public CompletableFuture<Page<CredentialSummary>> list(PageRequest page) {
    return starter.start(calls.list(page));
  }

  @Override
  public SdkPublisher<CredentialSummary> summaries() {
    return starter.publish(calls.open());
  }

  @Override
  public SdkPublisher<Credential> credentials() {
    return starter.publish(calls.credentials());
  }

  @Override
  public CompletableFuture<List<CredentialSummary>> findByWebsite(
      Website website, WebsiteMatch match) {
    return starter.start(calls.findByWebsite(website, match));
  }

  @Override
  public AsyncVaultBatch batch() {
    return new AsyncInMemoryVaultBatch(calls.batch(), starter);
  }

  @Override
  public CompletableFuture<Page<CredentialSummary>> filter(
      CredentialFilter filter, PageRequest page) {
    return starter.start(calls.filter(filter, page));
  }

  @Override
  public CompletableFuture<List<SearchHit>> search(SearchQuery query) {
    return starter.start(calls.search(query));
  }

  @Override
  public CompletableFuture<HealthReport> health(HealthOptions options) {
    return starter.start(calls.health(options));
  }
}
