package io.ezypass.internal.format.v1;

import java.util.Arrays;

/** Hides exact lengths: 0x80, then zeros up to the next multiple of 32 (ISO/IEC 7816-4). */
public final class Padding {
  private static final int BUCKET = 32;
  private static final byte MARK = (byte) 0x80;

  private Padding() {}

  /** The padded copy, 1 to 32 bytes longer. */
  public static byte[] pad(byte[] plain) {
    byte[] padded = Arrays.copyOf(plain, (plain.length / BUCKET + 1) * BUCKET);
    padded[plain.length] = MARK;
    return padded;
  }

  /** The length without the padding, which is checked. */
  static int unpaddedLength(byte[] padded) throws MalformedException {
    if (padded.length == 0 || padded.length % BUCKET != 0) {
      throw new MalformedException("padded length");
    }
    int end = padded.length - 1;
    while (end > padded.length - BUCKET && padded[end] == 0) {
      end--;
    }
    if (padded[end] != MARK) {
      throw new MalformedException("padding");
    }
    return end;
  }
}
