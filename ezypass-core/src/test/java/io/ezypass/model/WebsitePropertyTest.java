package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.Website.Kind;
import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Each run tries other texts; a failure names the seed that repeats it. */
class WebsitePropertyTest {
  private static final int TIMES = 5_000;

  private static final List<String> FRAGMENTS =
      List.of(
          "http://",
          "HTTPS://",
          "//",
          "android://",
          "about:",
          "mailto:",
          "x://",
          "://",
          ":",
          "::",
          "@",
          "/",
          "?",
          "#",
          ".",
          "..",
          "。",
          "．",
          "｡",
          "www.",
          "WWW.",
          "ｗｗｗ.",
          "xn--",
          "XN--",
          "-",
          "--",
          "_",
          "%41",
          "\\",
          " ",
          "\u00a0",
          "\u3000",
          "[",
          "]",
          "[::1]",
          "::1",
          "fe80:",
          "1.2.3.4",
          "0x1",
          "010",
          "255",
          ":80",
          ":65536",
          "localhost",
          "example",
          "Example.com",
          "münchen",
          "MU\u0308NCHEN",
          "ß",
          "ẞ",
          "ς",
          "Σ",
          "İ",
          "\u200c",
          "\u200d",
          "\u00ad",
          "\u200b",
          "\ufeff",
          "\u202e",
          "例え",
          "テスト",
          "🍕",
          "👩\u200d💻",
          "xn--mnchen-3ya",
          "xn--strae-oqa",
          "xn--vi8h",
          "xn--a",
          "\ufb2c",
          "\ud834\udd60",
          "com.example.app",
          "ﬃ",
          "①",
          "½",
          "א",
          "1א",
          "אa",
          "\u0301",
          "a\u0323\u0301",
          "𝐀",
          "Ⅷ",
          "\u2024",
          "℀",
          "ａ");

  private final long seed = Long.getLong("ezypass.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void everyWellFormedTextIsUnderstood() {
    repeat(
        () -> {
          String written = text();

          assertThat(Website.of(written).written()).isEqualTo(written);
          assertThat(Website.named(written).kind()).isEqualTo(Kind.NAME);
        });
  }

  @Test
  void understandingTheResultAgainChangesNothing() {
    Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
    repeat(
        () -> {
          String written = text();
          Website website = Website.of(written);
          seen.merge(website.kind(), 1, Integer::sum);

          if (website.kind() == Kind.HOST) {
            assertThat(Website.of(website.value()).isSamePlaceAs(website))
                .as("%s of %s", website.value(), written)
                .isTrue();
          }
          if (website.kind() == Kind.NAME && website.value().length() <= Website.MAX_CHARS) {
            assertThat(Website.named(website.value()).isSamePlaceAs(website))
                .as("%s of %s", website.value(), written)
                .isTrue();
          }
        });
    assertThat(seen).containsKeys(Kind.HOST, Kind.NAME);
  }

  @Test
  void aHostIsPlainAsciiAndNoLongerThanTheDnsAllows() {
    repeat(
        () -> {
          Website website = Website.of(text());

          if (website.kind() == Kind.HOST && !WebsiteNormaliser.isAddress(website.value())) {
            assertThat(website.value())
                .hasSizeLessThanOrEqualTo(253)
                .matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*+");
          }
        });
  }

  @Test
  void surroundingsOfAUrlDoNotMatter() {
    repeat(
        () -> {
          String host = "h" + random.nextInt(100) + (random.nextBoolean() ? ".Example.com" : "");
          String url =
              oneOf("http", "HTTPS", "ftp", "wss")
                  + "://"
                  + oneOf("", "user@", "user:p@ss@", "%20@")
                  + (host.contains(".") ? oneOf("", "www.", "WWW.www.") : "")
                  + host
                  + oneOf("", ".")
                  + oneOf("", ":", ":0", ":443", ":65535")
                  + oneOf("", "/", "/a/b@c:d", "?q=http://x", "#f", "/www.");

          assertThat(Website.of(url).isSamePlaceAs(Website.of(host))).as(url).isTrue();
        });
  }

