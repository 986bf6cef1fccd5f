package io.ezypass.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {
  /** RFC 4648, section 10. */
  @ParameterizedTest
  @CsvSource({
    "f, MY======",
    "fo, MZXQ====",
    "foo, MZXW6===",
    "foob, MZXW6YQ=",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI======"
  })
  void decodesAsRfc4648(String text, String encoded) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(Base32.decode(encoded)).isEqualTo(bytes);
    assertThat(Base32.decode(encoded.replace("=", ""))).isEqualTo(bytes);
    assertThat(Base32.decode(encoded.toLowerCase(Locale.ROOT))).isEqualTo(bytes);
    assertThat(Base32.decode(" \t" + String.join(" - ", encoded.split("")) + "\u00a0\n"))
        .isEqualTo(bytes);
  }

  /** Encodes by other means: bit by bit, through the digits of base 32. */
  @Test
  void decodesWhatWasEncoded() {
    long seed = Long.getLong("ezypass.totp.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(70)];
      random.nextBytes(bytes);
      assertThat(Base32.decode(encoded(bytes)))
          .as("repeat with -Dezypass.totp.seed=%d", seed)
          .isEqualTo(bytes);
    }
  }

  /** Sites that draw 26 characters at random set bits that no byte has. */
  @Test
  void bitsLeftOverDoNotMatter() {
    assertThat(Base32.decode("MZ")).isEqualTo(Base32.decode("MY"));
    assertThat(Base32.decode("7".repeat(26))).hasSize(16).containsOnly(0xff);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "=", "========"})
  void nothingIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Base32.decode(text))
        .withMessage("totp secret must not be empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"MZXW0", "MZXW1", "MZXW8", "MZXW9", "MZ+W", "MZ/W", "MÄ", "MZ=W", "ⅯZ", "\0M"})
  void otherCharactersAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Base32.decode(text))
        .withMessage("totp secret is not base32 (RFC 4648)");
  }

  /** Of eight characters 1, 3 and 6 hold a byte less than they would have to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "M",
        "MZX",
        "MZXW6Y",
        "MZXW6YTBM",
        "MZXW6YTBMZX",
        "MZXW6YTBMZXW6Y",
        "MY=",
        "MY=====",
        "MY=======",
        "MZXW6YTB=",
        "MZXW6YTB========",
        "MY=============="
      })
  void impossibleLengthsAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Base32.decode(text))
        .withMessageContaining("length")
        .withMessageNotContaining(text + " ");
  }

  private static String encoded(byte[] bytes) {
    StringBuilder bits = new StringBuilder();
    for (byte b : bytes) {
      bits.append(Integer.toBinaryString((b & 0xff) | 0x100).substring(1));
    }
    bits.append("0".repeat((5 - bits.length() % 5) % 5));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bits.length(); i += 5) {
      int value = Integer.parseInt(bits.substring(i, i + 5), 2);
      out.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(value));
    }
    char[] padding = new char[(8 - out.length() % 8) % 8];
    Arrays.fill(padding, '=');
    return out.append(padding).toString();
  }
}
