package io.ezypass.model;

import org.jspecify.annotations.Nullable;

/**
 * Decodes Punycode (RFC 3492). {@link java.net.IDN} does so only for text that IDNA 2003 allows,
 * which leaves out {@code ß} and every emoji since.
 */
final class Punycode {
  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;

  private Punycode() {}

  /**
   * Decodes a label of at most 63 characters in lower case, without its {@code xn--}.
   *
   * @return the text, or null if the label is malformed, needs no Punycode, or holds surrogates,
   *     control characters or white space
   */
  static @Nullable String decode(String label) {
    if (label.chars().anyMatch(c -> c >= INITIAL_N)) {
      return null;
    }
    int basic = Math.max(label.lastIndexOf('-'), 0);
    StringBuilder output = new StringBuilder(label.substring(0, basic));
    int in = basic > 0 ? basic + 1 : 0;
    int length = basic;
    long n = INITIAL_N;
    long i = 0;
    int bias = INITIAL_BIAS;
    while (in < label.length()) {
      long before = i;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        int digit = in < label.length() ? digit(label.charAt(in++)) : -1;
        // Longs cannot overflow: weight grows by at most 35 from below this bound.
        if (digit < 0 || weight > Integer.MAX_VALUE || i > Integer.MAX_VALUE) {
          return null;
        }
        i += digit * weight;
        int threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
      }
      length++;
      bias = adapt(i - before, length, before == 0);
      n += i / length;
      i %= length;
      if (n > Character.MAX_CODE_POINT || !isText((int) n)) {
        return null;
      }
      output.insert(output.offsetByCodePoints(0, (int) i), Character.toString((int) n));
      i++;
    }
    return length == basic ? null : output.toString();
  }

  private static boolean isText(int c) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !surrogate && !Character.isISOControl(c) && !WebsiteNormaliser.isWhiteSpace(c);
  }

  private static int digit(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
  }

  private static int adapt(long delta, int length, boolean first) {
    long d = first ? delta / DAMP : delta / 2;
    d += d / length;
    int k = 0;
    while (d > (BASE - T_MIN) * T_MAX / 2) {
      d /= BASE - T_MIN;
      k += BASE;
    }
    return (int) (k + (BASE - T_MIN + 1) * d / (d + SKEW));
  }
}
