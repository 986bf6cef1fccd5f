package io.ezypass.internal.cipher;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * HMAC (RFC 2104) with keys of any length and the hashes that RFC 6238 names, for one-time
 * passwords. Nothing of the library's own is protected by it. SHA-1 is what nearly all sites use;
 * HMAC does not rest on the collision resistance that SHA-1 has lost.
 */
public enum OtpHmac {
  /** What RFC 4226 defines. */
  SHA1("HmacSHA1"),
  /** By RFC 6238. */
  SHA256("HmacSHA256"),
  /** By RFC 6238. */
  SHA512("HmacSHA512");

  private final String algorithm;

  OtpHmac(String algorithm) {
    this.algorithm = algorithm;
  }

  /**
   * The HMAC of a message.
   *
   * @param key at least 1 byte, copied; wiping it stays the caller's business
   */
  public byte[] of(byte[] key, byte[] message) {
    byte[] own = key.clone();
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new Key.JceKey(algorithm, own));
      try {
        return mac.doFinal(message);
      } finally {
        // A Mac keeps its key until it gets another one.
        Arrays.fill(own, (byte) 0);
        mac.init(new Key.JceKey(algorithm, own));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no usable " + algorithm, e);
    } finally {
      Arrays.fill(own, (byte) 0);
    }
  }
}
