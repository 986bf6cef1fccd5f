package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.text;

import io.ezypass.internal.op.CredentialRefusals.Payload;

/** Secret parts that are sealed well and hold what no writer writes. */
final class SecretRefusals {
  private SecretRefusals() {}

  static void add(Payload secret) {
    for (int number = 1; number <= 3; number++) {
      secret.refused(
          "field-" + number + "-twice",
          "field " + number + " twice",
          text(number, "a"),
          text(number, "b"));
      secret.refused(
          "field-" + number + "-empty", "an empty secret, which is left out", field(number, ""));
      secret.refused("field-" + number + "-utf-8", "malformed UTF-8", field(number, "c3"));
    }
    secret.refused("descending", "fields that do not ascend", text(2, "a"), text(1, "b"));
    for (int number : new int[] {5, 13, 255}) {
      secret.refused(
          "unknown-field-" + number,
          "an unknown field without a feature bit",
          text(1, "a"),
          field(number, ""));
    }
    secret.refused("field-0", "field number 0", field(0, ""));
    secret.refused("surrogate", "a surrogate in UTF-8", field(1, "eda0bd"));
    secret.refused("length-beyond-the-end", "a value that is longer than what is left", "010261");
    secret.refused("varint-overlong", "a length with a byte too many", "01810061");
    secret.refused("trailing-byte", "one byte behind the last field", text(1, "a"), "01");
    secret.refused("hidden-without-name", "a hidden field without a name", field(4, "0061"));
    secret.refused("hidden-blank-name", "a hidden field with a blank name", field(4, "012061"));
    secret.refused("hidden-empty", "a pair without a byte", field(4, ""));
    secret.refused(
        "hidden-name-beyond-the-end", "a name that is longer than the pair", field(4, "0361"));
    secret.refused(
        "hidden-varint-overlong",
        "the length of a name with a byte too many",
        field(4, "81006161"));
    secret.refused("hidden-name-control", "a control character in a name", field(4, "010a61"));
    secret.refused("hidden-name-257", "a name of 257", field(4, "8102" + "78".repeat(257)));
    secret.refused("hidden-value-utf-8", "malformed UTF-8 in a value", field(4, "0161ff"));
    secret.refused("hidden-129", "129 hidden fields", field(4, "0161").repeat(129));
  }
}
