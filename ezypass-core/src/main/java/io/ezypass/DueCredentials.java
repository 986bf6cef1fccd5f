package io.ezypass;

import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The credentials of all users whose password should be changed by a day, found by that day. For
 * whoever reminds the users: it needs the table's lookup key, and no user's key to list. Costs and
 * common failures are counted as in {@link VaultRepository}.
 *
 * <p>Thread safe.
 */
public interface DueCredentials {
  /**
   * Lists one page of those with exactly this {@code rotateBy}. Costs 1 Query for each shard of the
   * due list (as many as the user directory has) that the page reads from. Credentials that change
   * meanwhile may be missed or seen twice. What is in the trash, or has ended, is not due.
   *
   * @param rotateBy the day
   * @param page which page
   * @return ids only, in no useful order, and the token of the next page; a page may be empty and
   *     have a next one
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list and day
   */
  Page<DueCredential> list(LocalDate rotateBy, PageRequest page);

  /**
   * Makes sure of one by its sealed date: whoever can write to the table could have put back a row
   * of the list. Costs as {@link Vault#get}; no secret is decrypted.
   *
   * @param due from the list
   * @return what the credential is now; empty if it is gone, or its date is another one
   * @throws io.ezypass.error.UserNotFoundException if its owner is gone
   */
  Optional<CredentialSummary> check(DueCredential due);
}
