package io.ezypass.internal.cipher;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * 32 secret bytes that can be wiped. The JDK's own {@code SecretKeySpec} cannot: its {@code
 * destroy()} throws on Java 17. Never serialised, though the JDK's interface allows it.
 */
public final class Key {
  /** The length of every key here. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private Key(byte[] owned) {
    this.bytes = owned;
  }

  /** A key with a copy of the bytes. */
  public static Key copyOf(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.length);
    }
    return new Key(bytes.clone());
  }

  /** A copy of the bytes, for sealing them under another key; to be wiped by the caller. */
  public byte[] copyBytes() {
    return bytes.clone();
  }

  /** Overwrites the bytes. */
  public void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }

  SecretKey forHmac() {
    return new JceKey("HmacSHA256", bytes);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "Key[redacted]";
  }

  /** Hands the JCE clones, which its HmacSHA256 and AES implementations overwrite after use. */
  record JceKey(String algorithm, byte[] bytes) implements SecretKey {
    private static final long serialVersionUID = 1L;

    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return bytes.clone();
    }

    @Override
    public String toString() {
      return "JceKey[redacted]";
    }
  }
}
