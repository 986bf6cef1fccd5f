package io.ezypass.testkit.kms;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** An encryption context as bytes: sorted by name, every string with its length before it. */
final class EncryptionContext {
  private EncryptionContext() {}

  /** Equal maps give equal bytes, and different maps different ones. */
  static byte[] canonical(Map<String, String> context) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TreeMap<>(context)
        .forEach(
            (name, value) -> {
              append(out, name);
              append(out, value);
            });
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }
}
