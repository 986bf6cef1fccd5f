package io.ezypass.internal.run;

import io.ezypass.OperationEvent.Outcome;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.BatchMismatchException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which outcome a failure is. */
final class Outcomes {
  private static final Map<Class<? extends Throwable>, Outcome> BY_TYPE =
      Map.ofEntries(
          Map.entry(UserNotFoundException.class, Outcome.NOT_FOUND),
          Map.entry(CredentialNotFoundException.class, Outcome.NOT_FOUND),
          Map.entry(RevisionNotFoundException.class, Outcome.NOT_FOUND),
          Map.entry(AlreadyExistsException.class, Outcome.ALREADY_EXISTS),
          Map.entry(AlreadySharedException.class, Outcome.ALREADY_EXISTS),
          Map.entry(BatchMismatchException.class, Outcome.ALREADY_EXISTS),
          Map.entry(VersionConflictException.class, Outcome.VERSION_CONFLICT),
          Map.entry(WriteOutcomeUnknownException.class, Outcome.OUTCOME_UNKNOWN),
          Map.entry(TamperedItemException.class, Outcome.TAMPERED),
          Map.entry(UnsupportedFormatException.class, Outcome.UNSUPPORTED_FORMAT),
          Map.entry(NotInitialisedException.class, Outcome.NOT_INITIALISED),
          Map.entry(InvalidPageTokenException.class, Outcome.INVALID_PAGE_TOKEN),
          Map.entry(LimitExceededException.class, Outcome.LIMIT_EXCEEDED));

  private Outcomes() {}

  /** The outcome; null is success. */
  static Outcome of(@Nullable Throwable failure) {
    if (failure == null) {
      return Outcome.SUCCESS;
    }
    if (failure instanceof KeyUnavailableException unavailable) {
      return key(unavailable.reason());
    }
    if (failure instanceof StorageUnavailableException unavailable) {
      return storage(unavailable.reason());
    }
    if (Loader.isInterruption(failure)) {
      return Outcome.CANCELLED;
    }
    return BY_TYPE.getOrDefault(
        failure.getClass(),
        failure instanceof IllegalArgumentException ? Outcome.INVALID_ARGUMENT : Outcome.FAILED);
  }

  private static Outcome key(KeyUnavailableException.Reason reason) {
    return switch (reason) {
      case DENIED -> Outcome.KEY_DENIED;
      case REVOKED -> Outcome.KEY_REVOKED;
      case THROTTLED -> Outcome.KEY_THROTTLED;
      case UNREACHABLE -> Outcome.KEY_UNREACHABLE;
      case NOT_ACCEPTED -> Outcome.KEY_NOT_ACCEPTED;
    };
  }

  private static Outcome storage(StorageUnavailableException.Reason reason) {
    return switch (reason) {
      case THROTTLED -> Outcome.STORAGE_THROTTLED;
      case UNREACHABLE -> Outcome.STORAGE_UNREACHABLE;
      case REFUSED -> Outcome.STORAGE_REFUSED;
    };
  }
}
