package io.ezypass;

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

/**
 * The async twin of {@link Vault}: the same promises, costs and failures, method by method. Bad
 * arguments are thrown at once; every other failure completes the future, or ends the publisher,
 * with the {@link io.ezypass.error.VaultException} that the twin throws.
 *
 * <p>Thread safe. Nothing blocks the calling thread.
 */
public interface AsyncVault {
  /**
   * Whose vault it is. See {@link Vault#owner}.
   *
   * @return the owner
   */
  UserId owner();

  /**
   * Adds a credential. See {@link Vault#add}.
   *
   * @param content what the user wrote
   * @return the credential, version 1
   */
  CompletableFuture<Credential> add(CredentialContent content);

  /**
   * Reads a credential whole. See {@link Vault#get}.
   *
   * @param id which one
   * @return the credential with its secrets
   */
  CompletableFuture<Credential> get(CredentialId id);

  /**
   * Replaces the content of a credential; the id stays, also when the website changes. See {@link
   * Vault#update}.
   *
   * @param id which one
   * @param seenVersion the version that the caller read
   * @param content the whole new content
   * @return the credential with the next version
   */
  CompletableFuture<Credential> update(
      CredentialId id, long seenVersion, CredentialContent content);

  /**
   * Reads a credential, changes it, and writes it with the version read; on a conflict it starts
   * again, at most eight rounds in all. See {@link Vault#edit}.
   *
   * @param id which one
   * @param change gets the stored content, whose secrets are wiped afterwards, and returns the new
   *     one
   * @return the credential with the next version
   */
  CompletableFuture<Credential> edit(CredentialId id, UnaryOperator<CredentialContent> change);

  /**
   * Deletes a credential. See {@link Vault#delete}.
   *
   * @param id which one
   * @param seenVersion the version that the caller read
   * @return completes when it is done
   */
  CompletableFuture<Void> delete(CredentialId id, long seenVersion);

  /**
   * The earlier versions of its credentials. See {@link Vault#history}.
   *
   * @return a view; cheap to make
   */
  AsyncVaultHistory history();

  /**
   * Its deleted credentials. See {@link Vault#trash}.
   *
   * @return a view; cheap to make
   */
  AsyncVaultTrash trash();

  /**
   * Who else may open its credentials, and what others share with its owner.
   *
   * @return a view; cheap to make
   */
  AsyncVaultSharing sharing();

  /**
   * What was written, when and by whom, where {@link io.ezypass.model.AuditPolicy} asks for it.
   *
   * @return a view; cheap to make
   */
  AsyncVaultAudit audit();

  /**
   * Opens the whole vault: every credential, no secret. See {@link Vault#open}.
   *
   * @return all summaries, in no useful order
   */
  CompletableFuture<List<CredentialSummary>> open();

  /**
   * Lists one page. See {@link Vault#list}.
   *
   * @param page which page
   * @return summaries and the token of the next page
   */
  CompletableFuture<Page<CredentialSummary>> list(PageRequest page);

  /**
   * Streams all summaries, reading on as they are consumed. See {@link Vault#summaries}.
   *
   * @return a publisher; nothing is sent before it is subscribed to
   */
  SdkPublisher<CredentialSummary> summaries();

  /**
   * Streams all credentials with their secrets, for export. See {@link Vault#credentials}.
   *
   * @return a publisher; nothing is sent before it is subscribed to
   */
  SdkPublisher<Credential> credentials();

  /**
   * Finds credentials by website. See {@link Vault#findByWebsite}.
   *
   * @param website where they are used
   * @param match whether parent domains count
   * @return the summaries, the website itself first, then its parents, nearest first
   */
  CompletableFuture<List<CredentialSummary>> findByWebsite(Website website, WebsiteMatch match);

  /**
   * The view for many credentials in one call. Costs nothing. See {@link Vault#batch}.
   *
   * @return the view
   */
  AsyncVaultBatch batch();

  /**
   * Lists one page of the credentials that pass a filter. See {@link Vault#filter}.
   *
   * @param filter which ones
   * @param page which page
   * @return summaries and the token of the next page
   */
  CompletableFuture<Page<CredentialSummary>> filter(CredentialFilter filter, PageRequest page);

  /**
   * Searches the vault. See {@link Vault#search}.
   *
   * @param query what to look for
   * @return the best hits, best first
   */
  CompletableFuture<List<SearchHit>> search(SearchQuery query);

  /**
   * Looks for passwords that are reused, weak or old. See {@link Vault#health}. The estimator is
   * called where the SDK completes its futures, and holds up what else completes there.
   *
   * @param options what to look for
   * @return what was found, in ids; a score outside of 0 to 4, and what the estimator throws, fail
   *     the future
   */
  CompletableFuture<HealthReport> health(HealthOptions options);
}
