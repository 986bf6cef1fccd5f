package io.ezypass.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ezypass.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtpauthTest {
  private static final String SECRET = "JBSWY3DPEHPK3PXP";

  /** The example of the format's own page. */
  @Test
  void theExampleOfTheFormatIsRead() {
    try (Totp totp =
        totp(
            "otpauth://totp/ACME%20Co:john.doe@email.com?secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ"
                + "&issuer=ACME%20Co&algorithm=SHA1&digits=6&period=30")) {
      assertThat(totp.issuer()).isEqualTo("ACME Co");
      assertThat(totp.account()).isEqualTo("john.doe@email.com");
      assertThat(totp.algorithm()).isEqualTo(Totp.Algorithm.SHA1);
      assertThat(totp.digits()).isEqualTo(6);
      assertThat(totp.period()).isEqualTo(Duration.ofSeconds(30));
    }
  }

  @Test
  void everyParameterCounts() {
    try (Totp totp =
        totp("otpauth://totp/x?period=90&digits=8&algorithm=sha512&issuer=I&secret=" + SECRET)) {
      assertThat(totp.algorithm()).isEqualTo(Totp.Algorithm.SHA512);
      assertThat(totp.digits()).isEqualTo(8);
      assertThat(totp.period()).isEqualTo(Duration.ofSeconds(90));
      assertThat(totp.issuer()).isEqualTo("I");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // label, issuer, account
    "ana, , ana",
    "Bank:ana, Bank, ana",
    "Bank%3Aana, Bank, ana",
    "Bank%3a%20%20ana, Bank, ana",
    "Bank: ana, Bank, ana",
    "'', , ",
    ":ana, , ana",
    "Bank:, Bank, ",
    "a:b:c, a, b:c",
    "Caf%C3%A9:%E2%82%AC, Café, €",
    "Café:ana, Café, ana",
    "ana+work@example.com, , ana+work@example.com",
    "a/b, , a/b",
    "100%25, , 100%",
    "a%3Fsecret%3DAA%26b, , a?secret=AA&b",
    "%F0%9F%94%91, , 🔑"
  })
  void labelsAreDecodedAndSplit(String label, String issuer, String account) {
    try (Totp totp = totp("otpauth://totp/" + label + "?secret=" + SECRET)) {
      assertThat(totp.issuer()).isEqualTo(issuer);
      assertThat(totp.account()).isEqualTo(account);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "issuer=Big%20Bank, Big Bank",
    "issuer=Big+Bank, Big+Bank",
    "issuer=, Prefix",
    "issuer, Prefix",
    "issuer=A%26B%3DC, A&B=C",
    "issuer=a=b, a=b",
    "ISSUER=Other, Prefix",
    "x=1, Prefix"
  })
  void theIssuerParameterGoesBeforeTheLabel(String parameter, String issuer) {
    try (Totp totp = totp("otpauth://totp/Prefix:ana?secret=" + SECRET + "&" + parameter)) {
      assertThat(totp.issuer()).isEqualTo(issuer);
      assertThat(totp.account()).isEqualTo("ana");
    }
  }

  /** All of them are the same secret. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "otpauth://totp/ana?secret=JBSWY3DPEHPK3PXP",
        "OTPAUTH://TOTP/ana?secret=jbswy3dpehpk3pxp",
        " \n otpauth://totp/ana?secret=JBSWY3DPEHPK3PXP \t",
        "otpauth://totp/ana?secret=JBSW%20Y3DP-EHPK%203PXP",
        "otpauth://totp/ana?secret=%4ABSWY3DPEHPK3PXP",
        "otpauth://totp?secret=JBSWY3DPEHPK3PXP",
        "otpauth://totp/?secret=JBSWY3DPEHPK3PXP",
        "otpauth://totp/ana?&&secret=JBSWY3DPEHPK3PXP&",
        "otpauth://totp/ana?secret=JBSWY3DPEHPK3PXP#secret=AAAA&digits=9",
        "otpauth://totp/ana?image=https%3A%2F%2Fx.example%2Fi.png&secret=JBSWY3DPEHPK3PXP&image=2",
        "otpauth://totp/ana?counter=7&secret=JBSWY3DPEHPK3PXP&lock=true&Digits=8",
        "otpauth://totp/secret=AAAA?secret=JBSWY3DPEHPK3PXP",
        "JBSWY3DPEHPK3PXP",
      })
  void writtenDifferently(String stored) {
    try (Totp totp = totp(stored);
        TotpCode code = totp.code(Instant.ofEpochSecond(1_234_567_890))) {
      assertThat(code.code()).isEqualTo(Secret.of("742275"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "otpauth://hotp/ana?counter=0&secret=, is hotp",
    "otpauth://HOTP/ana?counter=0&secret=, is hotp",
    "otpauth://steam/ana?secret=, type must be totp",
    "otpauth://?secret=, type must be totp",
    "otpauth:///ana?secret=, type must be totp",
    "otpauth://totpx/ana?secret=, type must be totp",
    "otpauth://ana@totp/ana?secret=, type must be totp",
    "otpauth://totp/ana?Secret=, secret is missing",
    "otpauth://totp/ana&secret=, secret is missing",
    "otpauth://totp/ana#?secret=, secret is missing",
    "otpauth://totp/ana?x%26secret=, secret is missing",
    "otpauth://totp/ana?secret=A&secret=, secret is given twice",
    "otpauth://totp/ana?secret&secret=, secret is given twice",
    "otpauth://totp/ana?issuer=A&issuer=A&secret=, issuer is given twice",
    "otpauth://totp/ana?algorithm=SHA1&algorithm=SHA1&secret=, algorithm is given twice",
    "otpauth://totp/ana?digits=6&digits=6&secret=, digits is given twice",
    "otpauth://totp/ana?period=30&period=30&secret=, period is given twice",
    "otpauth://totp/ana?algorithm=MD5&secret=, 'algorithm must be SHA1, SHA256 or SHA512'",
    "otpauth://totp/ana?algorithm=&secret=, 'algorithm must be SHA1, SHA256 or SHA512'",
    "otpauth://totp/ana?algorithm=ſHA1&secret=, 'algorithm must be SHA1, SHA256 or SHA512'",
    "otpauth://totp/ana?digits=5&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?digits=9&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?digits=&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?digits=+6&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?digits=-6&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?digits=6.0&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?digits=٦&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?digits=4294967302&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?digits=18446744073709551622&secret=, 'digits must be 6, 7 or 8'",
    "otpauth://totp/ana?period=0&secret=, period must be 1 to 2147483647",
    "otpauth://totp/ana?period=-30&secret=, period must be 1 to 2147483647",
    "otpauth://totp/ana?period=2147483648&secret=, period must be 1 to 2147483647",
    "otpauth://totp/ana?period=30s&secret=, period must be 1 to 2147483647",
    "otpauth://totp/%?secret=, label has a malformed percent-encoding",
    "otpauth://totp/%2?secret=, label has a malformed percent-encoding",
    "otpauth://totp/%zz?secret=, label has a malformed percent-encoding",
    "otpauth://totp/%-1?secret=, label has a malformed percent-encoding",
    "otpauth://totp/ana?issuer=%e2%82&secret=, issuer is not UTF-8",
    "otpauth://totp/ana?issuer=%c0%80&secret=, issuer is not UTF-8",
    "otpauth://totp/ana?issuer=%ed%a0%80&secret=, issuer is not UTF-8",
    "otpauth://totp/an%0aa?secret=, label has a control character",
    "otpauth://totp/ana?issuer=%00&secret=, issuer has a control character",
    "otpauth://totp/ana?secret=%2, secret has a malformed percent-encoding",
    "otpauth://totp/ana?secret=%ff, secret is not UTF-8",
    "otpauth://totp/ana?secret=0, secret is not base32",
    "otpauth-migration://offline?data=, secret is not base32",
    "steam://, secret is not base32",
    "https://totp/ana?secret=, secret is not base32",
    "otpauth:totp/ana?secret=, secret is not base32"
  })
  void whatIsWrongIsRefusedByNameAndNotShown(String start, String what) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> totp(start + SECRET))
        .withMessageStartingWith("totp ")
        .withMessageContaining(what)
        .withMessageNotContaining(SECRET)
        .withMessageNotContaining("ana")
        .withNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"otpauth://totp/ana?secret=", "otpauth://totp/ana?secret", "", " "})
  void anEmptySecretIsRefused(String stored) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> totp(stored))
        .withMessage("totp secret must not be empty");
  }

  /** Any text is read or refused, whatever it is, and never shown. */
  @Test
  void noTextDoesAnythingElse() {
    long seed = Long.getLong("ezypass.totp.seed", System.nanoTime());
    Random random = new Random(seed);
    String[] parts = {
      "otpauth://",
      "totp",
      "hotp",
      "/",
      "?",
      "&",
      "=",
      "%",
      "%2",
      "%41",
      "%e2%82%ac",
      "%ff",
      "#",
      "secret=",
      "issuer=",
      "digits=",
      "period=",
      "algorithm=",
      "SHA1",
      "sha256",
      "6",
      "30",
      "é",
      "🔑",
      ":",
      " ",
      "-",
      SECRET,
      "x",
      "\n",
      "\0"
    };
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "otpauth://totp/a?" : "");
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      try (Totp totp = totp(text.toString())) {
        assertThat(totp.code(Instant.EPOCH).code().length()).isBetween(6, 8);
        read++;
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage())
            .as("repeat with -Dezypass.totp.seed=%d", seed)
            .startsWith("totp ")
            .doesNotContain(SECRET);
      }
    }
    assertThat(read).as("repeat with -Dezypass.totp.seed=%d", seed).isPositive();
  }

  private static Totp totp(String stored) {
    return Totp.of(Secret.of(stored));
  }
}
