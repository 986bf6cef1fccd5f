package io.ezypass;

import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The async twin of {@link VaultHistory}: the same promises, costs and failures, method by method.
 * Bad arguments are thrown at once; every other failure completes the future.
 *
 * <p>Thread safe. Nothing blocks the calling thread.
 */
public interface AsyncVaultHistory {
  /**
   * Lists the kept versions of a credential. See {@link VaultHistory#list}.
   *
   * @param id which credential
   * @return the revisions, newest first
   */
  CompletableFuture<List<Revision>> list(CredentialId id);

  /**
   * Reads one version whole. See {@link VaultHistory#get}.
   *
   * @param id which credential
   * @param version which version
   * @return the credential as it was, with its secrets
   */
  CompletableFuture<Credential> get(CredentialId id, long version);

  /**
   * Compares two versions by field. See {@link VaultHistory#compare}.
   *
   * @param id which credential
   * @param version one version
   * @param other the other
   * @return the fields in which they differ
   */
  CompletableFuture<Set<ContentField>> compare(CredentialId id, long version, long other);

  /**
   * Makes the content of an earlier version current again. See {@link VaultHistory#revert}.
   *
   * @param id which credential
   * @param seenVersion the current version, which the caller read
   * @param toVersion whose content is taken
   * @return the credential with the next version
   */
  CompletableFuture<Credential> revert(CredentialId id, long seenVersion, long toVersion);
}
