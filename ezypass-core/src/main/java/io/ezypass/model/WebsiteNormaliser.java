package io.ezypass.model;

import io.ezypass.model.Website.Kind;
import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was written into the kind and value by which websites are compared. Part of the stored
 * format: a changed rule is a new format.
 *
 * <p>The rules in order; the first that fits decides.
 *
 * <ol>
 *   <li>White space at the ends is ignored. With white space inside, the text is a name.
 *   <li>{@code android://…@package} is an app; the value is the package, whose case matters.
 *   <li>{@code scheme://…} with one of the {@linkplain #HOST_SCHEMES host schemes}, and {@code
 *       //…}, are URLs; with another scheme the text is a name, since what follows need not be a
 *       host.
 *   <li>Without a scheme the text is read like a URL's part after {@code //}, if that is plausible:
 *       see {@link #bare}.
 *   <li>User info, port, path, query and fragment are cut off. What is left is a host if it is an
 *       IPv4 or IPv6 address or if every label is letters, digits and inner hyphens after {@code
 *       IDN.toASCII}; the last one must not be a number. Whatever else is a name.
 *   <li>A trailing dot goes, and {@code www.} for as long as two labels remain behind it.
 * </ol>
 *
 * <p>A URL whose host is refused is the name of that host alone, so that all its pages are one
 * place; labels in Punycode are decoded for it. The value of any other name is the whole text. No
 * rule ever asks the DNS.
 *
 * <p><b>Which JDK.</b> Hosts and apps come out the same on every JDK: {@link IDN} is bound to
 * Unicode 3.2, and everything else here looks at ASCII and at literal code points only. Names go
 * through {@link Normalizer} and {@link String#toLowerCase(Locale)}, which follow the Unicode
 * version of the JDK: two JDKs may disagree on a name with a character that the older one does not
 * know yet (JDK 17 knows Unicode 13).
 */
final class WebsiteNormaliser {
  /** A fixed list: behind a scheme of an app's own, {@code chrome://settings}, stands no host. */
  private static final Set<String> HOST_SCHEMES =
      Set.of(
          ("ftp ftps git http https imap imaps irc ircs ldap ldaps mongodb "
                  + "mysql nfs pop3 pop3s postgres postgresql rdp redis sftp smb smtp "
                  + "smtps ssh svn telnet vnc ws wss")
              .split(" "));

  /** Before a colon without slashes these are no host and no user: {@code mailto:x@example.com}. */
  private static final Set<String> OPAQUE_SCHEMES =
      Set.of(
          ("about blob data file http https javascript mailto sip sips sms tel "
                  + "urn view-source xmpp")
              .split(" "));

  /** The longest host that the DNS can hold, written without its trailing dot. */
  private static final int MAX_HOST = 253;

  private static final int MAX_LABEL = 63;

  private static final String ACE_PREFIX = "xn--";

  private WebsiteNormaliser() {}

  static Website normalise(String written) {
    String text = squeeze(written);
    if (text.indexOf(' ') >= 0) {
      return name(written);
    }
    int schemeEnd = schemeEnd(text);
    if (schemeEnd > 0) {
      String scheme = lowerAscii(text.substring(0, schemeEnd));
      String rest = text.substring(schemeEnd + 3);
      if (scheme.equals("android")) {
        return app(rest, written);
      }
      return HOST_SCHEMES.contains(scheme) ? url(rest, written) : name(written);
    }
    return text.startsWith("//") ? url(text.substring(2), written) : bare(text, written);
  }

  /**
   * Folds the text: runs of white space become one space, those at the ends go; then NFC, lower
   * case, NFC again because lower case can bring combining marks.
   */
  static Website name(String written) {
    return new Website(Kind.NAME, fold(written), written);
  }

  /** Whether the host is an IPv4 address (four decimal numbers) or an IPv6 address. */
  static boolean isAddress(String host) {
    return IpAddresses.isIpv4(host) || IpAddresses.canonicalIpv6(host) != null;
  }

  private static Website app(String rest, String written) {
    String authority = untilPath(rest);
    int at = authority.lastIndexOf('@');
    String packageName = authority.substring(at + 1);
    return at > 0 && isPackage(packageName)
        ? new Website(Kind.APP, packageName, written)
        : name(written);
  }

  private static Website url(String rest, String written) {
    Authority authority = Authority.parse(untilPath(rest));
    Website website = authority == null ? null : hostOrItsName(authority.host(), written);
    return website == null ? name(written) : website;
  }

  /**
   * Text without scheme. One label alone may be the name of a machine and is a host; if something
   * else stands around it, {@code AC/DC}, {@code me@home}, it is a host only with a dot or a port
   * number, or if it is {@code localhost}.
   */
  private static Website bare(String text, String written) {
    int colon = text.indexOf(':');
    if (colon > 0 && OPAQUE_SCHEMES.contains(lowerAscii(text.substring(0, colon)))) {
      return name(written);
    }
    String ipv6 = IpAddresses.canonicalIpv6(text);
    if (ipv6 != null) {
      return new Website(Kind.HOST, ipv6, written);
    }
    Authority authority = Authority.parse(untilPath(text));
    if (authority == null) {
      return name(written);
    }
    String host = authority.host();
    boolean alone = host.equals(text);
    boolean plausible =
        alone
            || !authority.port().isEmpty()
            || host.startsWith("[")
            || unifyDots(host).indexOf('.') >= 0
            || lowerAscii(host).equals("localhost");
    Website website = plausible ? hostOrItsName(host, written) : null;
    // Unless it is a URL for sure, what surrounds a refused host belongs to the name.
    return website != null && (alone || website.kind() == Kind.HOST) ? website : name(written);
  }

  /** The host, or the name of what cannot be one, or null if there is not even a name in it. */
  private static @Nullable Website hostOrItsName(String host, String written) {
    if (host.startsWith("[")) {
      String ipv6 = IpAddresses.canonicalIpv6(host.substring(1, host.length() - 1));
      return ipv6 == null ? null : new Website(Kind.HOST, ipv6, written);
    }
    String dotted = unifyDots(host);
    if (dotted.endsWith(".")) {
      dotted = dotted.substring(0, dotted.length() - 1);
    }
    List<String> labels = List.of(dotted.split("\\.", -1));
    if (dotted.length() > Website.MAX_CHARS || labels.contains("")) {
      return null;
    }
    String ascii = asciiHost(labels);
    if (ascii != null) {
      return new Website(Kind.HOST, ascii, written);
    }
    List<String> readable = labels.stream().map(WebsiteNormaliser::readableLabel).toList();
    return new Website(Kind.NAME, fold(withoutWww(readable)), written);
  }

  private static @Nullable String asciiHost(List<String> labels) {
    List<String> ascii = new ArrayList<>();
    for (String label : labels) {
      String converted = asciiLabel(label);
      if (converted == null) {
        return null;
      }
      ascii.add(converted);
    }
    String whole = String.join(".", ascii);
    if (IpAddresses.isIpv4(whole)) {
      return whole;
    }
    // Browsers read 127.1 and 0x7f000001 as IPv4 addresses; no domain ends in a number.
    boolean refused = whole.length() > MAX_HOST || isNumber(ascii.get(ascii.size() - 1));
    return refused ? null : withoutWww(ascii);
  }

  private static @Nullable String asciiLabel(String label) {
    String ascii = isAscii(label) ? lowerAscii(label) : toAscii(label);
    if (ascii == null || !isLetterDigitHyphen(ascii)) {
      return null;
    }
    if (ascii.startsWith(ACE_PREFIX)) {
      // One spelling per host: a label in Punycode counts if it is what its own text encodes to.
      String decoded = Punycode.decode(ascii.substring(ACE_PREFIX.length()));
      if (decoded == null || !ascii.equals(toAscii(decoded))) {
        return null;
      }
    }
    return ascii;
  }

  private static String readableLabel(String label) {
    String lower = lowerAscii(label);
    if (!lower.startsWith(ACE_PREFIX) || lower.length() > MAX_LABEL) {
      return label;
    }
    String decoded = Punycode.decode(lower.substring(ACE_PREFIX.length()));
    return decoded == null ? label : decoded;
  }

  /** One label in ASCII by IDNA 2003; null if it refuses the label or IDNA 2008 reads another. */
  private static @Nullable String toAscii(String label) {
    if (label.chars().anyMatch(WebsiteNormaliser::isDeviation)) {
      return null;
    }
    try {
      return lowerAscii(IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES));
    } catch (IllegalArgumentException refused) {
      return null;
    }
  }

  /** IDNA 2003 maps these to {@code ss}, to another sigma and to nothing; IDNA 2008 keeps them. */
  private static boolean isDeviation(int c) {
    return c == 'ß' || c == 'ς' || c == '\u200c' || c == '\u200d';
  }

  private static String withoutWww(List<String> labels) {
    int from = 0;
    while (labels.size() - from > 2 && lowerAscii(labels.get(from)).equals("www")) {
      from++;
    }
    return String.join(".", labels.subList(from, labels.size()));
  }

  private static String unifyDots(String host) {
    return host.replace('\u3002', '.').replace('\uff0e', '.').replace('\uff61', '.');
  }

  private static String untilPath(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("/?#".indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  /** The index of {@code ://} behind a scheme, or -1. */
  private static int schemeEnd(String text) {
    int end = text.indexOf("://");
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!isLetter(c) && (i == 0 || (!isDigit(c) && "+-.".indexOf(c) < 0))) {
        return -1;
      }
    }
    return end;
  }

  private static boolean isPackage(String text) {
    String[] segments = text.split("\\.", -1);
    for (String segment : segments) {
      if (segment.isEmpty() || !isLetter(segment.charAt(0))) {
        return false;
      }
      if (!segment.chars().allMatch(c -> isLetter(c) || isDigit(c) || c == '_')) {
        return false;
      }
    }
    return segments.length > 1;
  }

  private static boolean isLetterDigitHyphen(String label) {
    return !label.isEmpty()
        && label.length() <= MAX_LABEL
        && !label.startsWith("-")
        && !label.endsWith("-")
        && label.chars().allMatch(c -> isLetter(c) || isDigit(c) || c == '-');
  }

  private static boolean isNumber(String label) {
    return label.chars().allMatch(WebsiteNormaliser::isDigit)
        || (label.startsWith("0x")
            && label.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0));
  }

  private static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String lowerAscii(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  /** Folds a name: white space squeezed, NFC, lower case, NFC. */
  static String fold(String text) {
    String composed = Normalizer.normalize(squeeze(text), Normalizer.Form.NFC);
    return Normalizer.normalize(composed.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /** Each run of white space becomes one space; those at the ends go. */
  private static String squeeze(String text) {
    StringBuilder squeezed = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isWhiteSpace(c)) {
        squeezed.append(c);
      } else if (!squeezed.isEmpty() && squeezed.charAt(squeezed.length() - 1) != ' ') {
        squeezed.append(' ');
      }
    }
    int last = squeezed.length() - 1;
    if (last >= 0 && squeezed.charAt(last) == ' ') {
      squeezed.setLength(last);
    }
    return squeezed.toString();
  }

  /** White_Space as of Unicode 13, literally; control characters have been refused before. */
  static boolean isWhiteSpace(int c) {
    return c == ' '
        || c == '\u00a0'
        || c == '\u1680'
        || (c >= '\u2000' && c <= '\u200a')
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u202f'
        || c == '\u205f'
        || c == '\u3000';
  }

  /** Host and digits of the port, perhaps none, of {@code user:password@host:port}. */
  private record Authority(String host, String port) {
    static @Nullable Authority parse(String text) {
      // Browsers take a backslash for a slash; then what looks like the host is a path.
      if (text.indexOf('\\') >= 0) {
        return null;
      }
      String hostAndPort = text.substring(text.lastIndexOf('@') + 1);
      int hostEnd = hostAndPort.indexOf(hostAndPort.startsWith("[") ? ']' : ':');
      if (hostAndPort.startsWith("[")) {
        if (hostEnd < 0) {
          return null;
        }
        hostEnd++;
      } else if (hostEnd < 0) {
        hostEnd = hostAndPort.length();
      }
      String host = hostAndPort.substring(0, hostEnd);
      String rest = hostAndPort.substring(hostEnd);
      if (host.isEmpty() || !(rest.isEmpty() || isPort(rest))) {
        return null;
      }
      return new Authority(host, rest.isEmpty() ? "" : rest.substring(1));
    }

    private static boolean isPort(String colonAndPort) {
      return colonAndPort.startsWith(":")
          && colonAndPort.length() <= 6
          && colonAndPort.chars().skip(1).allMatch(WebsiteNormaliser::isDigit)
          && (colonAndPort.length() == 1 || Integer.parseInt(colonAndPort.substring(1)) <= 65_535);
    }
  }
}