  @Test
  void ipv6IsWhatTheJdkReads() {
    repeat(
        () -> {
          byte[] address = new byte[16];
          for (int at = 0; at < 16; at++) {
            address[at] = (byte) (random.nextInt(3) > 0 ? 0 : random.nextInt());
          }
          String spelled = Inet6Address.getByAddress("", address, -1).getHostAddress();

          String canonical = Website.of("[" + spelled.toUpperCase(Locale.ROOT) + "]").value();

          assertThat(InetAddress.getByName("[" + canonical + "]"))
              .isEqualTo(InetAddress.getByAddress(address));
          if (!canonical.startsWith("::ffff:")) {
            assertThat(canonical).isEqualTo(withLongestGap(spelled));
          }
        });
  }

  @Test
  void punycodeIsWhatTheJdkDecodes() {
    repeat(
        () -> {
          StringBuilder label = new StringBuilder();
          for (int length = 1 + random.nextInt(12); length > 0; length--) {
            label.appendCodePoint(oneOf('a', 'z', 0xe0, 0x3b1, 0x430, 0x4e00) + random.nextInt(20));
          }
          String ascii;
          try {
            ascii = IDN.toASCII(label.toString(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
          } catch (IllegalArgumentException refused) {
            return;
          }
          if (ascii.startsWith("xn--")) {
            assertThat(Punycode.decode(ascii.substring(4)))
                .isEqualTo(IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED));
          }
        });
  }

  @Test
  void punycodeOfAnythingIsTextOrNothing() {
    repeat(
        () -> {
          StringBuilder label = new StringBuilder();
          for (int length = random.nextInt(59); length > 0; length--) {
            label.append("abcdefghijklmnopqrstuvwxyz0123456789-".charAt(random.nextInt(37)));
          }
          String decoded = Punycode.decode(label.toString());

          if (decoded != null) {
            assertThat(Website.named(decoded).written()).isEqualTo(decoded);
          }
        });
  }

  private void repeat(ThrowingCallable property) {
    for (int i = 0; i < TIMES; i++) {
      try {
        property.call();
      } catch (Throwable failure) {
        throw new AssertionError("repeat it with -Dezypass.seed=" + seed, failure);
      }
    }
  }

  /** RFC 5952 by regular expressions, from the form with all eight groups. */
  private static String withLongestGap(String allGroups) {
    for (int zeros = 8; zeros > 1; zeros--) {
      Matcher gap = Pattern.compile("(^|:)0(:0){" + (zeros - 1) + "}(:|$)").matcher(allGroups);
      if (gap.find()) {
        return gap.replaceFirst("::");
      }
    }
    return allGroups;
  }

  /** Well formed, one line, not blank. */
  private String text() {
    int most = random.nextInt(200) == 0 ? Website.MAX_CHARS : 1 + random.nextInt(40);
    int mode = random.nextInt(3);
    StringBuilder text = new StringBuilder();
    while (text.length() < most) {
      text.append(mode == 0 || random.nextInt(3) == 0 ? anyCharacter() : fragment());
    }
    while (text.length() > Website.MAX_CHARS) {
      text.setLength(text.offsetByCodePoints(text.length(), -1));
    }
    boolean blank =
        text.chars().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
    return blank ? "x" : text.toString();
  }

  private String fragment() {
    return FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
  }

  private String anyCharacter() {
    int limit = oneOf(0x80, 0x250, 0x3100, 0x10000, 0x20000, Character.MAX_CODE_POINT + 1);
    while (true) {
      int c = random.nextInt(limit);
      boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      if (!surrogate && !Character.isISOControl(c)) {
        return Character.toString(c);
      }
    }
  }

  private String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private int oneOf(int... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
