package io.ezypass.testkit.kms;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;

/** Finds the operation for a request of one region, and runs it under control. Thread safe. */
final class KmsBackend {
  private final KmsOperations operations;
  private final CallControl control;

  /** Serves one region of the keyring's account. */
  KmsBackend(Keyring keyring, SecureRandom random, String region, CallControl control) {
    this.operations = new KmsOperations(keyring, random, region);
    this.control = control;
  }

  /**
   * The call that answers a request, not yet run.
   *
   * @throws UnsupportedOperationException if this is none of the actions served
   */
  Supplier<KmsResponse> prepare(KmsRequest request) {
    if (request instanceof GenerateDataKeyRequest r) {
      return call(
          KmsAction.GENERATE_DATA_KEY,
          r.keyId(),
          r.encryptionContext(),
          r.grantTokens(),
          r,
          () -> operations.generateDataKey(r));
    }
    if (request instanceof GenerateDataKeyWithoutPlaintextRequest r) {
      return call(
          KmsAction.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,
          r.keyId(),
          r.encryptionContext(),
          r.grantTokens(),
          r,
          () -> operations.generateDataKeyWithoutPlaintext(r));
    }
    if (request instanceof EncryptRequest r) {
      return call(
          KmsAction.ENCRYPT,
          r.keyId(),
          r.encryptionContext(),
          r.grantTokens(),
          r,
          () -> operations.encrypt(r));
    }
    if (request instanceof DecryptRequest r) {
      return call(
          KmsAction.DECRYPT,
          r.keyId(),
          r.encryptionContext(),
          r.grantTokens(),
          r,
          () -> operations.decrypt(r));
    }
    if (request instanceof ReEncryptRequest r) {
      return call(
          KmsAction.RE_ENCRYPT,
          r.destinationKeyId(),
          r.destinationEncryptionContext(),
          r.grantTokens(),
          r,
          () -> operations.reEncrypt(r));
    }
    if (request instanceof DescribeKeyRequest r) {
      return call(
          KmsAction.DESCRIBE_KEY,
          r.keyId(),
          Map.of(),
          r.grantTokens(),
          r,
          () -> operations.describeKey(r));
    }
    throw unsupported(request.getClass().getSimpleName());
  }

  static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException(
        "FakeKms does not serve " + what + "; it serves the actions of KmsAction");
  }

  private Supplier<KmsResponse> call(
      KmsAction action,
      @Nullable String keyId,
      Map<String, String> encryptionContext,
      List<String> grantTokens,
      KmsRequest request,
      Supplier<KmsResponse> operation) {
    KmsCall call = new KmsCall(action, keyId, encryptionContext, grantTokens, request);
    return () -> control.run(call, operation);
  }
}
