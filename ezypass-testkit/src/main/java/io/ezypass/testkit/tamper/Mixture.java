package io.ezypass.testkit.tamper;

import io.ezypass.error.TamperedItemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attacks that put attributes where others of the same item, or of another one, belong. */
final class Mixture {
  private Mixture() {}

  /** Every two binary attributes swapped, and each copied over each other one. */
  static Attack.Group within(Map<String, AttributeValue> original, List<String> attributes) {
    List<Attack> attacks = new ArrayList<>();
    for (String one : attributes) {
      for (String other : attributes) {
        AttributeValue mine = original.get(one);
        AttributeValue theirs = original.get(other);
        if (mine == null || theirs == null || mine.equals(theirs) || mine.type() != theirs.type()) {
          continue;
        }
        Map<String, AttributeValue> copied = RawItem.with(original, one, theirs);
        attacks.add(Attack.on(original, other + " copied over " + one, copied));
        if (one.compareTo(other) < 0) {
          Map<String, AttributeValue> swapped = RawItem.with(copied, other, mine);
          attacks.add(Attack.on(original, one + " and " + other + " swapped", swapped));
        }
      }
    }
    return new Attack.Group("attributes swapped inside the item", attacks);
  }

  /**
   * Every choice of attributes taken from another item. Left out is what changes nothing, and what
   * is a whole older version of the same item: replay is not detected.
   *
   * @param source whose attributes
   * @param replay whether the other item is an older version of this one
   */
  static Attack.Group from(
      String source,
      Map<String, AttributeValue> original,
      Map<String, AttributeValue> other,
      List<String> attributes,
      boolean replay) {
    List<String> shared =
        attributes.stream()
            .filter(name -> original.containsKey(name) || other.containsKey(name))
            .toList();
    Set<Map<String, AttributeValue>> seen = new HashSet<>(Set.of(original));
    if (replay) {
      seen.add(mixed(original, other, shared));
    }
    List<Attack> attacks = new ArrayList<>();
    for (int choice = 1; choice < 1 << shared.size(); choice++) {
      List<String> taken = new ArrayList<>();
      for (int i = 0; i < shared.size(); i++) {
        if ((choice & 1 << i) != 0) {
          taken.add(shared.get(i));
        }
      }
      Map<String, AttributeValue> mixed = mixed(original, other, taken);
      if (seen.add(mixed)) {
        attacks.add(Attack.on(original, String.join(", ", taken) + " of " + source, mixed));
      }
    }
    return new Attack.Group("attributes of " + source, attacks);
  }

  /** The content of other items under the key of this one. */
  static Attack.Group whole(
      Map<String, AttributeValue> original, Map<String, Map<String, AttributeValue>> others) {
    List<Attack> attacks = new ArrayList<>();
    new TreeMap<>(others)
        .forEach(
            (name, other) -> {
              Map<String, AttributeValue> moved =
                  RawItem.at(other, RawItem.text(original, "pk"), RawItem.text(original, "sk"));
              attacks.add(new Attack("the content of " + name, moved, TamperedItemException.class));
            });
    return new Attack.Group("the content of another item", attacks);
  }

  /** A credential made to look like a forwarding row, and replaced by one. */
  static Attack.Group forwarding(
      Map<String, AttributeValue> original, Map<String, AttributeValue> forwarding) {
    Map<String, Map<String, AttributeValue>> changes = new TreeMap<>();
    changes.put("f", mixed(original, forwarding, List.of("f")));
    changes.put("f and a", mixed(original, forwarding, List.of("f", "a")));
    changes.put("f, a and ttl", mixed(original, forwarding, List.of("f", "a", "ttl")));
    changes.put(
        "f to itself",
        RawItem.with(original, "f", AttributeValue.fromS(RawItem.text(original, "sk"))));
    changes.put("f of another type", RawItem.with(original, "f", AttributeValue.fromNul(true)));
    changes.put(
        "all of it",
        RawItem.at(forwarding, RawItem.text(original, "pk"), RawItem.text(original, "sk")));
    List<Attack> attacks = new ArrayList<>();
    changes.forEach(
        (what, changed) ->
            attacks.add(
                new Attack("forwarding row: " + what, changed, TamperedItemException.class)));
    return new Attack.Group("made a forwarding row", attacks);
  }

  private static Map<String, AttributeValue> mixed(
      Map<String, AttributeValue> original, Map<String, AttributeValue> other, List<String> taken) {
    Map<String, AttributeValue> mixed = new HashMap<>(original);
    for (String name : taken) {
      AttributeValue theirs = other.get(name);
      if (theirs == null) {
        mixed.remove(name);
      } else {
        mixed.put(name, theirs);
      }
    }
    return mixed;
  }
}
