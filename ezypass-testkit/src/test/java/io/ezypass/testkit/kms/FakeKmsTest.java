package io.ezypass.testkit.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** What the fake encrypts and how it names keys. */
class FakeKmsTest {
  private static final Map<String, String> CONTEXT = Map.of("user", "u1", "table", "t1");
  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("secret");

  private final FakeKms kms = FakeKms.create();
  private final String key = kms.createKey();
  private final KmsClient client = kms.client();

  @Test
  void dataKeyOpensUnderItsContextAlone() {
    GenerateDataKeyResponse made = client.generateDataKey(dataKeyRequest().build());

    assertThat(made.keyId()).isEqualTo(key);
    assertThat(made.plaintext().asByteArray()).hasSize(32);
    assertThat(contains(made.ciphertextBlob().asByteArray(), made.plaintext().asByteArray()))
        .isFalse();
    DecryptResponse opened = decrypt(key, made.ciphertextBlob(), Map.copyOf(CONTEXT));
    assertThat(opened.plaintext()).isEqualTo(made.plaintext());
    assertThat(opened.keyId()).isEqualTo(key);
    for (Map<String, String> other :
        List.of(
            Map.<String, String>of(),
            Map.of("user", "u1"),
            Map.of("user", "u2", "table", "t1"),
            Map.of("user", "u1", "table", "t1", "more", "x"))) {
      assertThatThrownBy(() -> decrypt(key, made.ciphertextBlob(), other))
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void asyncClientServesTheSameKeys() {
    GenerateDataKeyResponse made =
        kms.asyncClient().generateDataKey(dataKeyRequest().build()).join();

    assertThat(decrypt(key, made.ciphertextBlob(), CONTEXT).plaintext())
        .isEqualTo(made.plaintext());
  }

  @Test
  void contextIsNotAmbiguous() {
    SdkBytes sealed = encrypt(key, Map.of("a", "bc"));

    assertThatThrownBy(() -> decrypt(key, sealed, Map.of("ab", "c")))
        .isInstanceOf(InvalidCiphertextException.class);
  }

  @Test
  void everyAlteredByteIsNoticed() {
    byte[] sealed = encrypt(key, CONTEXT).asByteArray();

    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> decrypt(key, SdkBytes.fromByteArray(altered), CONTEXT))
          .as("byte %d", i)
          .isInstanceOf(InvalidCiphertextException.class);
    }
    for (int length = 0; length < sealed.length; length++) {
      SdkBytes cut = SdkBytes.fromByteArray(Arrays.copyOf(sealed, length));
      assertThatThrownBy(() -> decrypt(null, cut, CONTEXT))
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void samePlaintextNeverLooksTheSame() {
    assertThat(encrypt(key, CONTEXT)).isNotEqualTo(encrypt(key, CONTEXT));
  }

  @Test
  void keyIsFoundByIdArnAliasAndAliasArn() {
    kms.createAlias("alias/vault", key);
    String id = key.substring(key.lastIndexOf('/') + 1);
    String aliasArn = "arn:aws:kms:us-east-1:" + FakeKms.ACCOUNT_ID + ":alias/vault";

    for (String identifier : List.of(id, key, "alias/vault", aliasArn)) {
      SdkBytes sealed = encrypt(identifier, CONTEXT);
      assertThat(decrypt(identifier, sealed, CONTEXT).keyId()).isEqualTo(key);
      assertThat(describe(identifier).arn()).isEqualTo(key);
    }
    assertThat(decrypt(null, encrypt(id, CONTEXT), CONTEXT).plaintext()).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alias/other",
        "nonsense",
        "arn:aws:kms:us-east-1:123456789012:key/nonsense",
        "arn:aws:kms:eu-west-1:123456789012:alias/vault",
        "arn:aws:kms:us-east-1:210987654321:alias/vault"
      })
  void unknownKeyIsNotFound(String identifier) {
    kms.createAlias("alias/vault", key);

    assertThatThrownBy(() -> encrypt(identifier, CONTEXT))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotFoundException");
            });
  }

  @Test
  void aliasCanBePointedElsewhere() {
    String other = kms.createKey();
    kms.createAlias("alias/vault", key);
    SdkBytes sealed = encrypt("alias/vault", CONTEXT);

    kms.updateAlias("alias/vault", other);

    assertThat(describe("alias/vault").arn()).isEqualTo(other);
    assertThatThrownBy(() -> decrypt("alias/vault", sealed, CONTEXT))
        .isInstanceOf(IncorrectKeyException.class);
    assertThat(decrypt(key, sealed, CONTEXT).plaintext()).isEqualTo(SECRET);
  }

  @Test
  void reEncryptChangesKeyAndContext() {
    String other = kms.createKey();
    ReEncryptResponse moved =
        client.reEncrypt(
            ReEncryptRequest.builder()
                .ciphertextBlob(encrypt(key, CONTEXT))
                .sourceKeyId(key)
                .sourceEncryptionContext(CONTEXT)
                .destinationKeyId(other)
                .destinationEncryptionContext(Map.of("user", "u2"))
                .build());

    assertThat(moved.sourceKeyId()).isEqualTo(key);
    assertThat(moved.keyId()).isEqualTo(other);
    assertThat(decrypt(other, moved.ciphertextBlob(), Map.of("user", "u2")).plaintext())
        .isEqualTo(SECRET);
  }

  @Test
  void replicaOpensWhatThePrimarySealed() {
    String primary = kms.createMultiRegionKey();
    String replica = kms.replicateKey(primary, Region.EU_WEST_1);
    SdkBytes sealed = encrypt(primary, CONTEXT);

    assertThat(primary).contains(":us-east-1:").contains("/mrk-");
    assertThat(replica).isEqualTo(primary.replace("us-east-1", "eu-west-1"));
    DecryptRequest request = decryptRequest(replica, sealed, CONTEXT);
    assertThat(kms.client(Region.EU_WEST_1).decrypt(request).keyId()).isEqualTo(replica);
    assertThatThrownBy(() -> client.decrypt(request)).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> kms.replicateKey(key, Region.EU_WEST_1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsAreThoseOfAws() {
    for (int bytes : new int[] {1, 1024}) {
      assertThat(
              client
                  .generateDataKey(r -> r.keyId(key).numberOfBytes(bytes))
                  .plaintext()
                  .asByteArray())
          .hasSize(bytes);
    }
    assertThat(encrypt(new byte[4096])).isNotNull();
    assertInvalid(() -> client.generateDataKey(r -> r.keyId(key).numberOfBytes(0)));
    assertInvalid(() -> client.generateDataKey(r -> r.keyId(key).numberOfBytes(1025)));
    assertInvalid(() -> client.generateDataKey(r -> r.keyId(key)));
    assertInvalid(
        () ->
            client.generateDataKey(
                r -> r.keyId(key).keySpec(DataKeySpec.AES_256).numberOfBytes(32)));
    assertInvalid(() -> encrypt(new byte[4097]));
    assertInvalid(() -> encrypt(new byte[0]));
    assertInvalid(() -> client.decrypt(r -> r.keyId(key)));
  }

  @Test
  void dataKeyComesWithoutPlaintextIfAsked() {
    SdkBytes sealed =
        client
            .generateDataKeyWithoutPlaintext(
                GenerateDataKeyWithoutPlaintextRequest.builder()
                    .keyId(key)
                    .keySpec(DataKeySpec.AES_128)
                    .build())
            .ciphertextBlob();

    assertThat(decrypt(key, sealed, Map.of()).plaintext().asByteArray()).hasSize(16);
  }

  @Test
  void describeKeyTellsWhatItIs() {
    KeyMetadata metadata = describe(kms.createMultiRegionKey());

    assertThat(metadata.keyState()).isEqualTo(KeyState.ENABLED);
    assertThat(metadata.enabled()).isTrue();
    assertThat(metadata.multiRegion()).isTrue();
    assertThat(metadata.awsAccountId()).isEqualTo(FakeKms.ACCOUNT_ID);
    assertThat(metadata.arn()).endsWith("/" + metadata.keyId());
  }

  @Test
  void regionAndAccountAreConfigurable() {
    assertThat(FakeKms.create(Region.EU_CENTRAL_1, "111122223333").createKey())
        .startsWith("arn:aws:kms:eu-central-1:111122223333:key/");
  }

  @Test
  void sameRandomnessGivesTheSameBytes() {
    assertThat(sealedWith(new Repeatable())).isEqualTo(sealedWith(new Repeatable()));
  }

  @Test
  void nothingShowsAKey() {
    byte[] zeros = new byte[32];
    SecretKeySpec secret = new SecretKeySpec(zeros, "AES");
    KmsKey internal = new KmsKey(key, "id", false, secret, Instant.EPOCH, KeyState.ENABLED);

    assertThat(internal.toString()).isEqualTo("KmsKey[" + key + ", Enabled]");
    assertThat(kms.toString()).isEqualTo("FakeKms[us-east-1, 123456789012, 1 keys]");
    assertThat(client.toString()).isEqualTo("FakeKmsClient");
  }

  private static SdkBytes sealedWith(SecureRandom random) {
    FakeKms kms = FakeKms.create(Region.US_EAST_1, FakeKms.ACCOUNT_ID, random);
    String key = kms.createKey();
    return kms.client().encrypt(r -> r.keyId(key).plaintext(SECRET)).ciphertextBlob();
  }

  private GenerateDataKeyRequest.Builder dataKeyRequest() {
    return GenerateDataKeyRequest.builder()
        .keyId(key)
        .keySpec(DataKeySpec.AES_256)
        .encryptionContext(CONTEXT);
  }

  private static boolean contains(byte[] bytes, byte[] part) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .contains(new String(part, StandardCharsets.ISO_8859_1));
  }

  private KeyMetadata describe(String identifier) {
    return client.describeKey(r -> r.keyId(identifier)).keyMetadata();
  }

  private SdkBytes encrypt(String identifier, Map<String, String> context) {
    return client
        .encrypt(r -> r.keyId(identifier).plaintext(SECRET).encryptionContext(context))
        .ciphertextBlob();
  }

  private SdkBytes encrypt(byte[] plaintext) {
    return client
        .encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromByteArray(plaintext)))
        .ciphertextBlob();
  }

  private DecryptResponse decrypt(
      @Nullable String identifier, SdkBytes sealed, Map<String, String> context) {
    return client.decrypt(decryptRequest(identifier, sealed, context));
  }

  private static DecryptRequest decryptRequest(
      @Nullable String identifier, SdkBytes sealed, Map<String, String> context) {
    return DecryptRequest.builder()
        .keyId(identifier)
        .ciphertextBlob(sealed)
        .encryptionContext(context)
        .build();
  }

  private static void assertInvalid(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KmsException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
  }

  /** Gives the same bytes each time; SecureRandom itself never does. */
  private static final class Repeatable extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final Random random = new Random(7);

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
