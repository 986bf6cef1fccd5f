package io.ezypass.testkit.kms;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Where the ids and backing keys of a fake's keys come from. */
interface NewKeys {
  /** What the next key is made of. */
  Material next();

  /** Another one each time. */
  static NewKeys random(SecureRandom random) {
    return () -> new Material(bytes(random, Material.ID_BYTES), bytes(random, Material.KEY_BYTES));
  }

  /**
   * The same ones in the same order for the same seed. The bytes are spelled out here, by SHA-256
   * and not by one of the JDK's generators, since stored tables depend on them.
   */
  static NewKeys seeded(long seed) {
    AtomicLong made = new AtomicLong();
    return () -> {
      long number = made.getAndIncrement();
      byte[] id = Arrays.copyOf(digest("id", seed, number), Material.ID_BYTES);
      return new Material(id, digest("key", seed, number));
    };
  }

  private static byte[] digest(String purpose, long seed, long number) {
    byte[] label = ("ezypass-testkit fake-kms " + purpose).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES).putLong(seed).putLong(number);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(label);
      return sha256.digest(numbers.array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not usable in this JVM", e);
    }
  }

  private static byte[] bytes(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** An id and a backing key. */
  record Material(byte[] id, byte[] secret) {
    static final int ID_BYTES = 16;
    static final int KEY_BYTES = 32;

    /** The id as AWS writes it, in groups of 8, 4, 4, 4 and 12 digits. */
    String keyId() {
      String hex = HexFormat.of().formatHex(id);
      return String.join(
          "-",
          hex.substring(0, 8),
          hex.substring(8, 12),
          hex.substring(12, 16),
          hex.substring(16, 20),
          hex.substring(20));
    }

    String multiRegionKeyId() {
      return "mrk-" + HexFormat.of().formatHex(id);
    }

    /** Leaves the backing key out. */
    @Override
    public String toString() {
      return "Material[" + keyId() + "]";
    }
  }
}
