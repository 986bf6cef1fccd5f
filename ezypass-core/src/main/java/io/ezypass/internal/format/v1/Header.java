package io.ezypass.internal.format.v1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a sealed item says of itself in the clear, attribute {@code h}: format (1 byte), feature
 * bits (1), generation of the vault key (2), operation id (16), commitment (32), and the first 8
 * bytes of up to four earlier operation ids, newest first.
 */
public record Header(
    int features, int generation, byte[] operationId, byte[] commitment, List<byte[]> earlier) {
  /** The format byte. */
  public static final int FORMAT = 1;

  /** Feature bit of a credential that has revisions, whose rows a change has to take along. */
  public static final int REVISIONS = 0x01;

  /** Feature bit of a credential that has a row in the due list. */
  public static final int DUE = 0x02;

  /** Feature bit of a credential that was shared, whose grants a change has to take along. */
  public static final int SHARES = 0x04;

  /** Feature bit of a credential with custom fields that are no text. */
  public static final int CUSTOM_FIELD_KINDS = 0x08;

  /** The feature bits that this version of the library knows. */
  public static final int KNOWN_FEATURES = REVISIONS | DUE | SHARES | CUSTOM_FIELD_KINDS;

  /** The last generation of a vault key that its two bytes can name. */
  public static final int MAX_GENERATION = 0xffff;

  /** How many earlier operation ids are kept. */
  public static final int MAX_EARLIER = 4;

  private static final int SHORT_ID = 8;
  private static final int FIXED = 1 + 1 + 2 + 16 + 32;

  /** The bytes as stored. */
  public byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(FIXED + earlier.size() * SHORT_ID);
    out.write(FORMAT);
    out.write(features);
    out.write(generation >>> 8);
    out.write(generation);
    out.writeBytes(operationId);
    out.writeBytes(commitment);
    earlier.forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** Reads stored bytes. */
  public static Header decode(byte[] bytes) throws MalformedException {
    if (bytes.length == 0) {
      throw new MalformedException("empty header");
    }
    if (bytes[0] != FORMAT) {
      throw new UnknownFormatException();
    }
    int rest = bytes.length - FIXED;
    if (rest < 0 || rest % SHORT_ID != 0 || rest / SHORT_ID > MAX_EARLIER) {
      throw new MalformedException("header length");
    }
    List<byte[]> earlier = new ArrayList<>();
    for (int at = FIXED; at < bytes.length; at += SHORT_ID) {
      earlier.add(Arrays.copyOfRange(bytes, at, at + SHORT_ID));
    }
    return new Header(
        bytes[1] & 0xff,
        ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff),
        Arrays.copyOfRange(bytes, 4, 20),
        Arrays.copyOfRange(bytes, 20, 52),
        List.copyOf(earlier));
  }

  /** The earlier ids that the next version of the item keeps. */
  public List<byte[]> earlierOfNext() {
    List<byte[]> next = new ArrayList<>();
    next.add(Arrays.copyOf(operationId, SHORT_ID));
    next.addAll(earlier.subList(0, Math.min(earlier.size(), MAX_EARLIER - 1)));
    return List.copyOf(next);
  }

  /** The header of the same version, sealed again under another generation. */
  public Header under(int otherGeneration, byte[] otherCommitment) {
    return new Header(features, otherGeneration, operationId, otherCommitment, earlier);
  }

  /** The header of the same version with more feature bits, as far as it is not the sealing's. */
  public Header withFeatures(int bits) {
    return new Header(features | bits, generation, operationId, commitment, earlier);
  }

  /** Whether the operation made this version or one of the up to four before. */
  public boolean names(byte[] operation) {
    return Arrays.equals(operationId, operation)
        || earlier.stream().anyMatch(id -> Arrays.equals(id, Arrays.copyOf(operation, SHORT_ID)));
  }

  /** Whether a newer version of the library wrote it; then it may be read, never written. */
  public boolean hasUnknownFeatures() {
    return (features & ~KNOWN_FEATURES) != 0;
  }

  /** Shows nothing: the bytes are of no use to a reader. */
  @Override
  public String toString() {
    return "Header[generation=" + generation + "]";
  }
}
