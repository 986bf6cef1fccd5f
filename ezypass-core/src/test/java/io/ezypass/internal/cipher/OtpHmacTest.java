package io.ezypass.internal.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class OtpHmacTest {
  private static final HexFormat HEX = HexFormat.of();

  /** RFC 2202, section 3, cases 1, 2, 3 and 6. */
  @Test
  void sha1AsRfc2202() {
    check(OtpHmac.SHA1, filled(0x0b, 20), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00");
    check(
        OtpHmac.SHA1,
        ascii("Jefe"),
        "what do ya want for nothing?",
        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    assertThat(HEX.formatHex(OtpHmac.SHA1.of(filled(0xaa, 20), filled(0xdd, 50))))
        .isEqualTo("125d7342b9ac11cd91a39af48aa17b4f63f175d3");
    check(
        OtpHmac.SHA1,
        filled(0xaa, 80),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "aa4ae5e15272d00e95705637ce8a3b55ed402112");
  }

  /** RFC 4231, section 4, cases 1, 2 and 6. */
  @Test
  void sha256AndSha512AsRfc4231() {
    check(
        OtpHmac.SHA256,
        filled(0x0b, 20),
        "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check(
        OtpHmac.SHA512,
        filled(0x0b, 20),
        "Hi There",
        "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
            + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
    check(
        OtpHmac.SHA512,
        ascii("Jefe"),
        "what do ya want for nothing?",
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
            + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    check(
        OtpHmac.SHA256,
        filled(0xaa, 131),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    check(
        OtpHmac.SHA512,
        filled(0xaa, 131),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
            + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
  }

  @Test
  void leavesTheCallersKeyAlone() {
    byte[] key = filled(0x0b, 20);
    OtpHmac.SHA1.of(key, new byte[8]);
    assertThat(key).isEqualTo(filled(0x0b, 20));
  }

  private static void check(OtpHmac hmac, byte[] key, String message, String expected) {
    assertThat(HEX.formatHex(hmac.of(key, ascii(message)))).isEqualTo(expected);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] filled(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
