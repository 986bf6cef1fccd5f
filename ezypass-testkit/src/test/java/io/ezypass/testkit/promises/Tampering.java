package io.ezypass.testkit.promises;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Ways to damage one raw item, each with a name to report it by. */
final class Tampering {
  private final Map<String, AttributeValue> original;
  private final Map<String, Map<String, AttributeValue>> damaged = new LinkedHashMap<>();

  /** Damages copies of this item. */
  Tampering(Map<String, AttributeValue> original) {
    this.original = Map.copyOf(original);
  }

  /** All damaged copies so far, by name, in order. */
  Map<String, Map<String, AttributeValue>> items() {
    return damaged;
  }

  /** Every one of these attributes missing, of every wrong type, cut short and made longer. */
  Tampering malformed(String... attributes) {
    for (String name : attributes) {
      AttributeValue value = original.get(name);
      Map<String, AttributeValue> without = new HashMap<>(original);
      without.remove(name);
      damaged.put(name + " missing", without);
      wrongTypes(value).forEach((type, wrong) -> with(name + " is " + type, name, wrong));
      if (value.b() != null) {
        byte[] bytes = value.b().asByteArray();
        for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
          with(name + " cut to " + length, name, binary(Arrays.copyOf(bytes, length)));
        }
        for (int more : new int[] {1, 8}) {
          with(
              name + " longer by " + more, name, binary(Arrays.copyOf(bytes, bytes.length + more)));
        }
      }
    }
    return this;
  }

  /** One bit of a binary attribute flipped, for every so-manieth bit. */
  Tampering flipped(String name, int every) {
    int bits = 8 * original.get(name).b().asByteArray().length;
    for (int bit = 0; bit < bits; bit += every) {
      flippedBit(name, bit);
    }
    return this;
  }

  /** One bit of a binary attribute flipped. */
  Tampering flippedBit(String name, int bit) {
    return bytes(
        name + " bit " + bit + " flipped",
        name,
        bytes -> {
          bytes[bit / 8] ^= (byte) (1 << (bit % 8));
          return bytes;
        });
  }

  /** One binary attribute changed. */
  Tampering bytes(String what, String name, UnaryOperator<byte[]> change) {
    return with(what, name, binary(change.apply(original.get(name).b().asByteArray())));
  }

  /** One attribute replaced. */
  Tampering with(String what, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(original);
    changed.put(name, value);
    damaged.put(what, changed);
    return this;
  }

  /** Some attributes replaced by those of another item. */
  Tampering mixed(String what, Map<String, AttributeValue> other, String... attributes) {
    Map<String, AttributeValue> changed = new HashMap<>(original);
    for (String name : attributes) {
      changed.put(name, other.get(name));
    }
    damaged.put(what, changed);
    return this;
  }

  static AttributeValue binary(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }

  private static Map<String, AttributeValue> wrongTypes(AttributeValue value) {
    Map<String, AttributeValue> wrong = new LinkedHashMap<>();
    wrong.put("null", AttributeValue.fromNul(true));
    wrong.put("a boolean", AttributeValue.fromBool(true));
    wrong.put("a list", AttributeValue.fromL(List.of(value)));
    wrong.put("a map", AttributeValue.fromM(Map.of("x", value)));
    if (value.b() == null) {
      wrong.put("binary", binary(new byte[] {1}));
    } else {
      wrong.put("a set of binaries", AttributeValue.fromBs(List.of(value.b())));
      wrong.put("a number", AttributeValue.fromN("1"));
    }
    if (value.n() != null) {
      wrong.put("negative", AttributeValue.fromN("-1"));
      wrong.put("a fraction", AttributeValue.fromN("1.5"));
      wrong.put("huge", AttributeValue.fromN("1E+60"));
      wrong.put("another number", AttributeValue.fromN("77"));
    }
    if (value.s() == null) {
      wrong.put("a string", AttributeValue.fromS("1"));
    } else {
      wrong.put("a number", AttributeValue.fromN("1"));
    }
    return wrong;
  }
}
