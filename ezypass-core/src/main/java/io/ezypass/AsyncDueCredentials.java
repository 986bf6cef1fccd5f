package io.ezypass;

import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The async twin of {@link DueCredentials}: the same promises, costs and failures, method by
 * method. Bad arguments are thrown at once; every other failure completes the future.
 *
 * <p>Thread safe. Nothing blocks the calling thread.
 */
public interface AsyncDueCredentials {
  /**
   * Lists one page of those with exactly this {@code rotateBy}. See {@link DueCredentials#list}.
   *
   * @param rotateBy the day
   * @param page which page
   * @return ids only, and the token of the next page
   */
  CompletableFuture<Page<DueCredential>> list(LocalDate rotateBy, PageRequest page);

  /**
   * Makes sure of one by its sealed date. See {@link DueCredentials#check}.
   *
   * @param due from the list
   * @return what the credential is now; empty if it is gone, or its date is another one
   */
  CompletableFuture<Optional<CredentialSummary>> check(DueCredential due);
}
