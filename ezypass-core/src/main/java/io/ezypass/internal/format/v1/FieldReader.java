package io.ezypass.internal.format.v1;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a payload. Fields must ascend; only those that are lists may repeat. A payload with unknown
 * feature bits may hold unknown fields, which are passed over.
 */
final class FieldReader implements AutoCloseable {
  /** More than DynamoDB stores in an item. */
  private static final int MAX = 512 * 1024;

  private final byte[] bytes;
  private final int end;
  private final long lists;
  private int at;
  private int number;
  private byte[] value = new byte[0];

  /**
   * Takes a padded payload, which is wiped on closing.
   *
   * @param lists the numbers, below 64, of the fields that may repeat
   */
  FieldReader(byte[] padded, int... lists) throws MalformedException {
    bytes = padded;
    end = Padding.unpaddedLength(padded);
    this.lists = Arrays.stream(lists).mapToLong(n -> 1L << n).reduce(0, (a, b) -> a | b);
  }

  /** Goes to the next field. */
  boolean next() throws MalformedException {
    Arrays.fill(value, (byte) 0);
    if (at == end) {
      return false;
    }
    int field = bytes[at++] & 0xff;
    boolean repeats = field == number && (field > 63 || ((lists >>> field) & 1) == 1);
    if (field <= number && !repeats) {
      throw new MalformedException("order of fields");
    }
    number = field;
    int length = varint();
    if (length > end - at) {
      throw new MalformedException("field length");
    }
    value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return true;
  }

  int number() {
    return number;
  }

  byte[] value() {
    return value.clone();
  }

  byte[] value(int length) throws MalformedException {
    if (value.length != length) {
      throw new MalformedException("value length");
    }
    return value.clone();
  }

  long longValue() throws MalformedException {
    if (value.length < 1 || value.length > 8 || (value.length > 1 && value[0] == 0)) {
      throw new MalformedException("number");
    }
    long result = 0;
    for (byte b : value) {
      result = (result << 8) | (b & 0xff);
    }
    return result;
  }

  /** Text, which is never empty: what is empty is left out. */
  String text() throws MalformedException {
    return utf8(notEmpty(), 0).toString();
  }

  /** Like {@link #text}, for the caller to wipe. */
  char[] chars() throws MalformedException {
    return drain(utf8(notEmpty(), 0));
  }

  /** Reads a name and a value in one field. */
  <T> T pair(PairReader<T> reader) throws MalformedException {
    int length = 0;
    int from = 0;
    for (int shift = 0; ; shift += 7) {
      if (from == value.length || shift > 21) {
        throw new MalformedException("pair");
      }
      byte b = value[from++];
      length |= (b & 0x7f) << shift;
      if (b == 0 && shift > 0) {
        throw new MalformedException("pair");
      }
      if (b >= 0) {
        break;
      }
    }
    if (length > value.length - from) {
      throw new MalformedException("pair");
    }
    String name = utf8(Arrays.copyOfRange(value, from, from + length), 0).toString();
    return reader.read(name, drain(utf8(value, from + length)));
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(value, (byte) 0);
  }

  /** Makes something of a name and a value; the characters are the receiver's to wipe. */
  @FunctionalInterface
  interface PairReader<T> {
    T read(String name, char[] value);
  }

  private byte[] notEmpty() throws MalformedException {
    if (value.length == 0) {
      throw new MalformedException("empty text");
    }
    return value;
  }

  private int varint() throws MalformedException {
    int result = 0;
    for (int shift = 0; shift <= 21; shift += 7) {
      if (at == end) {
        throw new MalformedException("varint");
      }
      byte b = bytes[at++];
      result |= (b & 0x7f) << shift;
      if (b >= 0) {
        if ((b == 0 && shift > 0) || result > MAX) {
          throw new MalformedException("varint");
        }
        return result;
      }
    }
    throw new MalformedException("varint");
  }

  private static CharBuffer utf8(byte[] bytes, int from) throws MalformedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
    } catch (CharacterCodingException e) {
      throw new MalformedException("UTF-8");
    }
  }

  private static char[] drain(CharBuffer buffer) {
    char[] chars = new char[buffer.remaining()];
    buffer.get(chars);
    Arrays.fill(buffer.array(), '\0');
    return chars;
  }
}
