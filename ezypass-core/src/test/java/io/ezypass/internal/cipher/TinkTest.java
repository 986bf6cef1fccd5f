package io.ezypass.internal.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.aead.internal.InsecureNonceAesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.subtle.PrfHmacJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * HMAC, HKDF and sealing against Tink, both ways, on random inputs. Tink stands on the JCE as well:
 * what is checked is how the primitives are put together. The primitives themselves are checked
 * against published vectors, and by the second reader on Node's OpenSSL.
 */
class TinkTest {
  private static final int ROUNDS = 500;
  private static final byte[] SEAL = "ezypass/1/seal".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ZERO_NONCE = new byte[12];

  private final long seed = Long.getLong("ezypass.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private interface Round {
    void run() throws Exception;
  }

  @Test
  void hmacIsTinks() {
    rounds(
        () -> {
          byte[] key = bytes(32);
          byte[] first = bytes(random.nextInt(200));
          byte[] second = bytes(random.nextInt(200));
          byte[] tinks =
              new PrfHmacJce("HMACSHA256", new SecretKeySpec(key, "HMAC"))
                  .compute(concat(first, second), 32);
          assertThat(Hmac.sha256(Key.copyOf(key), first, second)).isEqualTo(tinks);
        });
  }

  /** Tink has no Expand alone: its whole HKDF is our HMAC as Extract, then our Expand. */
  @Test
  void expandIsTinksHkdf() {
    rounds(
        () -> {
          byte[] salt = bytes(32);
          byte[] material = bytes(1 + random.nextInt(100));
          byte[] info = bytes(random.nextInt(300));
          int length = 1 + random.nextInt(300);
          Key key = Key.copyOf(Hmac.sha256(Key.copyOf(salt), material));
          assertThat(Hmac.expand(key, info, length))
              .isEqualTo(Hkdf.computeHkdf("HmacSha256", material, salt, info, length));
        });
  }

  @Test
  void tinkOpensWhatWasSealed() {
    rounds(
        () -> {
          Derived derived = derived();
          byte[] meta = bytes(32 * random.nextInt(1, 20));
          byte[] secret = bytes(32 * random.nextInt(1, 20));
          try (Sealing sealing = Sealing.forSealing(derived.key(), derived.context())) {
            assertThat(sealing.commitment()).isEqualTo(derived.commitment());
            assertThat(derived.meta().decrypt(ZERO_NONCE, sealing.sealMeta(meta), derived.aad('m')))
                .isEqualTo(meta);
            assertThat(
                    derived
                        .secret()
                        .decrypt(ZERO_NONCE, sealing.sealSecret(secret), derived.aad('s')))
                .isEqualTo(secret);
          }
        });
  }

  @Test
  void whatTinkSealsOpens() {
    rounds(
        () -> {
          Derived derived = derived();
          byte[] meta = bytes(random.nextInt(600));
          byte[] secret = bytes(random.nextInt(600));
          byte[] sealedMeta = derived.meta().encrypt(ZERO_NONCE, meta, derived.aad('m'));
          byte[] sealedSecret = derived.secret().encrypt(ZERO_NONCE, secret, derived.aad('s'));
          try (Sealing sealing =
              Sealing.forOpening(derived.key(), derived.context(), derived.commitment())) {
            assertThat(sealing.openMeta(sealedMeta)).isEqualTo(meta);
            assertThat(sealing.openSecret(sealedSecret)).isEqualTo(secret);
          }
        });
  }

  /** What one of them refuses, the other refuses. */
  @Test
  void neitherOpensWhatWasChanged() {
    rounds(
        () -> {
          Derived derived = derived();
          try (Sealing sealing = Sealing.forSealing(derived.key(), derived.context())) {
            byte[] sealed = sealing.sealMeta(bytes(32));
            byte[] changed = sealed.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> sealing.openMeta(changed))
                .isInstanceOf(NotAuthenticException.class);
            assertThatThrownBy(() -> derived.meta().decrypt(ZERO_NONCE, changed, derived.aad('m')))
                .isInstanceOf(GeneralSecurityException.class);
            assertThatThrownBy(() -> derived.meta().decrypt(ZERO_NONCE, sealed, derived.aad('s')))
                .isInstanceOf(GeneralSecurityException.class);
          }
        });
  }

  /** The keys of one sealing, by Tink's HKDF. */
  private record Derived(Key key, byte[] context, byte[] bytes) {
    InsecureNonceAesGcmJce meta() throws GeneralSecurityException {
      return new InsecureNonceAesGcmJce(Arrays.copyOf(bytes, 32));
    }

    InsecureNonceAesGcmJce secret() throws GeneralSecurityException {
      return new InsecureNonceAesGcmJce(Arrays.copyOfRange(bytes, 32, 64));
    }

    byte[] commitment() {
      return Arrays.copyOfRange(bytes, 64, 96);
    }

    byte[] aad(char part) {
      return concat(context, new byte[] {(byte) part});
    }
  }

  private Derived derived() throws GeneralSecurityException {
    byte[] salt = bytes(32);
    byte[] material = bytes(40);
    byte[] context = bytes(random.nextInt(250));
    Key key = Key.copyOf(Hmac.sha256(Key.copyOf(salt), material));
    return new Derived(
        key, context, Hkdf.computeHkdf("HmacSha256", material, salt, concat(SEAL, context), 96));
  }

  private void rounds(Round round) {
    for (int i = 0; i < ROUNDS; i++) {
      try {
        round.run();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("replay with -Dezypass.seed=" + seed, e);
      }
    }
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
