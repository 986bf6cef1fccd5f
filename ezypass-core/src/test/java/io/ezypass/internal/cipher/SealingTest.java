package io.ezypass.internal.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealingTest {
  private static final byte[] CONTEXT = "context".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] META = new byte[32];
  private static final byte[] SECRET = new byte[64];

  private final Key key = Key.copyOf(HexFormat.of().parseHex("0f".repeat(32)));

  @Test
  void opensWhatItSealed() throws NotAuthenticException {
    Sealing sealing = Sealing.forSealing(key, CONTEXT);
    byte[] meta = sealing.sealMeta(META);
    byte[] secret = sealing.sealSecret(SECRET);
    Sealing opening = Sealing.forOpening(key, CONTEXT, sealing.commitment());
    assertThat(opening.openMeta(meta)).isEqualTo(META);
    assertThat(opening.openSecret(secret)).isEqualTo(SECRET);
  }

  /** The construction, spelled out once more with the JDK alone. */
  @Test
  void isAes256GcmUnderKeysFromHkdfExpand() throws Exception {
    byte[] info = "ezypass/1/sealcontext".getBytes(StandardCharsets.US_ASCII);
    byte[] derived = Hmac.expand(key, info, 96);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(Arrays.copyOf(derived, 32), "AES"),
        new GCMParameterSpec(128, new byte[12]));
    cipher.updateAAD("contextm".getBytes(StandardCharsets.US_ASCII));
    Sealing sealing = Sealing.forSealing(key, CONTEXT);
    assertThat(sealing.sealMeta(META)).isEqualTo(cipher.doFinal(META));
    assertThat(sealing.commitment()).isEqualTo(Arrays.copyOfRange(derived, 64, 96));
  }

  @Test
  void everyFlippedBitIsRefused() throws NotAuthenticException {
    Sealing sealing = Sealing.forSealing(key, CONTEXT);
    byte[] sealed = sealing.sealMeta(META);
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThatThrownBy(() -> sealing.openMeta(flipped)).isInstanceOf(NotAuthenticException.class);
    }
    assertThat(sealing.openMeta(sealed)).isEqualTo(META);
  }

  @Test
  void everyTruncationIsRefused() {
    Sealing sealing = Sealing.forSealing(key, CONTEXT);
    byte[] sealed = sealing.sealMeta(META);
    for (int length = 0; length < sealed.length; length++) {
      byte[] cut = Arrays.copyOf(sealed, length);
      assertThatThrownBy(() -> sealing.openMeta(cut)).isInstanceOf(NotAuthenticException.class);
    }
  }

  @Test
  void partsCannotBeSwapped() {
    Sealing sealing = Sealing.forSealing(key, CONTEXT);
    byte[] meta = sealing.sealMeta(META);
    assertThatThrownBy(() -> sealing.openSecret(meta)).isInstanceOf(NotAuthenticException.class);
  }

  @Test
  void anotherKeyOrContextFailsAtTheCommitment() {
    byte[] commitment = Sealing.forSealing(key, CONTEXT).commitment();
    Key other = Key.copyOf(new byte[32]);
    assertThatThrownBy(() -> Sealing.forOpening(other, CONTEXT, commitment))
        .isInstanceOf(NotAuthenticException.class);
    assertThatThrownBy(() -> Sealing.forOpening(key, new byte[0], commitment))
        .isInstanceOf(NotAuthenticException.class);
  }

  @Test
  void sealingTheSameAgainGivesTheSameBytes() {
    Sealing sealing = Sealing.forSealing(key, CONTEXT);
    Sealing again = Sealing.forSealing(key, CONTEXT);
    assertThat(again.sealMeta(META)).isEqualTo(sealing.sealMeta(META));
    assertThat(again.sealSecret(SECRET)).isEqualTo(sealing.sealSecret(SECRET));
  }

  @Test
  void aPartIsSealedOnce() {
    Sealing sealing = Sealing.forSealing(key, CONTEXT);
    sealing.sealMeta(META);
    sealing.sealSecret(SECRET);
    assertThatThrownBy(() -> sealing.sealMeta(META)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sealing.sealSecret(SECRET)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anOperationIdDependsOnEverythingThatIsSealed() {
    byte[] random = new byte[32];
    byte[] id = Sealing.operationId(key, random, CONTEXT, META, SECRET);
    assertThat(id).hasSize(16);
    assertThat(Sealing.operationId(key, random, CONTEXT, META, SECRET)).isEqualTo(id);
    byte[] otherMeta = META.clone();
    otherMeta[0] = 1;
    byte[] otherSecret = SECRET.clone();
    otherSecret[63] = 1;
    byte[] otherRandom = random.clone();
    otherRandom[31] = 1;
    Key otherKey = Key.copyOf(new byte[32]);
    assertThat(
            java.util.List.of(
                Sealing.operationId(key, random, CONTEXT, otherMeta, SECRET),
                Sealing.operationId(key, random, CONTEXT, META, otherSecret),
                Sealing.operationId(key, random, CONTEXT, META, null),
                Sealing.operationId(key, random, new byte[7], META, SECRET),
                Sealing.operationId(key, otherRandom, CONTEXT, META, SECRET),
                Sealing.operationId(otherKey, random, CONTEXT, META, SECRET)))
        .doesNotHaveDuplicates()
        .allSatisfy(other -> assertThat(other).isNotEqualTo(id));
  }
}
