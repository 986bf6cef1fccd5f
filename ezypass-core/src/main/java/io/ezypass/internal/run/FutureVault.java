package io.ezypass.internal.run;

import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultAudit;
import io.ezypass.AsyncVaultBatch;
import io.ezypass.AsyncVaultHistory;
import io.ezypass.AsyncVaultSharing;
import io.ezypass.AsyncVaultTrash;
import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.internal.op.ReadVault.Part;
import io.ezypass.internal.op.UseCases;
import io.ezypass.internal.plan.Plan;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.utils.async.SimplePublisher;

/** Runs the use cases of one vault without blocking. */
record FutureVault(UseCases useCases, AsyncRunner runner, Actors actors, UserId owner)
    implements AsyncVault {

  @Override
  public CompletableFuture<Credential> add(CredentialContent content) {
    Arguments.present("content", content);
    return runner.run("add", useCases.addCredential().plan(owner, content, actors.on(owner)));
  }

  @Override
  public CompletableFuture<Credential> get(CredentialId id) {
    Arguments.present("id", id);
    return runner.run("get", useCases.getCredential().plan(owner, id));
  }

  @Override
  public CompletableFuture<Credential> update(
      CredentialId id, long seenVersion, CredentialContent content) {
    Arguments.update("id", id, seenVersion, "content", content);
    return runner.run(
        "update",
        useCases.updateCredential().update(owner, id, seenVersion, content, actors.on(owner)));
  }

  @Override
  public CompletableFuture<Credential> edit(
      CredentialId id, UnaryOperator<CredentialContent> change) {
    Arguments.present("id", id);
    Arguments.present("change", change);
    return runner.run(
        "edit", useCases.updateCredential().edit(owner, id, change, actors.on(owner)));
  }

  @Override
  public CompletableFuture<Void> delete(CredentialId id, long seenVersion) {
    Arguments.present("id", id);
    Arguments.version(seenVersion);
    return runner.run(
        "delete",
        useCases
            .deleteCredential()
            .plan(owner, id, seenVersion, actors.on(owner))
            .then(deleted -> Plan.ofNullable((Void) null)));
  }

  @Override
  public AsyncVaultHistory history() {
    return new FutureVaultHistory(useCases, runner, actors, owner);
  }

  @Override
  public AsyncVaultTrash trash() {
    return new FutureVaultTrash(useCases, runner, actors, owner);
  }

  @Override
  public AsyncVaultSharing sharing() {
    return new FutureVaultSharing(useCases, runner, actors, owner);
  }

  @Override
  public AsyncVaultAudit audit() {
    return new FutureVaultAudit(useCases, runner, owner);
  }

  @Override
  public CompletableFuture<List<CredentialSummary>> open() {
    return runner.run("open", useCases.readVault().all(owner));
  }

  @Override
  public CompletableFuture<Page<CredentialSummary>> list(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("list", useCases.listCredentials().plan(owner, page));
  }

  @Override
  public SdkPublisher<CredentialSummary> summaries() {
    return publisher(
        after -> runner.run("summaries", useCases.readVault().summaries(owner, after)));
  }

  @Override
  public SdkPublisher<Credential> credentials() {
    return publisher(
        after -> runner.run("credentials", useCases.readVault().credentials(owner, after)));
  }

  @Override
  public CompletableFuture<List<CredentialSummary>> findByWebsite(
      Website website, WebsiteMatch match) {
    Arguments.present("website", website);
    Arguments.present("match", match);
    return runner.run("find by website", useCases.findByWebsite().plan(owner, website, match));
  }

  @Override
  public AsyncVaultBatch batch() {
    return new FutureVaultBatch(useCases, runner, actors, owner);
  }

  @Override
  public CompletableFuture<Page<CredentialSummary>> filter(
      CredentialFilter filter, PageRequest page) {
    Arguments.present("filter", filter);
    Arguments.present("page", page);
    return runner.run("filter", useCases.filterCredentials().plan(owner, filter, page));
  }

  @Override
  public CompletableFuture<List<SearchHit>> search(SearchQuery query) {
    Arguments.present("query", query);
    return runner.run("search", useCases.searchVault().plan(owner, query));
  }

  @Override
  public CompletableFuture<HealthReport> health(HealthOptions options) {
    Arguments.present("options", options);
    return runner.run("health", useCases.checkHealth().plan(owner, options));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "AsyncVault[" + owner + "]";
  }

  private static <T> SdkPublisher<T> publisher(
      Function<@Nullable String, CompletableFuture<Part<T>>> read) {
    SdkPublisher<Part<T>> parts =
        subscriber -> {
          SimplePublisher<Part<T>> publisher = new SimplePublisher<>();
          publisher.subscribe(subscriber);
          publish(publisher, read, null);
        };
    return parts.flatMapIterable(Part::items);
  }

  /** Reads one part ahead: the next one when the one before was taken. */
  @SuppressWarnings("FutureReturnValueIgnored") // the publisher hears of every failure
  private static <T> void publish(
      SimplePublisher<Part<T>> publisher,
      Function<@Nullable String, CompletableFuture<Part<T>>> read,
      @Nullable String after) {
    read.apply(after)
        .whenComplete(
            (part, failure) -> {
              if (failure != null) {
                publisher.error(failure);
                return;
              }
              publisher
                  .send(part)
                  .whenComplete(
                      (sent, cancelled) -> {
                        if (cancelled == null && part.next() != null) {
                          publish(publisher, read, part.next());
                        } else if (cancelled == null) {
                          publisher.complete();
                        }
                      });
            });
  }
}
