package io.ezypass.internal.table;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
      // The library stores none of these; what others put beside its attributes may be anything.
      case BOOL, NUL -> 1;
      case SS -> sum(value.ss().stream().map(AttributeValue::fromS).toList());
      case NS -> sum(value.ns().stream().map(AttributeValue::fromN).toList());
      case BS -> sum(value.bs().stream().map(AttributeValue::fromB).toList());
      case L -> 3 + value.l().size() + sum(value.l());
      case M -> 3 + value.m().size() + of(value.m());
      case UNKNOWN_TO_SDK_VERSION -> 0;
    };
  }

  private static long sum(List<AttributeValue> values) {
    return values.stream().mapToLong(ItemSize::of).sum();
  }

  private static long utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
