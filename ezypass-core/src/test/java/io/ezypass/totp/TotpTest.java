package io.ezypass.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  /** The key of RFC 6238: the digits 1 to 9 and 0, as long as the hash. */
  private static final String SHA1_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private static final String SHA256_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA";
  private static final String SHA512_KEY =
      "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
          + "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA";

  /** RFC 6238, appendix B, all of it. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082, 46119246, 90693936",
    "1111111109, 07081804, 68084774, 25091201",
    "1111111111, 14050471, 67062674, 99943326",
    "1234567890, 89005924, 91819424, 93441116",
    "2000000000, 69279037, 90698825, 38618901",
    "20000000000, 65353130, 77737706, 47863826"
  })
  void codesAreThoseOfRfc6238(long second, String sha1, String sha256, String sha512) {
    Instant at = Instant.ofEpochSecond(second);
    assertThat(code("otpauth://totp/x?digits=8&secret=" + SHA1_KEY, at)).isEqualTo(sha1);
    assertThat(code("otpauth://totp/x?digits=8&algorithm=SHA256&secret=" + SHA256_KEY, at))
        .isEqualTo(sha256);
    assertThat(code("otpauth://totp/x?digits=8&algorithm=SHA512&secret=" + SHA512_KEY, at))
        .isEqualTo(sha512);
    assertThat(code("otpauth://totp/x?digits=7&secret=" + SHA1_KEY, at))
        .isEqualTo(sha1.substring(1));
    assertThat(code(SHA1_KEY, at)).isEqualTo(sha1.substring(2));
  }

  @Test
  void aBareSecretIsReadAsSitesShowIt() {
    Instant at = Instant.ofEpochSecond(59);
    assertThat(code("  gezd gnbv-gy3t qojq gezd gnbv gy3t qojq\n", at)).isEqualTo("287082");
    try (Totp totp = totp(SHA1_KEY)) {
      assertThat(totp.algorithm()).isEqualTo(Totp.Algorithm.SHA1);
      assertThat(totp.digits()).isEqualTo(6);
      assertThat(totp.period()).isEqualTo(Duration.ofSeconds(30));
      assertThat(totp.issuer()).isNull();
      assertThat(totp.account()).isNull();
    }
  }

  @Test
  void aCodeKnowsHowLongItIsGood() {
    try (Totp totp = totp(SHA1_KEY)) {
      check(totp.code(Instant.ofEpochSecond(0)), 30, 30);
      check(totp.code(Instant.ofEpochSecond(1)), 30, 29);
      check(totp.code(Instant.ofEpochMilli(29_001)), 30, 1);
      check(totp.code(Instant.ofEpochMilli(29_999)), 30, 1);
      check(totp.code(Instant.ofEpochMilli(30_000)), 60, 30);
      check(totp.code(Instant.ofEpochMilli(30_500)), 60, 30);
    }
  }

  /** The second of RFC 6238's times lies in the counter 1 of any period from 30 to 59. */
  @ParameterizedTest
  @CsvSource({
    "1, 59, 60, 1",
    "30, 1, 60, 1",
    "59, 1, 118, 59",
    "60, 0, 60, 1",
    "2147483647, 0, 2147483647, 2147483588"
  })
  void anyPeriodCounts(int period, long counter, long validUntil, int secondsLeft) {
    try (Totp totp = totp("otpauth://totp/?period=" + period + "&secret=" + SHA1_KEY);
        Totp perSecond = totp("otpauth://totp/?period=1&secret=" + SHA1_KEY)) {
      TotpCode code = totp.code(Instant.ofEpochSecond(59));
      check(code, validUntil, secondsLeft);
      assertThat(code.code()).isEqualTo(perSecond.code(Instant.ofEpochSecond(counter)).code());
      assertThat(totp.period()).isEqualTo(Duration.ofSeconds(period));
    }
  }

  @Test
  void timesThatNoSiteCanMeanAreRefused() {
    try (Totp totp = totp("otpauth://totp/?period=2147483647&secret=" + SHA1_KEY)) {
      for (Instant at :
          new Instant[] {
            Instant.MIN,
            Instant.EPOCH.minusNanos(1),
            Instant.parse("9999-12-31T23:59:59Z").plusSeconds(1),
            Instant.MAX
          }) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> totp.code(at))
            .withMessageContaining("time");
      }
      assertThat(totp.code(Instant.parse("9999-12-31T23:59:59.999Z")).secondsLeft()).isPositive();
    }
  }

  @Test
  void closingWipesTheKey() {
    Totp totp = totp(SHA1_KEY);
    TotpCode code = totp.code(Instant.EPOCH);
    totp.close();
    totp.close();
    assertThatIllegalStateException().isThrownBy(() -> totp.code(Instant.EPOCH));
    assertThat(text(code.code())).isEqualTo("755224");
    code.close();
    assertThatIllegalStateException().isThrownBy(() -> text(code.code()));
  }

  @Test
  void theStoredSecretStaysTheCallers() {
    Secret stored = Secret.of(SHA1_KEY);
    try (Totp totp = Totp.of(stored)) {
      assertThat(text(stored)).isEqualTo(SHA1_KEY);
      stored.close();
      assertThat(text(totp.code(Instant.EPOCH).code())).isEqualTo("755224");
      assertThatIllegalStateException().isThrownBy(() -> Totp.of(stored));
    }
  }

  @Test
  void aCredentialHasOneOrNone() {
    assertThat(Totp.from(credential(null))).isEmpty();
    assertThat(Totp.from(credential(Secret.of("")))).isEmpty();
    assertThat(Totp.from(credential(Secret.of(SHA1_KEY))))
        .hasValueSatisfying(
            totp ->
                assertThat(text(totp.code(Instant.ofEpochSecond(59)).code())).isEqualTo("287082"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Totp.from(credential(Secret.of("a note, no secret!"))));
  }

  @Test
  @SuppressWarnings("NullAway") // what callers without a checker can do
  void nullIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Totp.of(null))
        .withMessageContaining("totp");
    assertThatIllegalArgumentException().isThrownBy(() -> Totp.from(null));
    assertThatIllegalArgumentException().isThrownBy(() -> totp(SHA1_KEY).code(null));
    assertThatIllegalArgumentException().isThrownBy(() -> new TotpCode(null, Instant.EPOCH, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TotpCode(Secret.of("1"), null, 1));
  }

  @Test
  void nothingShowsASecret() {
    try (Totp totp = totp("otpauth://totp/Bank:ana?secret=" + SHA1_KEY)) {
      assertThat(totp).hasToString("Totp[SHA1, 6 digits, 30 s]");
      assertThat(totp.code(Instant.ofEpochSecond(59)))
          .hasToString("TotpCode[validUntil=1970-01-01T00:01:00Z, secondsLeft=1]");
    }
  }

  private static void check(TotpCode code, long validUntil, int secondsLeft) {
    assertThat(code.validUntil()).isEqualTo(Instant.ofEpochSecond(validUntil));
    assertThat(code.secondsLeft()).isEqualTo(secondsLeft);
  }

  private static String code(String stored, Instant at) {
    try (Totp totp = totp(stored);
        TotpCode code = totp.code(at)) {
      return text(code.code());
    }
  }

  private static Totp totp(String stored) {
    return Totp.of(Secret.of(stored));
  }

  private static String text(Secret secret) {
    return secret.use(chars -> new String(chars));
  }

  private static Credential credential(@Nullable Secret totp) {
    return new Credential(
        CredentialId.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        UserId.of("ana"),
        CredentialContent.builder().website("github.com").totp(totp).build(),
        Audit.created(Instant.EPOCH, Actor.of("ana")),
        1);
  }
}
