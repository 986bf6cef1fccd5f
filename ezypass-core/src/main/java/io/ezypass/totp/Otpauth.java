package io.ezypass.totp;

import io.ezypass.totp.Totp.Algorithm;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code otpauth://} URI says, in the key URI format that authenticator apps read: {@code
 * otpauth://totp/LABEL?secret=BASE32&issuer=…&algorithm=…&digits=…&period=…}. The label is the
 * account, or issuer and account with a colon between them. Encoded as RFC 3986 says, so a plus
 * sign is a plus sign. Parts are looked at where they are; only issuer and account become strings.
 *
 * @param key the decoded secret
 */
record Otpauth(
    Algorithm algorithm,
    int digits,
    int period,
    @Nullable String issuer,
    @Nullable String account,
    byte[] key) {

  private static final String SCHEME = "otpauth://";
  private static final String TYPE = "totp";
  private static final int MOST_BYTES_A_CHAR = 3;
  private static final Set<String> PARAMETERS =
      Set.of("secret", "issuer", "algorithm", "digits", "period");

  /** What is meant where a URI says nothing, and all that a bare secret means. */
  static Otpauth bare(byte[] key) {
    return new Otpauth(Algorithm.SHA1, 6, 30, null, null, key);
  }

  /** Whether a text is to be read as a URI. */
  static boolean isUri(CharBuffer text) {
    return startsWith(text, SCHEME);
  }

  static Otpauth parse(CharBuffer uri) {
    CharBuffer rest = before('#', after(SCHEME.length(), uri));
    CharBuffer path = before('?', rest);
    Map<String, CharBuffer> given = parameters(after(path.length() + 1, rest));
    CharBuffer type = before('/', path);
    requireTotp(type);
    CharBuffer secret = given.get("secret");
    if (secret == null) {
      throw new IllegalArgumentException("totp secret is missing");
    }
    String label = text("label", after(type.length() + 1, path));
    int colon = label.indexOf(':');
    String prefix = colon < 0 ? "" : label.substring(0, colon);
    String issuer = text("issuer", given.getOrDefault("issuer", CharBuffer.allocate(0)));
    return new Otpauth(
        algorithm(given.get("algorithm")),
        number("digits", "6, 7 or 8", given.get("digits"), 6, 8, 6),
        number("period", "1 to 2147483647", given.get("period"), 1, Integer.MAX_VALUE, 30),
        stripped(issuer.isEmpty() ? prefix : issuer),
        stripped(label.substring(colon + 1)),
        key(secret)); // last: what is refused before leaves no key behind
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "Otpauth[redacted]";
  }

  private static void requireTotp(CharBuffer type) {
    if (!equalsIgnoringCase(type, TYPE)) {
      throw new IllegalArgumentException(
          equalsIgnoringCase(type, "hotp")
              ? "totp type must be totp, but is hotp, which counts uses and not time"
              : "totp type must be totp");
    }
  }

  private static Map<String, CharBuffer> parameters(CharBuffer query) {
    Map<String, CharBuffer> known = new LinkedHashMap<>();
    CharBuffer rest = query;
    while (rest.hasRemaining()) {
      CharBuffer parameter = before('&', rest);
      rest = after(parameter.length() + 1, rest);
      CharBuffer name = before('=', parameter);
      for (String expected : PARAMETERS) {
        if (expected.contentEquals(name)
            && known.put(expected, after(name.length() + 1, parameter)) != null) {
          throw new IllegalArgumentException("totp " + expected + " is given twice");
        }
      }
    }
    return known;
  }

  private static byte[] key(CharBuffer encoded) {
    CharBuffer secret = percentDecoded("secret", encoded);
    try {
      return Base32.decode(secret);
    } finally {
      Arrays.fill(secret.array(), '\0');
    }
  }

  private static Algorithm algorithm(@Nullable CharBuffer name) {
    if (name == null) {
      return Algorithm.SHA1;
    }
    for (Algorithm algorithm : Algorithm.values()) {
      if (equalsIgnoringCase(name, algorithm.name())) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException("totp algorithm must be SHA1, SHA256 or SHA512");
  }

  private static int number(
      String name, String range, @Nullable CharBuffer digits, int least, int most, int otherwise) {
    if (digits == null) {
      return otherwise;
    }
    long value = 0;
    for (int i = 0; i < digits.length() && value <= most; i++) {
      int digit = digits.charAt(i) - '0';
      value = digit < 0 || digit > 9 ? Long.MAX_VALUE : 10 * value + digit;
    }
    if (value < least || value > most) {
      throw new IllegalArgumentException("totp " + name + " must be " + range);
    }
    return (int) value;
  }

  private static String text(String name, CharBuffer encoded) {
    String text = percentDecoded(name, encoded).toString();
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("totp " + name + " has a control character");
    }
    return text;
  }

  private static @Nullable String stripped(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? null : stripped;
  }

  /** A copy, in an array of its own. */
  private static CharBuffer percentDecoded(String name, CharBuffer encoded) {
    ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES_A_CHAR * encoded.length());
    CharBuffer text = CharBuffer.allocate(encoded.length());
    try {
      StandardCharsets.UTF_8.newEncoder().encode(encoded.duplicate(), bytes, true);
      ByteBuffer raw = bytes.duplicate().flip();
      bytes.clear(); // in place: an escape is longer than what it stands for
      while (raw.hasRemaining()) {
        byte b = raw.get();
        bytes.put(b == '%' ? hexByte(name, raw) : b);
      }
      if (StandardCharsets.UTF_8.newDecoder().decode(bytes.flip(), text, true).isError()) {
        throw new IllegalArgumentException("totp " + name + " is not UTF-8, percent-encoded");
      }
      return text.flip();
    } finally {
      Arrays.fill(bytes.array(), (byte) 0);
    }
  }

  private static byte hexByte(String name, ByteBuffer raw) {
    int high = raw.hasRemaining() ? Character.digit(raw.get(), 16) : -1;
    int low = raw.hasRemaining() ? Character.digit(raw.get(), 16) : -1;
    if (high < 0 || low < 0) {
      throw new IllegalArgumentException("totp " + name + " has a malformed percent-encoding");
    }
    return (byte) (high << 4 | low);
  }

  /** What comes before a character, everything if it is not there. */
  private static CharBuffer before(char end, CharBuffer text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == end) {
        return text.subSequence(0, i);
      }
    }
    return text;
  }

  /** What comes after so many characters, nothing if there are fewer. */
  private static CharBuffer after(int start, CharBuffer text) {
    return text.subSequence(Math.min(start, text.length()), text.length());
  }

  private static boolean startsWith(CharBuffer text, String prefix) {
    return text.length() >= prefix.length()
        && equalsIgnoringCase(text.subSequence(0, prefix.length()), prefix);
  }

  /** Of ASCII only: no letter of another script is taken for one of it. */
  private static boolean equalsIgnoringCase(CharBuffer text, String ascii) {
    boolean same = text.length() == ascii.length();
    for (int i = 0; same && i < ascii.length(); i++) {
      char c = text.charAt(i);
      char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
      char expected = ascii.charAt(i);
      same = upper == (expected >= 'a' && expected <= 'z' ? expected - 'a' + 'A' : expected);
    }
    return same;
  }
}
