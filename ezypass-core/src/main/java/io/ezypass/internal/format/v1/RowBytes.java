package io.ezypass.internal.format.v1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the HMAC of a row that is not sealed covers: the row's kind, then its fields, each with its
 * length in 4 bytes before it.
 */
public final class RowBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Starts with the kind, which no two kinds of rows share. */
  public RowBytes(String kind) {
    text(kind);
  }

  /** Adds bytes. */
  public RowBytes bytes(byte[] value) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
    out.writeBytes(value);
    return this;
  }

  /** Adds text in UTF-8. */
  public RowBytes text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a number in 8 bytes. */
  public RowBytes number(long value) {
    return bytes(ByteBuffer.allocate(8).putLong(value).array());
  }

  /** Adds a number in 8 bytes; none is no bytes, and so differs from each number. */
  public RowBytes optionalNumber(@Nullable Long value) {
    return value == null ? bytes(new byte[0]) : number(value);
  }

  /** All of it. */
  public byte[] encode() {
    return out.toByteArray();
  }
}
