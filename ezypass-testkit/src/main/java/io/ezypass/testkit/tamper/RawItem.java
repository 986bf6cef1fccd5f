package io.ezypass.testkit.tamper;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Small steps on raw items, which are never changed in place. */
final class RawItem {
  private RawItem() {}

  static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  static byte @Nullable [] bytes(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    return value == null || value.b() == null ? null : value.b().asByteArray();
  }

  static String text(Map<String, AttributeValue> item, String attribute) {
    AttributeValue value = item.get(attribute);
    if (value == null || value.s() == null) {
      throw new IllegalArgumentException("there is no text " + attribute);
    }
    return value.s();
  }

  static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String attribute, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    changed.put(attribute, value);
    return changed;
  }

  static Map<String, AttributeValue> without(Map<String, AttributeValue> item, String attribute) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    changed.remove(attribute);
    return changed;
  }

  /** The same item under another key. */
  static Map<String, AttributeValue> at(Map<String, AttributeValue> item, String pk, String sk) {
    return with(with(item, "pk", AttributeValue.fromS(pk)), "sk", AttributeValue.fromS(sk));
  }

  static boolean isSameKey(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
    return text(one, "pk").equals(text(other, "pk")) && text(one, "sk").equals(text(other, "sk"));
  }

  static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }

  static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
