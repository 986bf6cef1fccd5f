package io.ezypass.testkit.kms;

import java.net.ConnectException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kms.model.DependencyTimeoutException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.LimitExceededException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/**
 * The failures of AWS KMS as the SDK reports them: same class, error code, status and shape of
 * message. As on AWS, messages name key ARNs and so the account. For {@link FakeKms#failNext} and
 * for scripted clients. Stateless; each call makes a new exception.
 */
public final class KmsErrors {
  private static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

  private KmsErrors() {}

  /**
   * The caller's identity may not do this.
   *
   * @param action what is denied
   * @return a new exception
   */
  public static KmsException accessDenied(KmsAction action) {
    String message =
        "User: arn:aws:sts::123456789012:assumed-role/test/session is not authorized to perform: "
            + "kms:"
            + action.operationName()
            + " because no identity-based policy allows the action";
    return generic("AccessDeniedException", message);
  }

  /**
   * Too many requests in this account and region.
   *
   * @return a new exception
   */
  public static KmsException throttled() {
    String message =
        "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.";
    return generic("ThrottlingException", message);
  }

  /**
   * A quota of the account is exhausted.
   *
   * @return a new exception
   */
  public static LimitExceededException limitExceeded() {
    return filled(
            LimitExceededException.builder(),
            "LimitExceededException",
            "A quota was exceeded.",
            400)
        .build();
  }

  /**
   * A request that breaks a constraint of the API.
   *
   * @param message which constraint
   * @return a new exception
   */
  public static KmsException validation(String message) {
    return generic("ValidationException", message);
  }

  /**
   * No such key or alias; {@code message} is AWS's own text for the case.
   *
   * @param message AWS's text for the case
   * @return a new exception
   */
  public static NotFoundException notFound(String message) {
    return filled(NotFoundException.builder(), "NotFoundException", message, 400).build();
  }

  /**
   * The key is disabled.
   *
   * @param keyArn the key's ARN
   * @return a new exception
   */
  public static DisabledException disabled(String keyArn) {
    return filled(DisabledException.builder(), "DisabledException", keyArn + " is disabled.", 400)
        .build();
  }

  /**
   * The key is in a state that does not allow the action, such as waiting for its deletion.
   *
   * @param keyArn the key's ARN
   * @return a new exception
   */
  public static KmsInvalidStateException invalidState(String keyArn) {
    return filled(
            KmsInvalidStateException.builder(),
            "KMSInvalidStateException",
            keyArn + " is pending deletion.",
            400)
        .build();
  }

  /**
   * Wrong encryption context, altered or unknown ciphertext; AWS gives no message with it.
   *
   * @return a new exception
   */
  public static InvalidCiphertextException invalidCiphertext() {
    return filled(InvalidCiphertextException.builder(), "InvalidCiphertextException", "null", 400)
        .build();
  }

  /**
   * The key named in the request is not the one that encrypted the ciphertext.
   *
   * @return a new exception
   */
  public static IncorrectKeyException incorrectKey() {
    return filled(
            IncorrectKeyException.builder(),
            "IncorrectKeyException",
            "The key ID in the request does not identify a CMK that can perform this operation.",
            400)
        .build();
  }

  /**
   * AWS KMS failed inside.
   *
   * @return a new exception
   */
  public static KmsInternalException internalError() {
    return filled(KmsInternalException.builder(), "KMSInternalException", "Internal failure.", 500)
        .build();
  }

  /**
   * Something that AWS KMS depends on timed out.
   *
   * @return a new exception
   */
  public static DependencyTimeoutException dependencyTimeout() {
    return filled(
            DependencyTimeoutException.builder(),
            "DependencyTimeoutException",
            "The system timed out while trying to fulfill the request.",
            503)
        .build();
  }

  /**
   * No connection: the request was never answered.
   *
   * @return a new exception
   */
  public static SdkClientException unreachable() {
    return SdkClientException.create(
        "Unable to execute HTTP request: Connect to kms failed",
        new ConnectException("Connection refused"));
  }

  private static KmsException generic(String errorCode, String message) {
    return (KmsException) filled(KmsException.builder(), errorCode, message, 400).build();
  }

  private static <B extends KmsException.Builder> B filled(
      B builder, String errorCode, String message, int statusCode) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .serviceName("Kms")
            .errorCode(errorCode)
            .errorMessage(message)
            .sdkHttpResponse(SdkHttpResponse.builder().statusCode(statusCode).build())
            .build();
    builder.awsErrorDetails(details);
    builder.message(message);
    builder.requestId(REQUEST_ID);
    builder.statusCode(statusCode);
    return builder;
  }
}
