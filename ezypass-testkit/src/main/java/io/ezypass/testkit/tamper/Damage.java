package io.ezypass.testkit.tamper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Attacks on one attribute of an item. Only values that DynamoDB stores. */
final class Damage {
  /** One character of each class that a text may be damaged with. */
  private static final List<String> CHARACTERS =
      List.of(
          "a",
          "Z",
          "0",
          "-",
          "_",
          ".",
          ":",
          "/",
          "#",
          "*",
          " ",
          "\n",
          "\u0000",
          "\u00e9",
          "\u200b",
          "\u202e",
          "\uff0e",
          "\ud835\udd18");

  private final Map<String, AttributeValue> original;
  private final String attribute;
  private final AttributeValue value;
  private final List<Attack> attacks = new ArrayList<>();

  private Damage(Map<String, AttributeValue> original, String attribute) {
    AttributeValue found = original.get(attribute);
    if (found == null) {
      throw new IllegalArgumentException("there is no attribute " + attribute);
    }
    this.original = original;
    this.attribute = attribute;
    this.value = found;
  }

  /** All that is done to one attribute. */
  static List<Attack.Group> to(Map<String, AttributeValue> original, String attribute) {
    List<Attack.Group> groups = new ArrayList<>();
    Damage damage = new Damage(original, attribute);
    if (damage.value.b() != null) {
      groups.add(damage.bits());
      groups.add(damage.lengths());
      groups.add(damage.extensions());
      if (attribute.equals("h")) {
        groups.add(damage.header());
      }
    } else if (damage.value.n() != null) {
      groups.add(damage.numbers());
    } else {
      groups.add(damage.characters());
    }
    groups.add(damage.types());
    groups.add(damage.removal());
    return groups;
  }

  private Attack.Group bits() {
    byte[] bytes = value.b().asByteArray();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      set("bit " + bit, RawItem.binary(RawItem.flip(bytes, bit)));
    }
    return group("every bit");
  }

  private Attack.Group lengths() {
    byte[] bytes = value.b().asByteArray();
    for (int length = 0; length < bytes.length; length++) {
      set("cut to " + length, RawItem.binary(Arrays.copyOf(bytes, length)));
    }
    return group("every shorter length");
  }

  private Attack.Group extensions() {
    byte[] bytes = value.b().asByteArray();
    for (int more : new int[] {1, 2, 7, 8, 16, 32, 64, 1024}) {
      byte[] zeros = new byte[more];
      set(more + " zero bytes behind", RawItem.binary(RawItem.concat(bytes, zeros)));
      set(more + " zero bytes before", RawItem.binary(RawItem.concat(zeros, bytes)));
    }
    set("twice", RawItem.binary(RawItem.concat(bytes, bytes)));
    set("padding behind", RawItem.binary(RawItem.concat(bytes, new byte[] {(byte) 0x80})));
    set("all zero", RawItem.binary(new byte[bytes.length]));
    return group("longer, and all zero");
  }

  /** What the header says in the clear: format, feature bits, generation of the vault key. */
  private Attack.Group header() {
    byte[] bytes = value.b().asByteArray();
    for (int at : new int[] {0, 1, 2, 3}) {
      for (int other = 0; other < 256; other++) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) other;
        set("byte %d is %d".formatted(at, other), RawItem.binary(changed));
      }
    }
    byte[] last = bytes.clone();
    last[2] = (byte) 0xff;
    last[3] = (byte) 0xff;
    set("generation 65535", RawItem.binary(last));
    return group("every other format, every other feature byte, other generations");
  }

  private Attack.Group numbers() {
    Set<String> numbers = new LinkedHashSet<>();
    long stored = Long.parseLong(value.n());
    for (long distance = 1; distance <= 16; distance++) {
      numbers.add(Long.toString(stored - distance));
      numbers.add(Long.toString(stored + distance));
    }
    for (int power = 0; power < 63; power++) {
      numbers.add(Long.toString(1L << power));
    }
    for (String special :
        List.of("0", "-1", "1.5", "9223372036854775807", "9223372036854775808", "1024", "1025")) {
      numbers.add(special);
    }
    numbers.add("1" + "0".repeat(60));
    numbers.add("-" + value.n());
    numbers.add(value.n() + ".5");
    numbers.forEach(number -> set(number, AttributeValue.fromN(number)));
    return group("other numbers");
  }

  private Attack.Group characters() {
    String text = value.s();
    for (int at = 0; at < text.length(); at++) {
      for (String character : CHARACTERS) {
        set(
            "U+%04X at %d".formatted(character.codePointAt(0), at),
            AttributeValue.fromS(text.substring(0, at) + character + text.substring(at + 1)));
      }
      set("cut to " + at, AttributeValue.fromS(text.substring(0, at)));
      set("without " + at, AttributeValue.fromS(text.substring(0, at) + text.substring(at + 1)));
    }
    set("space before", AttributeValue.fromS(" " + text));
    set("space behind", AttributeValue.fromS(text + " "));
    set("NUL behind", AttributeValue.fromS(text + "\u0000"));
    set("twice", AttributeValue.fromS(text + text));
    set("upper case", AttributeValue.fromS(text.toUpperCase(Locale.ROOT)));
    return group("every character, every shorter length");
  }

  private Attack.Group types() {
    AttributeValue one = AttributeValue.fromS("1");
    Map<String, AttributeValue> types = new LinkedHashMap<>();
    types.put("S", one);
    types.put("N", AttributeValue.fromN("1"));
    types.put("B", RawItem.binary(new byte[] {1}));
    types.put("BOOL", AttributeValue.fromBool(true));
    types.put("NULL", AttributeValue.fromNul(true));
    types.put("SS", AttributeValue.fromSs(List.of("1")));
    types.put("NS", AttributeValue.fromNs(List.of("1")));
    types.put("BS", AttributeValue.fromBs(List.of(RawItem.binary(new byte[] {1}).b())));
    types.put("L", AttributeValue.fromL(List.of(value)));
    types.put("M", AttributeValue.fromM(Map.of(attribute, value)));
    if (value.b() != null) {
      types.put("BS of the value", AttributeValue.fromBs(List.of(value.b())));
      types.put(
          "S of the value", AttributeValue.fromS(value.b().asString(StandardCharsets.ISO_8859_1)));
    } else if (value.n() != null) {
      types.put("NS of the value", AttributeValue.fromNs(List.of(value.n())));
      types.put("S of the value", AttributeValue.fromS(value.n()));
    } else {
      types.put("SS of the value", AttributeValue.fromSs(List.of(value.s())));
      types.put("B of the value", AttributeValue.fromB(SdkBytes.fromUtf8String(value.s())));
    }
    types.values().removeIf(changed -> changed.type() == value.type());
    types.forEach(this::set);
    return group("every other type");
  }

  private Attack.Group removal() {
    attacks.add(Attack.on(original, attribute + ": missing", RawItem.without(original, attribute)));
    return group("missing");
  }

  /** Takes no notice of a change that changes nothing. */
  private void set(String what, AttributeValue changed) {
    if (!changed.equals(value)) {
      Map<String, AttributeValue> damaged = RawItem.with(original, attribute, changed);
      attacks.add(Attack.on(original, attribute + ": " + what, damaged));
    }
  }

  private Attack.Group group(String name) {
    List<Attack> made = List.copyOf(attacks);
    attacks.clear();
    return new Attack.Group(attribute + ": " + name, made);
  }
}
