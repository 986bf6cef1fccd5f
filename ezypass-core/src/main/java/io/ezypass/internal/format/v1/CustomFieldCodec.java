package io.ezypass.internal.format.v1;

import io.ezypass.model.CredentialMeta;
import io.ezypass.model.CustomField;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shown custom fields of a meta part: text in one list, as ever; if there are others, they are
 * a second list, and a third field tells the kinds and the order of all. Collects them while a
 * payload is read.
 */
final class CustomFieldCodec {
  static final int TEXTS = 13;
  static final int OTHERS = 21;
  static final int KINDS = 22;

  private final Deque<CustomField> texts = new ArrayDeque<>();
  private final Deque<CustomField> others = new ArrayDeque<>();
  private @Nullable String kinds;

  /** The feature bit that fields of other kinds need; 0 without them. */
  static int features(CredentialMeta meta) {
    return meta.fields().stream().allMatch(CustomFieldCodec::isText)
        ? 0
        : Header.CUSTOM_FIELD_KINDS;
  }

  static void writeTexts(FieldWriter out, List<CustomField> fields) {
    fields.stream().filter(CustomFieldCodec::isText).forEach(f -> write(out, TEXTS, f));
  }

  static void writeOthers(FieldWriter out, List<CustomField> fields) {
    if (fields.stream().allMatch(CustomFieldCodec::isText)) {
      return;
    }
    fields.stream().filter(f -> !isText(f)).forEach(f -> write(out, OTHERS, f));
    StringBuilder letters = new StringBuilder(fields.size());
    fields.forEach(f -> letters.append(letter(f.kind())));
    out.text(KINDS, letters);
  }

  /** Takes the field that the reader is at; false if it is none of these. */
  boolean read(FieldReader in) throws MalformedException {
    switch (in.number()) {
      case TEXTS -> texts.add(in.pair(CustomFieldCodec::pair));
      case OTHERS -> others.add(in.pair(CustomFieldCodec::pair));
      case KINDS -> kinds = in.text();
      default -> {
        return false;
      }
    }
    return true;
  }

  /** All of them, in order. */
  List<CustomField> fields() throws MalformedException {
    if (kinds == null) {
      requireEmpty(others);
      return List.copyOf(texts);
    }
    if (others.isEmpty()) {
      throw new MalformedException("kinds without fields");
    }
    List<CustomField> all = new ArrayList<>();
    for (int i = 0; i < kinds.length(); i++) {
      CustomField.Kind kind = kind(kinds.charAt(i));
      CustomField next = (kind == CustomField.Kind.TEXT ? texts : others).poll();
      if (next == null) {
        throw new MalformedException("a kind without a field");
      }
      all.add(new CustomField(kind, next.name(), next.value()));
    }
    requireEmpty(texts);
    requireEmpty(others);
    return all;
  }

  private static void requireEmpty(Deque<CustomField> left) throws MalformedException {
    if (!left.isEmpty()) {
      throw new MalformedException("a custom field without a kind");
    }
  }

  private static boolean isText(CustomField field) {
    return field.kind() == CustomField.Kind.TEXT;
  }

  private static void write(FieldWriter out, int number, CustomField field) {
    out.pair(number, field.name(), field.value().toCharArray());
  }

  /** Whatever it is, its value is no longer than a text's: the kind is checked with its letter. */
  private static CustomField pair(String name, char[] value) {
    try {
      return CustomField.ofText(name, String.valueOf(value));
    } finally {
      Arrays.fill(value, '\0');
    }
  }

  private static char letter(CustomField.Kind kind) {
    return switch (kind) {
      case TEXT -> 't';
      case BOOLEAN -> 'b';
      case LINK -> 'l';
    };
  }

  private static CustomField.Kind kind(char letter) throws MalformedException {
    return switch (letter) {
      case 't' -> CustomField.Kind.TEXT;
      case 'b' -> CustomField.Kind.BOOLEAN;
      case 'l' -> CustomField.Kind.LINK;
      default -> throw new MalformedException("kind of custom field");
    };
  }
}
