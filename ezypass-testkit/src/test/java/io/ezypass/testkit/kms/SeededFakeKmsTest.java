package io.ezypass.testkit.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** What two fakes of one seed have in common, and what they do not. */
class SeededFakeKmsTest {
  private static final Map<String, String> CONTEXT = Map.of("user", "u1");
  private static final String STORED =
      "ASRtcmstN2I5NTViMGIyY2UyZTdjNzUyYjk1Y2RiNzBjNGFhMTD3ltvpeJ0kGaLs0VST0vXBHcSUUgCmjnBi99DFnYDYWCTDThdC7b8vU1xs";

  @Test
  void sameCallsInTheSameOrderMakeTheSameKeys() {
    FakeKms one = FakeKms.seeded(7);
    FakeKms other = FakeKms.seeded(7);

    for (int i = 0; i < 3; i++) {
      assertThat(one.createKey()).isEqualTo(other.createKey());
      assertThat(one.createMultiRegionKey()).isEqualTo(other.createMultiRegionKey());
    }
    assertThat(IntStream.range(0, 100).mapToObj(i -> one.createKey())).doesNotHaveDuplicates();
  }

  @Test
  void whatOneEncryptedTheOtherOpens() {
    FakeKms one = FakeKms.seeded(7);
    FakeKms other = FakeKms.seeded(7);
    String first = one.createKey();
    String second = one.createKey();
    GenerateDataKeyResponse made = dataKey(one, second);

    assertThatThrownBy(() -> decrypt(other, second, made.ciphertextBlob()))
        .isInstanceOf(NotFoundException.class);
    other.createKey();
    other.createKey();
    assertThat(decrypt(other, second, made.ciphertextBlob())).isEqualTo(made.plaintext());
    assertThat(decrypt(other, first, dataKey(one, first).ciphertextBlob())).isNotNull();
  }

  @Test
  void dataKeysAndCiphertextAreNotRepeated() {
    FakeKms one = FakeKms.seeded(7);
    FakeKms other = FakeKms.seeded(7);
    GenerateDataKeyResponse made = dataKey(one, one.createKey());
    GenerateDataKeyResponse madeByOther = dataKey(other, other.createKey());

    assertThat(made.plaintext()).isNotEqualTo(madeByOther.plaintext());
    assertThat(made.ciphertextBlob()).isNotEqualTo(madeByOther.ciphertextBlob());
  }

  @Test
  void anotherSeedMakesOtherKeys() {
    FakeKms one = FakeKms.seeded(7);
    FakeKms other = FakeKms.seeded(8);
    String key = one.createKey();
    GenerateDataKeyResponse made = dataKey(one, key);

    assertThat(other.createKey()).isNotEqualTo(key);
    assertThatThrownBy(() -> decrypt(other, null, made.ciphertextBlob()))
        .isInstanceOf(InvalidCiphertextException.class);
    assertThat(FakeKms.create().createKey()).isNotEqualTo(FakeKms.create().createKey());
  }

  /** Stored tables depend on these bytes: they never change. */
  @Test
  void keysAreThoseOfEveryVersion() {
    FakeKms kms = FakeKms.seeded(1);

    assertThat(kms.createKey()).endsWith(":key/33a21403-77a6-5262-d509-9341a21cc6a6");
    String key = kms.createMultiRegionKey();
    assertThat(key)
        .isEqualTo(
            "arn:aws:kms:us-east-1:123456789012:key/" + "mrk-7b955b0b2ce2e7c752b95cdb70c4aa10");
    SdkBytes stored = SdkBytes.fromByteArray(Base64.getDecoder().decode(STORED));
    assertThat(decrypt(kms, key, stored).asUtf8String()).isEqualTo("stored in 0.1.0");
  }

  private static GenerateDataKeyResponse dataKey(FakeKms kms, String key) {
    return kms.client()
        .generateDataKey(r -> r.keyId(key).keySpec(DataKeySpec.AES_256).encryptionContext(CONTEXT));
  }

  private static SdkBytes decrypt(FakeKms kms, @Nullable String key, SdkBytes sealed) {
    return kms.client()
        .decrypt(r -> r.keyId(key).ciphertextBlob(sealed).encryptionContext(CONTEXT))
        .plaintext();
  }
}
