package io.ezypass.totp;

import io.ezypass.internal.cipher.OtpHmac;
import io.ezypass.model.Secret;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The one-time password of a counter (RFC 4226, section 5.3). */
final class Hotp {
  private static final int[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private Hotp() {}

  /** The code, with leading zeros. */
  static Secret code(OtpHmac hmac, byte[] key, long counter, int digits) {
    byte[] hash = hmac.of(key, ByteBuffer.allocate(Long.BYTES).putLong(counter).array());
    char[] code = new char[digits];
    try {
      int rest = truncated(hash) % POWERS_OF_TEN[digits];
      for (int i = digits - 1; i >= 0; i--) {
        code[i] = (char) ('0' + rest % 10);
        rest /= 10;
      }
      return Secret.of(code);
    } finally {
      Arrays.fill(hash, (byte) 0);
      Arrays.fill(code, '\0');
    }
  }

  /** The last four bits say where the 31 bits begin, also in hashes longer than SHA-1's. */
  static int truncated(byte[] hash) {
    int offset = hash[hash.length - 1] & 0x0f;
    return ByteBuffer.wrap(hash).getInt(offset) & 0x7fff_ffff;
  }
}
