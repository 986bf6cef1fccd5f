package io.ezypass.error;

import org.jspecify.annotations.Nullable;

/**
 * Every failure that is not a bad argument. Messages name ids only: never a value, a key, an
 * account or the text of the service that failed. The {@linkplain #getCause() cause} is absent for
 * the same reason where it came from a service; its type is named in the message.
 */
public abstract sealed class VaultException extends RuntimeException
    permits AlreadyExistsException,
        AlreadySharedException,
        BatchMismatchException,
        CredentialNotFoundException,
        InvalidPageTokenException,
        KeyUnavailableException,
        LimitExceededException,
        NotInitialisedException,
        RevisionNotFoundException,
        StorageUnavailableException,
        TamperedItemException,
        UnsupportedFormatException,
        UserNotFoundException,
        VersionConflictException,
        WriteOutcomeUnknownException {
  private static final long serialVersionUID = 1L;

  VaultException(String message) {
    this(message, null);
  }

  VaultException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
