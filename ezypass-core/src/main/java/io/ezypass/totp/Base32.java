package io.ezypass.totp;

import java.util.Arrays;

/**
 * Reads base32 (RFC 4648, section 6) as sites show it: in either case, with spaces and hyphens
 * between the characters, with or without padding.
 */
final class Base32 {
  private static final int BITS = 5;
  private static final int BLOCK = 8;

  private Base32() {}

  /**
   * Decodes a secret.
   *
   * @param text at least one character of base32
   * @return the bytes, to be wiped by the caller
   * @throws IllegalArgumentException saying what is wrong, without showing any of it
   */
  static byte[] decode(CharSequence text) {
    byte[] out = new byte[text.length() * BITS / Byte.SIZE];
    try {
      return Arrays.copyOf(out, decode(text, out));
    } finally {
      Arrays.fill(out, (byte) 0);
    }
  }

  private static int decode(CharSequence text, byte[] out) {
    int chars = 0;
    int padding = 0;
    int written = 0;
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isSeparator(c)) {
        continue;
      }
      if (c == '=') {
        padding++;
        continue;
      }
      int value = value(c);
      if (value < 0 || padding > 0) {
        throw new IllegalArgumentException("totp secret is not base32 (RFC 4648)");
      }
      chars++;
      buffer = buffer << BITS | value;
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        out[written++] = (byte) (buffer >>> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    // The bits left over are not looked at: sites that draw characters at random leave some set.
    if (chars == 0) {
      throw new IllegalArgumentException("totp secret must not be empty");
    }
    boolean padded = padding == 0 || (padding < BLOCK && (chars + padding) % BLOCK == 0);
    if (bits >= BITS || !padded) {
      throw new IllegalArgumentException(
          "totp secret has a length that base32 (RFC 4648) does not have; is a character missing?");
    }
    return written;
  }

  private static int value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
  }

  private static boolean isSeparator(char c) {
    return c == '-' || Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
