package io.ezypass.internal.run;

import io.ezypass.Vault;
import io.ezypass.VaultAudit;
import io.ezypass.VaultBatch;
import io.ezypass.VaultHistory;
import io.ezypass.VaultSharing;
import io.ezypass.VaultTrash;
import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.internal.op.ReadVault.Part;
import io.ezypass.internal.op.UseCases;
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
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Runs the use cases of one vault on the caller's thread. */
record SyncVault(UseCases useCases, SyncRunner runner, Actors actors, UserId owner)
    implements Vault {

  @Override
  public Credential add(CredentialContent content) {
    Arguments.present("content", content);
    return runner.run("add", useCases.addCredential().plan(owner, content, actors.on(owner)));
  }

  @Override
  public Credential get(CredentialId id) {
    Arguments.present("id", id);
    return runner.run("get", useCases.getCredential().plan(owner, id));
  }

  @Override
  public Credential update(CredentialId id, long seenVersion, CredentialContent content) {
    Arguments.update("id", id, seenVersion, "content", content);
    return runner.run(
        "update",
        useCases.updateCredential().update(owner, id, seenVersion, content, actors.on(owner)));
  }

  @Override
  public Credential edit(CredentialId id, UnaryOperator<CredentialContent> change) {
    Arguments.present("id", id);
    Arguments.present("change", change);
    return runner.run(
        "edit", useCases.updateCredential().edit(owner, id, change, actors.on(owner)));
  }

  @Override
  public void delete(CredentialId id, long seenVersion) {
    Arguments.present("id", id);
    Arguments.version(seenVersion);
    runner.run(
        "delete", useCases.deleteCredential().plan(owner, id, seenVersion, actors.on(owner)));
  }

  @Override
  public VaultHistory history() {
    return new SyncVaultHistory(useCases, runner, actors, owner);
  }

  @Override
  public VaultTrash trash() {
    return new SyncVaultTrash(useCases, runner, actors, owner);
  }

  @Override
  public VaultSharing sharing() {
    return new SyncVaultSharing(useCases, runner, actors, owner);
  }

  @Override
  public VaultAudit audit() {
    return new SyncVaultAudit(useCases, runner, owner);
  }

  @Override
  public List<CredentialSummary> open() {
    return runner.run("open", useCases.readVault().all(owner));
  }

  @Override
  public Page<CredentialSummary> list(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("list", useCases.listCredentials().plan(owner, page));
  }

  @Override
  public Stream<CredentialSummary> summaries() {
    return stream(after -> runner.run("summaries", useCases.readVault().summaries(owner, after)));
  }

  @Override
  public Stream<Credential> credentials() {
    return stream(
        after -> runner.run("credentials", useCases.readVault().credentials(owner, after)));
  }

  @Override
  public List<CredentialSummary> findByWebsite(Website website, WebsiteMatch match) {
    Arguments.present("website", website);
    Arguments.present("match", match);
    return runner.run("find by website", useCases.findByWebsite().plan(owner, website, match));
  }

  @Override
  public VaultBatch batch() {
    return new SyncVaultBatch(useCases, runner, actors, owner);
  }

  @Override
  public Page<CredentialSummary> filter(CredentialFilter filter, PageRequest page) {
    Arguments.present("filter", filter);
    Arguments.present("page", page);
    return runner.run("filter", useCases.filterCredentials().plan(owner, filter, page));
  }

  @Override
  public List<SearchHit> search(SearchQuery query) {
    Arguments.present("query", query);
    return runner.run("search", useCases.searchVault().plan(owner, query));
  }

  @Override
  public HealthReport health(HealthOptions options) {
    Arguments.present("options", options);
    return runner.run("health", useCases.checkHealth().plan(owner, options));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "Vault[" + owner + "]";
  }

  private static <T> Stream<T> stream(Function<@Nullable String, Part<T>> read) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Parts<>(read), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** Reads the next part when the one before is used up. */
  private static final class Parts<T> implements Iterator<T> {
    private final Function<@Nullable String, Part<T>> read;
    private @Nullable Part<T> part;
    private Iterator<T> items = List.<T>of().iterator();

    Parts(Function<@Nullable String, Part<T>> read) {
      this.read = read;
    }

    @Override
    public boolean hasNext() {
      while (!items.hasNext()) {
        Part<T> done = part;
        if (done != null && done.next() == null) {
          return false;
        }
        Part<T> next = read.apply(done == null ? null : done.next());
        part = next;
        items = next.items().iterator();
      }
      return true;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return items.next();
    }
  }
}
