package io.ezypass.testkit.tamper;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.VaultException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One damaged item.
 *
 * @param name what was done to it
 * @param item all attributes, keys included
 * @param refusal what reading it must end with
 */
record Attack(
    String name, Map<String, AttributeValue> item, Class<? extends VaultException> refusal) {

  /**
   * Attacks of one sort, reported as one test.
   *
   * @param name what they do
   * @param attacks each on the same item
   */
  record Group(String name, List<Attack> attacks) {
    /** At most so many of them, evenly spread. */
    List<Attack> sample(int most) {
      int size = attacks.size();
      return size <= most
          ? attacks
          : IntStream.range(0, most)
              .mapToObj(i -> attacks.get((int) ((long) i * (size - 1) / Math.max(1, most - 1))))
              .toList();
    }
  }

  /** An attack whose refusal follows from the order of checks in the format's description. */
  static Attack on(
      Map<String, AttributeValue> original, String name, Map<String, AttributeValue> damaged) {
    return new Attack(name, damaged, refusal(original, damaged));
  }

  private static Class<? extends VaultException> refusal(
      Map<String, AttributeValue> original, Map<String, AttributeValue> damaged) {
    AttributeValue key = damaged.get("k");
    AttributeValue wrapped = damaged.get("w");
    if (key != null
        && key.s() != null
        && wrapped != null
        && wrapped.b() != null
        && !key.equals(original.get("k"))) {
      return KeyUnavailableException.class;
    }
    if (!Objects.equals(wrapped, original.get("w")) || !Objects.equals(key, original.get("k"))) {
      return TamperedItemException.class;
    }
    byte[] header = RawItem.bytes(damaged, "h");
    return header != null && header.length > 0 && header[0] != 1
        ? UnsupportedFormatException.class
        : TamperedItemException.class;
  }
}
