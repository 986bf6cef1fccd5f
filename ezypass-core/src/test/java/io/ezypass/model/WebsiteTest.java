package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.Website.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebsiteTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  @ParameterizedTest
  @CsvFileSource(resources = "websites.csv", numLinesToSkip = 1)
  void understandsWhatIsWritten(String escaped, Kind kind, String value) {
    String written = unescape(escaped);

    assertThat(Website.of(written)).isEqualTo(new Website(kind, unescape(value), written));
  }

  @ParameterizedTest
  @CsvSource({
    "straße.de, xn--strae-oqa.de",
    "οδός.gr, xn--pxavk3b.gr",
    "🍕.ws, XN--VI8H.WS",
    "münchen.straße.de, xn--mnchen-3ya.xn--strae-oqa.de",
    "münchen.de, xn--mnchen-3ya.de",
    "例え.テスト, xn--r8jz45g.xn--zckzah",
  })
  void punycodeIsTheSamePlaceAsItsText(String text, String punycode) {
    assertThat(Website.of("https://" + punycode + "/").isSamePlaceAs(Website.of(text))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "straße.de, strasse.de",
    "na\u200cme.ir, name.ir",
    "https://example.com@evil.example/, example.com",
    "https://evil.example\\@example.com/, example.com",
    "chrome://example.com, example.com",
    "10.0.0.010, 10.0.0.10",
    "example.com.evil.example, example.com",
    // Cyrillic "а".
    "ex\u0430mple.com, example.com",
  })
  void neverTakesOneSiteForAnother(String one, String other) {
    assertThat(Website.of(one).isSamePlaceAs(Website.of(other))).isFalse();
  }

  @Test
  void aHostHoldsNoMoreThanTheDnsCan() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));

    assertThat(Website.of(longest).kind()).isEqualTo(Kind.HOST);
    assertThat(Website.of("https://" + longest + "./").value()).isEqualTo(longest);
    assertThat(Website.of(longest + "a").kind()).isEqualTo(Kind.NAME);
    assertThat(Website.of("a" + label + ".com").kind()).isEqualTo(Kind.NAME);
  }

  @Test
  void aNameMayGrowByNormalisation() {
    String written = "\ufb2c".repeat(Website.MAX_CHARS);

    assertThat(Website.of(written).value()).hasSize(3 * Website.MAX_CHARS);
    assertThat(Website.named(written).written()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "GitHub.com, github.com",
    "https://Example.com/, https://example.com/",
    "www.Example.com, www.example.com",
    "'  My \u00a0 Bank ', my bank",
    "STRASSE, strasse",
    "Straße, straße",
    "CAFE\u0301, café",
  })
  void namesAreFoldedOnly(String written, String value) {
    assertThat(Website.named(written)).isEqualTo(new Website(Kind.NAME, value, written));
  }

  @Test
  void theSamePlaceIsKindAndValueWhateverWasWritten() {
    Website host = Website.of("https://www.example.com/login");

    assertThat(host.isSamePlaceAs(Website.of("EXAMPLE.com"))).isTrue();
    assertThat(host.isSamePlaceAs(Website.named("example.com"))).isFalse();
    assertThat(host.isSamePlaceAs(Website.of("example.org"))).isFalse();
    assertThat(host.isSamePlaceAs(null)).isFalse();
  }

  @Test
  void parentDomainsGoDownToTwoLabels() {
    assertThat(Website.of("https://a.b.example.com:8443/").parentDomains())
        .containsExactly(Website.of("b.example.com"), Website.of("example.com"));
    assertThat(Website.of("a.example.co.uk").parentDomains())
        .containsExactly(Website.of("example.co.uk"), Website.of("co.uk"));
    assertThat(Website.of("shop.münchen.de").parentDomains())
        .extracting(Website::value)
        .containsExactly("xn--mnchen-3ya.de");
  }

  @Test
  void aParentThatStartsWithWwwIsStoredUnderTheNext() {
    assertThat(Website.of("a.www.example.com").parentDomains())
        .containsExactly(Website.of("example.com"));
    assertThat(Website.of("a.www.com").parentDomains()).containsExactly(Website.of("www.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "localhost",
        "192.168.0.1",
        "[2001:db8::1]",
        "::ffff:192.0.2.1",
        "android://Zm9v@com.example.app",
        "my_host.a.example.com",
        "a.b c.example.com",
      })
  void whatIsNoDeepDomainHasNoParents(String written) {
    assertThat(Website.of(written).parentDomains()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "192.168.0.1", "::", "::1", "1::ffff"})
  void knowsAddresses(String host) {
    assertThat(WebsiteNormaliser.isAddress(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1.2.3",
        "1.2.3.4.",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.256",
        "1.2.3.-4",
        "+1.2.3.4",
        "1.2.3.0x4",
        "1.2.3.４",
        "1..2.3",
        "localhost",
        "example.com",
        ":",
        ":::",
        "1::2::3",
        ":1",
        "1:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::12345",
        "::g",
        "[::1]",
        "::1%eth0",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "::1.2.3.04",
        "::１",
      })
  void strictAboutAddresses(String host) {
    assertThat(WebsiteNormaliser.isAddress(host)).isFalse();
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            hex ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(hex.group(1), 16))));
  }
}
