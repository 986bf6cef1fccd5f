package io.ezypass.internal.cipher;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/** HMAC-SHA-256 (RFC 2104) and the Expand step of HKDF (RFC 5869, section 2.3). */
public final class Hmac {
  private static final int BLOCK = 32;
  private static final Key NO_KEY = Key.copyOf(new byte[Key.LENGTH]);
  private static final ThreadLocal<Mac> MAC =
      ThreadLocal.withInitial(
          () -> {
            try {
              return Mac.getInstance("HmacSHA256");
            } catch (GeneralSecurityException e) {
              throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
          });

  private Hmac() {}

  /** The 32-byte HMAC over the concatenated parts. Callers make the concatenation unambiguous. */
  public static byte[] sha256(Key key, byte[]... parts) {
    Mac mac = keyed(key);
    try {
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } finally {
      forget(mac);
    }
  }

  /**
   * HKDF-Expand. The keys given are uniform, so Extract may be left out (RFC 5869, section 3.3).
   *
   * @param length at most 255 * 32
   */
  public static byte[] expand(Key key, byte[] info, int length) {
    if (length < 1 || length > 255 * BLOCK) {
      throw new IllegalArgumentException("HKDF-Expand gives 1 to 8160 bytes, not " + length);
    }
    byte[] out = new byte[length];
    byte[] block = new byte[0];
    Mac mac = keyed(key);
    try {
      for (int done = 0, counter = 1; done < length; done += BLOCK, counter++) {
        mac.update(block);
        mac.update(info);
        mac.update((byte) counter);
        Arrays.fill(block, (byte) 0);
        block = mac.doFinal();
        System.arraycopy(block, 0, out, done, Math.min(BLOCK, length - done));
      }
      return out;
    } finally {
      Arrays.fill(block, (byte) 0);
      forget(mac);
    }
  }

  /** A key of its own for one purpose. */
  public static Key deriveKey(Key key, String label) {
    byte[] bytes = expand(key, label.getBytes(StandardCharsets.US_ASCII), Key.LENGTH);
    try {
      return Key.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Compares in time that depends on the lengths only. */
  public static boolean equal(byte[] left, byte[] right) {
    return MessageDigest.isEqual(left, right);
  }

  private static Mac keyed(Key key) {
    Mac mac = MAC.get();
    init(mac, key);
    return mac;
  }

  /** A Mac keeps its key; the thread's Mac must not outlive the key that it was used with. */
  private static void forget(Mac mac) {
    init(mac, NO_KEY);
  }

  private static void init(Mac mac, Key key) {
    try {
      mac.init(key.forHmac());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 takes keys of 32 bytes", e);
    }
  }
}
