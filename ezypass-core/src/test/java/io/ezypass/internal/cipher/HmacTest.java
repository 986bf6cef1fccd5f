package io.ezypass.internal.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HmacTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 5869, appendix A.1. */
  @Test
  void derivesAsTestCase1OfRfc5869() {
    hkdf(
        counted(0x00, 13),
        filled(0x0b, 22),
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
        counted(0xf0, 10),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  }

  /** RFC 5869, appendix A.2: more than one block of output. */
  @Test
  void derivesAsTestCase2OfRfc5869() {
    hkdf(
        counted(0x60, 80),
        counted(0x00, 80),
        "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
        counted(0xb0, 80),
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
            + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
            + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  /** RFC 5869, appendix A.3: without salt and info. */
  @Test
  void derivesAsTestCase3OfRfc5869() {
    hkdf(
        new byte[0],
        filled(0x0b, 22),
        "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
        new byte[0],
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  }

  /** RFC 4231, section 4, cases 1 to 7; of case 5 only the first 16 bytes are given. */
  @Test
  void authenticatesAsRfc4231() {
    hmac(
        filled(0x0b, 20),
        ascii("Hi There"),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    hmac(
        ascii("Jefe"),
        ascii("what do ya want for nothing?"),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    hmac(
        filled(0xaa, 20),
        filled(0xdd, 50),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    hmac(
        counted(0x01, 25),
        filled(0xcd, 50),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    hmac(filled(0x0c, 20), ascii("Test With Truncation"), "a3b6167473100ee06e0c796c2955552b");
    hmac(
        filled(0xaa, 131),
        ascii("Test Using Larger Than Block-Size Key - Hash Key First"),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    hmac(
        filled(0xaa, 131),
        ascii(
            "This is a test using a larger than block-size key and a larger than block-size data."
                + " The key needs to be hashed before being used by the HMAC algorithm."),
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
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

  /** Extract is one HMAC; the library leaves it out. */
  private static void hkdf(byte[] salt, byte[] material, String prk, byte[] info, String okm) {
    assertThat(HEX.formatHex(Hmac.sha256(key(salt), material))).isEqualTo(prk);
    assertThat(HEX.formatHex(Hmac.expand(key(prk), info, okm.length() / 2))).isEqualTo(okm);
  }

  private static void hmac(byte[] key, byte[] data, String expected) {
    assertThat(HEX.formatHex(Hmac.sha256(key(key), data))).startsWith(expected);
    byte[] half = Arrays.copyOf(data, data.length / 2);
    byte[] rest = Arrays.copyOfRange(data, half.length, data.length);
    assertThat(HEX.formatHex(Hmac.sha256(key(key), half, rest))).startsWith(expected);
  }

  /** RFC 2104: a key above 64 bytes is hashed, a shorter one is filled up with zeros. */
  private static Key key(byte[] bytes) {
    try {
      return Key.copyOf(
          bytes.length > 64
              ? MessageDigest.getInstance("SHA-256").digest(bytes)
              : Arrays.copyOf(bytes, Key.LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] filled(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] counted(int from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  private static Key key(String hex) {
    return Key.copyOf(HEX.parseHex(hex));
  }
}
