package io.ezypass.totp;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.internal.cipher.OtpHmac;
import io.ezypass.model.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HotpTest {
  private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 4226, appendix D: the HMAC, what it is truncated to, and the code. */
  @ParameterizedTest
  @CsvSource({
    "0, cc93cf18508d94934c64b65d8ba7667fb7cde4b0, 1284755224, 755224",
    "1, 75a48a19d4cbe100644e8ac1397eea747a2d33ab, 1094287082, 287082",
    "2, 0bacb7fa082fef30782211938bc1c5e70416ff44, 137359152, 359152",
    "3, 66c28227d03a2d5529262ff016a1e6ef76557ece, 1726969429, 969429",
    "4, a904c900a64b35909874b33e61c5938a8e15ed1c, 1640338314, 338314",
    "5, a37e783d7b7233c083d4f62926c7a25f238d0316, 868254676, 254676",
    "6, bc9cd28561042c83f219324d3c607256c03272ae, 1918287922, 287922",
    "7, a4fb960c0bc06e1eabb804e5b397cdc4b45596fa, 82162583, 162583",
    "8, 1b3c89f65e6c9e883012052823443f048b4332db, 673399871, 399871",
    "9, 1637409809a679dc698207310c8c7fc07290d9e5, 645520489, 520489"
  })
  void isThatOfRfc4226(long counter, String hash, int truncated, String code) {
    byte[] hmac = OtpHmac.SHA1.of(KEY, ByteBuffer.allocate(8).putLong(counter).array());
    assertThat(HexFormat.of().formatHex(hmac)).isEqualTo(hash);
    assertThat(Hotp.truncated(hmac)).isEqualTo(truncated);
    try (Secret made = Hotp.code(OtpHmac.SHA1, KEY, counter, 6)) {
      assertThat(made).isEqualTo(Secret.of(code));
    }
  }

  /** RFC 4226, section 5.4: the example with its offset of 10. */
  @ParameterizedTest
  @CsvSource("1f8698690e02ca16618550ef7f19da8e945b555a, 1357872921")
  void truncatesAsTheExample(String hash, int truncated) {
    assertThat(Hotp.truncated(HexFormat.of().parseHex(hash))).isEqualTo(truncated);
  }
}
