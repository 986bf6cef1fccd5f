package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.Padding;
import io.ezypass.internal.format.v1.SealContext;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What the makers of vectors share: injected randomness, raw payloads, intermediate values. */
final class VectorWriter {
  private static byte unrelated;

  private VectorWriter() {}

  /** Gives out prepared bytes, in order. */
  static final class Prepared extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final transient Deque<byte[]> prepared = new ArrayDeque<>();

    Prepared then(byte[] bytes) {
      prepared.add(bytes);
      return this;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      byte[] next = prepared.remove();
      if (next.length != bytes.length) {
        throw new IllegalStateException("asked for " + bytes.length + " bytes");
      }
      System.arraycopy(next, 0, bytes, 0, bytes.length);
    }
  }

  /** Seals plaintexts that no codec would write. */
  static Sealer.Sealed seal(
      Key key, SealContext context, byte[] random, byte[] meta, byte @Nullable [] secret) {
    sealSomethingElse();
    return Sealer.seal(key, context, random, meta.clone(), secret == null ? null : secret.clone());
  }

  /** The JDK refuses to encrypt twice in a row with one key and nonce, and vectors repeat. */
  static void sealSomethingElse() {
    try (Sealing sealing =
        Sealing.forSealing(Key.copyOf(new byte[32]), new byte[] {42, unrelated++})) {
      sealing.sealMeta(new byte[32]);
    }
  }

  /** A field of a payload: number, length, value. */
  static String field(int number, String valueHex) {
    int length = valueHex.length() / 2;
    StringBuilder varint = new StringBuilder();
    int rest = length;
    while (rest > 0x7f) {
      varint.append(String.format("%02x", (rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    varint.append(String.format("%02x", rest));
    return String.format("%02x", number) + varint + valueHex;
  }

  static String text(int number, String value) {
    return field(number, VectorJson.hex(value.getBytes(StandardCharsets.UTF_8)));
  }

  static byte[] padded(String... fields) {
    return Padding.pad(VectorJson.unhex(String.join("", fields)));
  }

  /** What lies between the inputs and the stored bytes of one sealing. */
  static ObjectNode steps(
      Key key,
      byte[] random,
      SealContext context,
      Header header,
      byte[] meta,
      byte @Nullable [] secret) {
    byte[] full = context.withOperationId(header.operationId()).encode();
    byte[] info = "ezypass/1/seal".getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(info, info.length + full.length);
    System.arraycopy(full, 0, all, info.length, full.length);
    byte[] derived = Hmac.expand(key, all, 96);
    ObjectNode json = VectorJson.object();
    json.put("random", VectorJson.hex(random));
    json.put("contextWithoutOperationId", VectorJson.hex(context.encode()));
    json.put("meta", VectorJson.hex(meta));
    if (secret != null) {
      json.put("secret", VectorJson.hex(secret));
    }
    json.put("operationId", VectorJson.hex(header.operationId()));
    json.put("context", VectorJson.hex(full));
    json.put("metaKey", VectorJson.hex(Arrays.copyOf(derived, 32)));
    if (secret != null) {
      json.put("secretKey", VectorJson.hex(Arrays.copyOfRange(derived, 32, 64)));
    }
    json.put("commitment", VectorJson.hex(Arrays.copyOfRange(derived, 64, 96)));
    return json;
  }

  /** The item with another value of one attribute. */
  static ObjectNode with(JsonNode item, String name, String type, String value) {
    ObjectNode changed = item.deepCopy();
    changed.putObject(name).put(type, value);
    return changed;
  }

  /** The item without one attribute. */
  static ObjectNode without(JsonNode item, String name) {
    ObjectNode changed = item.deepCopy();
    changed.remove(name);
    return changed;
  }

  static byte[] bytes(JsonNode item, String name) {
    return VectorJson.unhex(item.get(name).get("B"));
  }

  /** The item with one bit of a binary attribute flipped. */
  static ObjectNode flipped(JsonNode item, String name, int at) {
    byte[] bytes = bytes(item, name);
    bytes[at] ^= 1;
    return with(item, name, "B", VectorJson.hex(bytes));
  }

  static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }
}
