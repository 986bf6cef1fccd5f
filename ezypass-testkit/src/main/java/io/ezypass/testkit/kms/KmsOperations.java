package io.ezypass.testkit.kms;

import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** What AWS KMS does with a request, as pure functions of the keyring. Thread safe. */
final class KmsOperations {
  private static final int MAX_DATA_KEY_BYTES = 1024;
  private static final int MAX_PLAINTEXT_BYTES = 4096;
  private static final EncryptionAlgorithmSpec ALGORITHM =
      EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT;

  private final Keyring keyring;
  private final SecureRandom random;
  private final String region;

  KmsOperations(Keyring keyring, SecureRandom random, String region) {
    this.keyring = keyring;
    this.random = random;
    this.region = region;
  }

  GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    byte[] plaintext = dataKey(request.keySpec(), request.numberOfBytes());
    KmsKey key = keyring.resolve(region, request.keyId()).usable();
    return GenerateDataKeyResponse.builder()
        .keyId(key.arn())
        .plaintext(SdkBytes.fromByteArray(plaintext))
        .ciphertextBlob(encrypt(key, request.encryptionContext(), plaintext))
        .build();
  }

  GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
      GenerateDataKeyWithoutPlaintextRequest request) {
    byte[] plaintext = dataKey(request.keySpec(), request.numberOfBytes());
    KmsKey key = keyring.resolve(region, request.keyId()).usable();
    return GenerateDataKeyWithoutPlaintextResponse.builder()
        .keyId(key.arn())
        .ciphertextBlob(encrypt(key, request.encryptionContext(), plaintext))
        .build();
  }

  EncryptResponse encrypt(EncryptRequest request) {
    SdkBytes plaintext = request.plaintext();
    int length = plaintext == null ? 0 : plaintext.asByteArrayUnsafe().length;
    if (plaintext == null || length < 1 || length > MAX_PLAINTEXT_BYTES) {
      throw KmsErrors.validation(
          "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: "
              + "Member must have length between 1 and 4096");
    }
    checkAlgorithm(request.encryptionAlgorithm());
    KmsKey key = keyring.resolve(region, request.keyId()).usable();
    return EncryptResponse.builder()
        .keyId(key.arn())
        .ciphertextBlob(encrypt(key, request.encryptionContext(), plaintext.asByteArray()))
        .encryptionAlgorithm(ALGORITHM)
        .build();
  }

  DecryptResponse decrypt(DecryptRequest request) {
    checkAlgorithm(request.encryptionAlgorithm());
    Opened opened = open(request.keyId(), request.ciphertextBlob(), request.encryptionContext());
    return DecryptResponse.builder()
        .keyId(opened.keyArn())
        .plaintext(opened.plaintext())
        .encryptionAlgorithm(ALGORITHM)
        .build();
  }

  ReEncryptResponse reEncrypt(ReEncryptRequest request) {
    checkAlgorithm(request.sourceEncryptionAlgorithm());
    checkAlgorithm(request.destinationEncryptionAlgorithm());
    Opened opened =
        open(request.sourceKeyId(), request.ciphertextBlob(), request.sourceEncryptionContext());
    KmsKey key = keyring.resolve(region, request.destinationKeyId()).usable();
    return ReEncryptResponse.builder()
        .sourceKeyId(opened.keyArn())
        .keyId(key.arn())
        .ciphertextBlob(
            encrypt(key, request.destinationEncryptionContext(), opened.plaintext().asByteArray()))
        .sourceEncryptionAlgorithm(ALGORITHM)
        .destinationEncryptionAlgorithm(ALGORITHM)
        .build();
  }

  DescribeKeyResponse describeKey(DescribeKeyRequest request) {
    KmsKey key = keyring.resolve(region, request.keyId());
    KeyMetadata metadata =
        KeyMetadata.builder()
            .awsAccountId(keyring.accountId())
            .keyId(key.id())
            .arn(key.arn())
            .creationDate(key.created())
            .enabled(key.state() == KeyState.ENABLED)
            .keyState(key.state())
            .keyUsage(KeyUsageType.ENCRYPT_DECRYPT)
            .keySpec(KeySpec.SYMMETRIC_DEFAULT)
            .encryptionAlgorithms(ALGORITHM)
            .keyManager(KeyManagerType.CUSTOMER)
            .origin(OriginType.AWS_KMS)
            .multiRegion(key.multiRegion())
            .build();
    return DescribeKeyResponse.builder().keyMetadata(metadata).build();
  }

  private Opened open(
      @Nullable String keyId, @Nullable SdkBytes ciphertext, Map<String, String> context) {
    if (ciphertext == null) {
      throw KmsErrors.validation(
          "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy "
              + "constraint: Member must not be null");
    }
    KmsKey named = keyId == null ? null : keyring.resolve(region, keyId);
    CiphertextBlob blob = CiphertextBlob.parse(ciphertext);
    if (!keyring.hasIssued(blob.keyId())) {
      throw KmsErrors.invalidCiphertext();
    }
    if (named != null && !named.id().equals(blob.keyId())) {
      throw KmsErrors.incorrectKey();
    }
    KmsKey key = (named != null ? named : keyring.resolve(region, blob.keyId())).usable();
    byte[] plaintext = blob.decrypt(key.secret(), context);
    return new Opened(key.arn(), SdkBytes.fromByteArrayUnsafe(plaintext));
  }

  private SdkBytes encrypt(KmsKey key, Map<String, String> context, byte[] plaintext) {
    return CiphertextBlob.encrypt(key.id(), key.secret(), context, plaintext, random);
  }

  private byte[] dataKey(@Nullable DataKeySpec spec, @Nullable Integer numberOfBytes) {
    if ((spec == null) == (numberOfBytes == null)) {
      throw KmsErrors.validation("Please specify either number of bytes or key spec.");
    }
    byte[] bytes = new byte[spec != null ? length(spec) : checked(numberOfBytes)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int length(DataKeySpec spec) {
    return switch (spec) {
      case AES_256 -> 32;
      case AES_128 -> 16;
      default -> throw KmsErrors.validation("Value at 'keySpec' failed to satisfy constraint");
    };
  }

  private static int checked(@Nullable Integer numberOfBytes) {
    if (numberOfBytes == null || numberOfBytes < 1 || numberOfBytes > MAX_DATA_KEY_BYTES) {
      throw KmsErrors.validation(
          "1 validation error detected: Value at 'numberOfBytes' failed to satisfy constraint: "
              + "Member must have value between 1 and 1024");
    }
    return numberOfBytes;
  }

  private static void checkAlgorithm(@Nullable EncryptionAlgorithmSpec algorithm) {
    if (algorithm != null && algorithm != ALGORITHM) {
      throw KmsErrors.validation("The key supports SYMMETRIC_DEFAULT only.");
    }
  }

  private record Opened(String keyArn, SdkBytes plaintext) {
    /** Leaves the plaintext out. */
    @Override
    public String toString() {
      return "Opened[" + keyArn + "]";
    }
  }
}
