package io.ezypass.internal.format.v1;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a payload: fields in ascending order, each as number (1 byte), length (varint), value. The
 * buffer can be wiped, and text goes in without becoming a String.
 */
final class FieldWriter implements AutoCloseable {
  private byte[] buffer = new byte[128];
  private int length;

  /** The payload, padded. */
  byte[] padded() {
    byte[] plain = Arrays.copyOf(buffer, length);
    try {
      return Padding.pad(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  void field(int number, byte[] value) {
    raw(number);
    varint(value.length);
    bytes(value);
  }

  void text(int number, CharSequence value) {
    byte[] utf8 = utf8(CharBuffer.wrap(value));
    field(number, utf8);
    Arrays.fill(utf8, (byte) 0);
  }

  /** A number in as few big-endian bytes as it needs, at least one. */
  void number(int number, long value) {
    byte[] all = ByteBuffer.allocate(8).putLong(value).array();
    int from = 0;
    while (from < 7 && all[from] == 0) {
      from++;
    }
    field(number, Arrays.copyOfRange(all, from, 8));
  }

  /** A name and a value in one field: length of the name (varint), name, value. */
  void pair(int number, CharSequence name, char[] value) {
    byte[] nameUtf8 = utf8(CharBuffer.wrap(name));
    byte[] valueUtf8 = utf8(CharBuffer.wrap(value));
    raw(number);
    varint(varintLength(nameUtf8.length) + nameUtf8.length + valueUtf8.length);
    varint(nameUtf8.length);
    bytes(nameUtf8);
    bytes(valueUtf8);
    Arrays.fill(valueUtf8, (byte) 0);
  }

  void chars(int number, char[] value) {
    text(number, CharBuffer.wrap(value));
  }

  @Override
  public void close() {
    Arrays.fill(buffer, (byte) 0);
  }

  private static byte[] utf8(CharBuffer text) {
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    byte[] room = new byte[(int) (text.remaining() * (double) encoder.maxBytesPerChar())];
    ByteBuffer encoded = ByteBuffer.wrap(room);
    encoder.encode(text, encoded, true);
    byte[] bytes = Arrays.copyOf(room, encoded.position());
    Arrays.fill(room, (byte) 0);
    return bytes;
  }

  private void varint(int value) {
    int rest = value;
    while (rest > 0x7f) {
      raw((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    raw(rest);
  }

  private static int varintLength(int value) {
    return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
  }

  private void raw(int value) {
    ensure(1);
    buffer[length++] = (byte) value;
  }

  private void bytes(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, buffer, length, value.length);
    length += value.length;
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      byte[] old = buffer;
      buffer = Arrays.copyOf(old, Math.max(2 * old.length, length + more));
      Arrays.fill(old, (byte) 0);
    }
  }
}
