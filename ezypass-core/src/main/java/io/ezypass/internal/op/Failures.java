package io.ezypass.internal.op;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.StorageUnavailableException.Reason;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VaultException;
import io.ezypass.internal.plan.Op;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Turns what the SDK throws into the library's failures. The SDK's text is dropped: it may hold
 * ARNs, account numbers and values.
 */
final class Failures {
  private static final Set<String> THROTTLED =
      Set.of(
          "ProvisionedThroughputExceededException",
          "RequestLimitExceeded",
          "ThrottlingException",
          "Throttling",
          "LimitExceededException",
          "TransactionConflictException");
  private static final Set<String> REVOKED =
      Set.of("DisabledException", "KMSInvalidStateException", "NotFoundException");
  private static final Set<String> NOT_THE_WRAPPED =
      Set.of("InvalidCiphertextException", "IncorrectKeyException");

  private Failures() {}

  /** A failed read. */
  static RuntimeException read(String operation, Throwable failure) {
    if (failure instanceof VaultException || failure instanceof AbortedException) {
      return (RuntimeException) failure;
    }
    if (failure instanceof ResourceNotFoundException) {
      return noTable();
    }
    if (failure instanceof AwsServiceException service) {
      return storage(reason(service), operation, failure);
    }
    return failure instanceof SdkException
        ? storage(Reason.UNREACHABLE, operation, failure)
        : unexpected(failure);
  }

  /**
   * Whether a failed write may have taken effect. It is only certain that nothing was written if
   * the one attempt that was sent was refused, or could not even be sent.
   */
  static boolean isUnknown(Throwable failure) {
    boolean certain = !wasRetried(failure) && (wasRefused(failure) || neverConnected(failure));
    return failure instanceof SdkException && !certain;
  }

  /** Whether an attempt before the one that failed may have taken effect. */
  static boolean wasRetried(Throwable failure) {
    Integer attempts = failure instanceof SdkException sdk ? sdk.numAttempts() : null;
    return attempts == null || attempts > 1;
  }

  /** Whether it is certain that DynamoDB did nothing: its only answer was a refusal. */
  static boolean wasRefused(Throwable failure) {
    return !wasRetried(failure)
        && failure instanceof AwsServiceException service
        && service.statusCode() < 500;
  }

  /** A failed KMS call. */
  static RuntimeException kms(String item, Throwable failure) {
    if (failure instanceof VaultException || failure instanceof AbortedException) {
      return (RuntimeException) failure;
    }
    String code = code(failure);
    if (NOT_THE_WRAPPED.contains(code)) {
      return new TamperedItemException(item);
    }
    if (!(failure instanceof SdkException)) {
      return unexpected(failure);
    }
    return new KeyUnavailableException(kmsReason(code));
  }

  /** Whether waiting does not help, so that keys which are still cached must go. */
  static boolean closes(Throwable failure) {
    String code = code(failure);
    return "AccessDeniedException".equals(code)
        || REVOKED.contains(code)
        || NOT_THE_WRAPPED.contains(code);
  }

  /** Whether waiting may help. */
  static boolean mayPass(RuntimeException failure) {
    if (failure instanceof StorageUnavailableException storage) {
      return storage.reason() != Reason.REFUSED;
    }
    if (failure instanceof KeyUnavailableException keys) {
      return keys.reason() == KeyUnavailableException.Reason.THROTTLED
          || keys.reason() == KeyUnavailableException.Reason.UNREACHABLE;
    }
    return failure instanceof LimitExceededException;
  }

  /** What a loop of transactions that others keep winning ends with. */
  static StorageUnavailableException contended() {
    return contended(Op.TRANSACT_WRITE.name());
  }

  /** What a loop that others keep winning ends with. */
  static StorageUnavailableException contended(String operation) {
    return new StorageUnavailableException(Reason.THROTTLED, operation, "too many rounds");
  }

  static NotInitialisedException noTable() {
    return new NotInitialisedException(
        "The table does not exist. Create it with VaultAdmin, or correct its name.");
  }

  private static KeyUnavailableException.Reason kmsReason(String code) {
    if ("AccessDeniedException".equals(code)) {
      return KeyUnavailableException.Reason.DENIED;
    }
    if (REVOKED.contains(code)) {
      return KeyUnavailableException.Reason.REVOKED;
    }
    return THROTTLED.contains(code)
        ? KeyUnavailableException.Reason.THROTTLED
        : KeyUnavailableException.Reason.UNREACHABLE;
  }

  private static Reason reason(AwsServiceException failure) {
    if (THROTTLED.contains(code(failure)) || failure.isThrottlingException()) {
      return Reason.THROTTLED;
    }
    return failure.statusCode() >= 500 ? Reason.UNREACHABLE : Reason.REFUSED;
  }

  private static StorageUnavailableException storage(
      Reason reason, String operation, Throwable failure) {
    return new StorageUnavailableException(reason, operation, failure.getClass().getSimpleName());
  }

  private static boolean neverConnected(Throwable failure) {
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      if (t instanceof ConnectException || t instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static String code(@Nullable Throwable failure) {
    if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String code = service.awsErrorDetails().errorCode();
      return code == null ? "" : code;
    }
    return "";
  }

  private static RuntimeException unexpected(Throwable failure) {
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("unexpected " + failure.getClass().getSimpleName());
  }
}
