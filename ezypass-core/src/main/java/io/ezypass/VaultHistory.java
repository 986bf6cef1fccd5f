package io.ezypass;

import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import java.util.List;
import java.util.Set;

/**
 * The earlier versions of one vault's credentials, as far as {@link
 * io.ezypass.model.RevisionPolicy} keeps them: they are stored byte for byte, in the transaction
 * that replaces them. A credential in the trash has none to be read; restoring it brings them back.
 * Costs and common failures are counted as in {@link VaultRepository}; every method may also throw
 * {@link io.ezypass.error.UserNotFoundException}, and {@link
 * io.ezypass.error.CredentialNotFoundException} if the vault has no such credential.
 *
 * <p>Thread safe.
 */
public interface VaultHistory {
  /**
   * Lists the kept versions of a credential, without the current one. Costs as {@link Vault#get},
   * and 1 Query if there are any. No secret is decrypted.
   *
   * @param id which credential
   * @return the revisions, newest first
   */
  List<Revision> list(CredentialId id);

  /**
   * Reads one version whole. Costs as {@link Vault#get}, and 1 GetItem if it is not the current
   * one.
   *
   * @param id which credential
   * @param version which version, at least 1; may be the current one
   * @return the credential as it was, with its secrets; {@link #revert} makes it current again
   * @throws io.ezypass.error.RevisionNotFoundException if that version is not kept
   */
  Credential get(CredentialId id, long version);

  /**
   * Compares two versions by field. Costs as {@link Vault#get}, and 1 GetItem for each that is not
   * the current one.
   *
   * @param id which credential
   * @param version one version, at least 1; may be the current one
   * @param other the other
   * @return the fields in which they differ
   * @throws io.ezypass.error.RevisionNotFoundException if one of them is not kept
   */
  Set<ContentField> compare(CredentialId id, long version, long other);

  /**
   * Makes the content of an earlier version current again, as a new version: the one that it
   * replaces is kept like in every change. Costs as {@link Vault#update}, and 1 GetItem.
   *
   * @param id which credential
   * @param seenVersion the current version, which the caller read, at least 1
   * @param toVersion whose content is taken, at least 1 and earlier than the current one
   * @return the credential with the next version
   * @throws IllegalArgumentException if that content has expired; nothing was written
   * @throws io.ezypass.error.RevisionNotFoundException if that version is not kept, or is the
   *     current one; nothing was written
   * @throws io.ezypass.error.VersionConflictException if the stored version is another one than the
   *     one seen; nothing was written
   */
  Credential revert(CredentialId id, long seenVersion, long toVersion);
}
