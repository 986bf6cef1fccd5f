package io.ezypass;

import io.ezypass.error.VaultException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import org.jspecify.annotations.Nullable;

/**
 * One of many credentials that were asked for: either it or why it could not be read. Closing it
 * wipes its secrets; not closing it is safe.
 *
 * @param id which one was asked for
 * @param credential the credential with its secrets; null if it could not be read
 * @param failure what reading it alone would have thrown; null if it was read
 */
public record BatchRead(
    CredentialId id, @Nullable Credential credential, @Nullable VaultException failure)
    implements AutoCloseable {

  /** Checks that it is one or the other. */
  public BatchRead {
    if (id == null) {
      throw new IllegalArgumentException("id must not be null");
    }
    if ((credential == null) == (failure == null)) {
      throw new IllegalArgumentException("a read has a credential or a failure");
    }
  }

  /**
   * The credential.
   *
   * @return what was read
   * @throws VaultException what reading it alone would have thrown
   */
  public Credential orThrow() {
    Credential read = credential;
    if (read != null) {
      return read;
    }
    throw failure == null ? new IllegalStateException("checked when it was made") : failure;
  }

  /** Wipes the secrets of the credential, if there is one. */
  @Override
  public void close() {
    if (credential != null) {
      credential.close();
    }
  }
}
