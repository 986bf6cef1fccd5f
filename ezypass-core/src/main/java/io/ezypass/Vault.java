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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The credentials of one user. All reads are strongly consistent. Costs and common failures are
 * counted as in {@link VaultRepository}; every method may also throw {@link
 * io.ezypass.error.UserNotFoundException}.
 *
 * <p>Thread safe.
 */
public interface Vault {
  /**
   * Whose vault it is.
   *
   * @return the owner
   */
  UserId owner();

  /**
   * Adds a credential. The same login twice on one website is allowed. Costs 1 PutItem warm, or 1
   * TransactWriteItems if it has a {@code rotateBy} ({@link VaultRepository#due()}); GetItem, 1 KMS
   * call and that write cold.
   *
   * @param content what the user wrote; its secrets are copied
   * @return the credential, version 1
   * @throws io.ezypass.error.LimitExceededException if the item would be over 400 KB; nothing was
   *     written
   */
  Credential add(CredentialContent content);

  /**
   * Reads a credential whole. Costs 1 GetItem warm, 1 BatchGetItem and 1 KMS call cold; one GetItem
   * more once its website has changed.
   *
   * @param id which one
   * @return the credential with its secrets
   * @throws io.ezypass.error.CredentialNotFoundException if this vault has none with that id
   */
  Credential get(CredentialId id);

  /**
   * Replaces the content of a credential; the id stays, also when the website changes. Costs 1
   * GetItem and 1 PutItem warm; cold a BatchGetItem and 1 KMS call replace the GetItem; one GetItem
   * more once it has moved. A TransactWriteItems replaces the PutItem where other rows change:
   * where the website changes, where a revision is kept or given up ({@link
   * io.ezypass.model.RevisionPolicy}), where {@code rotateBy} changes, and where the expiry changes
   * of one that has moved, has revisions, or is due.
   *
   * @param id which one
   * @param seenVersion the version that the caller read, at least 1
   * @param content the whole new content; its secrets are copied
   * @return the credential with the next version
   * @throws io.ezypass.error.CredentialNotFoundException if this vault has none with that id;
   *     nothing was written
   * @throws io.ezypass.error.VersionConflictException if the stored version is another one; nothing
   *     was written
   */
  Credential update(CredentialId id, long seenVersion, CredentialContent content);

  /**
   * Reads a credential, changes it, and writes it with the version read; on a conflict it starts
   * again, at most eight rounds in all. Costs as {@link #update} per round.
   *
   * @param id which one
   * @param change gets the stored content, whose secrets are wiped afterwards, and returns the new
   *     one; it may be called several times
   * @return the credential with the next version
   * @throws io.ezypass.error.CredentialNotFoundException if this vault has none with that id;
   *     nothing was written
   * @throws io.ezypass.error.VersionConflictException if others won every round; nothing was
   *     written
   */
  Credential edit(CredentialId id, UnaryOperator<CredentialContent> change);

  /**
   * Deletes a credential: into the {@linkplain #trash() trash}, as the next version, unless {@link
   * io.ezypass.model.TrashPolicy} has none. Deleting what is already gone, or past its expiry, is a
   * success whichever version is named. Costs 1 GetItem and 1 TransactWriteItems warm, one GetItem
   * more once it has moved; cold a BatchGetItem and 1 KMS call replace the first GetItem.
   *
   * <p>Without a trash it is deleted for good, with its revisions, and no key is needed, unless
   * there is an audit trail ({@link io.ezypass.model.AuditPolicy}): 1 Query and 1 DeleteItem, with
   * a TransactWriteItems in place of the DeleteItem if it has revisions, and after it if the
   * website had changed.
   *
   * @param id which one
   * @param seenVersion the version that the caller read, at least 1
   * @throws io.ezypass.error.VersionConflictException if the stored version is another one; nothing
   *     was deleted
   */
  void delete(CredentialId id, long seenVersion);

  /**
   * The earlier versions of its credentials.
   *
   * @return a view; cheap to make
   */
  VaultHistory history();

  /**
   * Its deleted credentials.
   *
   * @return a view; cheap to make
   */
  VaultTrash trash();

  /**
   * Who else may open its credentials, and what others share with its owner.
   *
   * @return a view; cheap to make
   */
  VaultSharing sharing();

  /**
   * What was written, when and by whom, where {@link io.ezypass.model.AuditPolicy} asks for it.
   *
   * @return a view; cheap to make
   */
  VaultAudit audit();

  /**
   * Opens the whole vault: every credential, no secret. Costs one Query per megabyte, plus 1 KMS
   * call cold, however many there are.
   *
   * @return all summaries, in no useful order
   */
  List<CredentialSummary> open();

  /**
   * Lists one page. Costs 1 Query warm; GetItem, 1 KMS call and Query cold. A credential whose
   * website changes meanwhile may be missed or seen twice.
   *
   * @param page which page
   * @return summaries and the token of the next page
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   */
  Page<CredentialSummary> list(PageRequest page);

  /**
   * Streams all summaries, reading on as they are consumed. Costs as {@link #open}. A failure is
   * thrown by the terminal operation.
   *
   * @return a sequential stream; nothing is sent before its terminal operation
   */
  Stream<CredentialSummary> summaries();

  /**
   * Streams all credentials with their secrets, for export. Costs as {@link #open}.
   *
   * @return a sequential stream; nothing is sent before its terminal operation
   */
  Stream<Credential> credentials();

  /**
   * Finds credentials by website. Costs 1 Query per website asked, plus GetItem and 1 KMS call
   * cold.
   *
   * @param website where they are used
   * @param match whether parent domains count
   * @return the summaries, the website itself first, then its parents, nearest first
   */
  List<CredentialSummary> findByWebsite(Website website, WebsiteMatch match);

  /**
   * The view for many credentials in one call. Costs nothing.
   *
   * @return the view
   */
  VaultBatch batch();

  /**
   * Lists one page of the credentials that pass a filter. It is a filter on what was decrypted, so
   * it reads what {@link #list} would: 1 Query per megabyte, until the page is full, the vault
   * ends, or 8 Queries were sent; GetItem and 1 KMS call more cold. A page may therefore be short
   * or even empty and still have a next one: go on until {@link Page#isLast}. A full page goes on
   * behind its last item, so small pages of a large vault read its rows more than once.
   *
   * @param filter which ones
   * @param page which page; a token is good for an equal filter only
   * @return summaries and the token of the next page
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list with an
   *     equal filter
   */
  Page<CredentialSummary> filter(CredentialFilter filter, PageRequest page);

  /**
   * Searches the vault in website, title, login name, tags, URLs and description, decrypting no
   * secret. Costs as {@link #open}, and keeps no more than one Query's credentials and the hits in
   * memory.
   *
   * @param query what to look for
   * @return the best hits, best first, see {@link SearchHit#BEST_FIRST}
   */
  List<SearchHit> search(SearchQuery query);

  /**
   * Looks for passwords that are reused, weak or old. It reads every credential with its secrets, a
   * page at a time, and wipes the page before it asks for the next one; of a password it keeps an
   * HMAC under a key of this call alone, until it ends. Nothing is stored. Earlier versions and the
   * trash are not looked at. Costs as {@link #open}, and the estimator's time.
   *
   * @param options what to look for; the estimator is called on the thread that runs this
   * @return what was found, in ids
   * @throws IllegalArgumentException if the estimator gives a score outside of 0 to 4. What the
   *     estimator throws is passed on as it is
   */
  HealthReport health(HealthOptions options);
}
