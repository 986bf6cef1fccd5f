package io.ezypass.internal.table;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The size of an item as DynamoDB documents it ("DynamoDB item sizes and formats" in its developer
 * guide): names and strings by their UTF-8 bytes, binary by its bytes, numbers by about one byte
 * per two significant digits plus one.
 */
final class ItemSize {
  private ItemSize() {}

  static long of(Map<String, AttributeValue> item) {
    long size = 0;
    for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
      size += utf8(attribute.getKey()) + of(attribute.getValue());
    }
    return size;
  }

  private static long of(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case B -> value.b().asByteArrayUnsafe().length;
      case N -> (value.n().replaceFirst("0+$", "").length() + 1) / 2 + 1;
      default -> throw new IllegalStateException("the library stores strings, numbers and binary");
    };
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
