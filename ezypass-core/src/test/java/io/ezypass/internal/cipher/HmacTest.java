package io.ezypass.internal.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HmacTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 5869, appendix A.1: the Expand step, from its PRK. */
  @Test
  void expandsAsTestCase1OfRfc5869() {
    Key prk = key("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    byte[] info = HEX.parseHex("f0f1f2f3f4f5f6f7f8f9");
    assertThat(HEX.formatHex(Hmac.expand(prk, info, 42)))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                + "34007208d5b887185865");
  }

  /** RFC 5869, appendix A.2: more than one block of output. */
  @Test
  void expandsAsTestCase2OfRfc5869() {
    Key prk = key("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244");
    StringBuilder info = new StringBuilder();
    for (int i = 0xb0; i <= 0xff; i++) {
      info.append(String.format("%02x", i));
    }
    assertThat(HEX.formatHex(Hmac.expand(prk, HEX.parseHex(info), 82)))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  /** RFC 5869, appendix A.3: without info. */
  @Test
  void expandsAsTestCase3OfRfc5869() {
    Key prk = key("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
    assertThat(HEX.formatHex(Hmac.expand(prk, new byte[0], 42)))
        .isEqualTo(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                + "9d201395faa4b61a96c8");
  }

  @Test
  void oneBlockOfExpandIsOneHmac() {
    Key key = key("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
    byte[] info = "label".getBytes(StandardCharsets.US_ASCII);
    assertThat(Hmac.expand(key, info, 32)).isEqualTo(Hmac.sha256(key, info, new byte[] {1}));
  }

  @Test
  void refusesLengthsThatHkdfDoesNotHave() {
    Key key = Key.copyOf(new byte[32]);
    assertThatThrownBy(() -> Hmac.expand(key, new byte[0], 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hmac.expand(key, new byte[0], 8_161))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyTakesAndGivesCopiesAndShowsNothing() {
    byte[] bytes = HEX.parseHex("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04");
    Key key = Key.copyOf(bytes);
    bytes[0] = 0;
    assertThat(key.copyBytes()[0]).isEqualTo((byte) 0x19);
    key.copyBytes()[0] = 0;
    assertThat(key.copyBytes()[0]).isEqualTo((byte) 0x19);
    assertThat(key.toString() + key.forHmac()).doesNotContain("19ef").contains("redacted");
    key.wipe();
    assertThat(key.copyBytes()).isEqualTo(new byte[32]);
    assertThatThrownBy(() -> Key.copyOf(new byte[31])).isInstanceOf(IllegalArgumentException.class);
  }

  private static Key key(String hex) {
    return Key.copyOf(HEX.parseHex(hex));
  }
}
