package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/** What somebody who can write the table, and has no key, makes of one sealed item. */
final class TamperedVectors {
  private final VectorFile file;
  private final JsonNode item;
  private final Function<ObjectNode, ObjectNode> given;

  /**
   * Makes them of one item.
   *
   * @param given a reading of a changed item
   */
  TamperedVectors(VectorFile file, JsonNode item, Function<ObjectNode, ObjectNode> given) {
    this.file = file;
    this.item = item;
    this.given = given;
  }

  void add() {
    header();
    attribute("h", "the header");
    sealed("m", "the meta part");
    if (item.has("s")) {
      sealed("s", "the secret part");
      parts();
    }
    version();
  }

  private void refused(String id, String description, ObjectNode changed) {
    file.refused(id, description, given.apply(changed), "tampered");
  }

  private void header() {
    for (int format : new int[] {0, 2, 255}) {
      byte[] bytes = VectorWriter.bytes(item, "h");
      bytes[0] = (byte) format;
      file.refused(
          "header-format-" + format,
          "another format byte",
          given.apply(header(bytes)),
          "unsupported");
    }
    for (int bit = 0; bit < 8; bit++) {
      byte[] bytes = VectorWriter.bytes(item, "h");
      bytes[1] ^= (byte) (1 << bit);
      refused("header-feature-bit-" + bit, "a feature bit that was not sealed", header(bytes));
    }
    refused(
        "header-generation-high",
        "the high byte of the generation",
        VectorWriter.flipped(item, "h", 2));
    refused(
        "header-generation-low",
        "the low byte of the generation",
        VectorWriter.flipped(item, "h", 3));
    for (int at : new int[] {4, 11, 12, 19}) {
      refused(
          "header-operation-id-" + (at - 4),
          "one bit of the operation id",
          VectorWriter.flipped(item, "h", at));
    }
    for (int at : new int[] {20, 28, 36, 51}) {
      refused(
          "header-commitment-" + (at - 20),
          "one bit of the commitment",
          VectorWriter.flipped(item, "h", at));
    }
    byte[] bytes = VectorWriter.bytes(item, "h");
    for (int length : new int[] {0, 1, 2, 4, 20, 51, bytes.length - 1, bytes.length - 8}) {
      refused(
          "header-cut-to-" + length,
          "a header that was cut",
          header(VectorWriter.cut(bytes, length)));
    }
    for (int more : new int[] {1, 7, 8, 48}) {
      refused(
          "header-longer-by-" + more,
          "zero bytes behind the header",
          header(VectorWriter.cut(bytes, bytes.length + more)));
    }
    refused(
        "header-earlier-id-flipped",
        "one bit of an earlier operation id",
        VectorWriter.flipped(item, "h", 52));
    byte[] swapped = bytes.clone();
    System.arraycopy(bytes, 52, swapped, 60, 8);
    System.arraycopy(bytes, 60, swapped, 52, 8);
    refused(
        "header-earlier-ids-swapped",
        "two earlier operation ids in the other order",
        header(swapped));
  }

  private ObjectNode header(byte[] bytes) {
    return VectorWriter.with(item, "h", "B", VectorJson.hex(bytes));
  }

  private void attribute(String name, String what) {
    refused(name + "-missing", what + " is not there", VectorWriter.without(item, name));
    refused(name + "-as-string", what + " is a string", VectorWriter.with(item, name, "S", "AQ=="));
    refused(name + "-as-number", what + " is a number", VectorWriter.with(item, name, "N", "1"));
  }

  private void sealed(String name, String what) {
    attribute(name, what);
    byte[] bytes = VectorWriter.bytes(item, name);
    for (int at :
        new int[] {0, bytes.length / 2, bytes.length - 17, bytes.length - 16, bytes.length - 1}) {
      refused(name + "-flipped-" + at, "one bit of " + what, VectorWriter.flipped(item, name, at));
    }
    for (int length : new int[] {0, 1, 15, 16, 17, bytes.length - 16, bytes.length - 1}) {
      ObjectNode cut =
          VectorWriter.with(item, name, "B", VectorJson.hex(VectorWriter.cut(bytes, length)));
      file.refused(name + "-cut-to-" + length, what + " was cut", given.apply(cut), "tampered");
    }
    for (int more : new int[] {1, 32}) {
      refused(
          name + "-longer-by-" + more,
          "zero bytes behind " + what,
          VectorWriter.with(
              item, name, "B", VectorJson.hex(VectorWriter.cut(bytes, bytes.length + more))));
    }
  }

  private void parts() {
    ObjectNode swapped = item.deepCopy();
    swapped.set("m", item.get("s"));
    swapped.set("s", item.get("m"));
    refused("parts-swapped", "meta and secret part change places", swapped);
    ObjectNode meta = item.deepCopy();
    meta.set("s", item.get("m"));
    refused("meta-as-secret", "the meta part stands in the place of the secret part", meta);
    ObjectNode secret = item.deepCopy();
    secret.set("m", item.get("s"));
    refused("secret-as-meta", "the secret part stands in the place of the meta part", secret);
  }

  private void version() {
    long version = Long.parseLong(item.get("v").get("N").asText());
    for (String other :
        new String[] {
          Long.toString(version - 1),
          Long.toString(version + 1),
          "0",
          "-" + version,
          version + ".5",
          "9223372036854775807",
          "9223372036854775808"
        }) {
      refused(
          "version-" + other,
          "a version that was not sealed",
          VectorWriter.with(item, "v", "N", other));
    }
    refused("version-missing", "no version", VectorWriter.without(item, "v"));
    refused(
        "version-as-string",
        "the version as a string",
        VectorWriter.with(item, "v", "S", Long.toString(version)));
    refused("version-as-binary", "the version as bytes", VectorWriter.with(item, "v", "B", "01"));
  }
}
