package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.text;

import io.ezypass.internal.op.CredentialRefusals.Payload;

/** Meta parts that are sealed well and hold what no writer writes. */
final class MetaRefusals {
  private MetaRefusals() {}

  static void add(Payload meta, String site, String created, String tag) {
    fields(meta, site, created, tag);
    encodings(meta, site, created);
    limits(meta, site, created);
  }

  private static void fields(Payload meta, String site, String created, String tag) {
    String website = text(2, "hexample.com");
    meta.refused("empty", "no field");
    meta.refused("without-tag", "no tag at creation", website, created);
    meta.refused("tag-8", "a tag of 8 bytes", field(1, tag.substring(2)), website, created);
    meta.refused("tag-10", "a tag of 10 bytes", field(1, tag + "00"), website, created);
    meta.refused("without-website", "no website", field(1, tag), created);
    meta.refused(
        "website-kind-only", "a website without a value", field(1, tag), text(2, "h"), created);
    meta.refused("website-empty", "an empty website", field(1, tag), field(2, ""), created);
    for (String kind : new String[] {"H", "x", "1", " "}) {
      meta.refused(
          "website-kind-" + VectorJson.hex(new byte[] {(byte) kind.charAt(0)}),
          "an unknown kind of website",
          field(1, tag),
          text(2, kind + "example.com"),
          created);
    }
    meta.refused(
        "website-name-of-host",
        "the kind is part of what is hashed",
        field(1, tag),
        text(2, "nexample.com"),
        created);
    meta.refused(
        "website-other",
        "a website whose tag the sort key does not have",
        field(1, tag),
        text(2, "hexample.org"),
        created);
    meta.refused("without-created", "no time of creation", site);
    meta.refused("descending", "fields that do not ascend", site, text(8, "a"), created);
    meta.refused("tag-twice", "field 1 twice", field(1, tag), site, created);
    meta.refused("website-twice", "field 2 twice", site, website, created);
    meta.refused("written-twice", "field 3 twice", site, text(3, "a"), text(3, "a"), created);
    meta.refused("created-twice", "field 4 twice", site, created, created);
    String base = site + created;
    for (int number : new int[] {5, 8, 9, 11}) {
      meta.refused(
          "field-" + number + "-twice",
          "field " + number + " twice",
          base,
          text(number, "a"),
          text(number, "a"));
    }
    meta.refused("field-14-twice", "field 14 twice", base, field(14, ""), field(14, ""));
    meta.refused(
        "field-15-twice",
        "field 15 twice",
        base,
        field(15, "00".repeat(8)),
        field(15, "00".repeat(8)));
    meta.refused(
        "field-16-twice", "field 16 twice", base, field(16, "7fffffff"), field(16, "7fffffff"));
    meta.refused(
        "list-in-two-pieces",
        "a list with another field between",
        base,
        text(10, "a"),
        text(11, "b"),
        text(10, "c"));
    for (int number : new int[] {31, 63, 64, 127, 128, 255}) {
      meta.refused(
          "unknown-field-" + number,
          "an unknown field without a feature bit",
          base,
          field(number, "00"));
    }
    meta.refused("field-0", "field number 0", field(0, ""), base);
  }

  private static void encodings(Payload meta, String site, String created) {
    String base = site + created;
    meta.refused("varint-overlong", "a length with a byte too many", base, "08" + "8100" + "61");
    meta.refused("varint-overlong-zero", "the length 0 in two bytes", base, "0e" + "8000");
    meta.refused("varint-5-bytes", "a length of five bytes", base, "08" + "8180808000" + "61");
    meta.refused("varint-cut", "a length without its end", base, "0881");
    meta.refused("varint-missing", "a field number at the very end", base, "08");
    meta.refused(
        "length-beyond-the-end",
        "a value that is longer than what is left",
        base,
        "08" + "02" + "61");
    meta.refused("length-above-the-limit", "a length of 524,289", base, "08" + "818020" + "61");
    meta.refused(
        "length-largest", "the largest length of four bytes", base, "08" + "ffffff7f" + "61");
    meta.refused("trailing-byte", "one byte behind the last field", base, "00");
    meta.refused("number-empty", "a number without a byte", site, field(4, ""));
    meta.refused(
        "number-leading-zero", "a number with a leading zero", site, field(4, "00018bcfe56800"));
    meta.refused("number-zero-in-two-bytes", "the number 0 in two bytes", site, field(4, "0000"));
    meta.refused("number-9-bytes", "a number of nine bytes", site, field(4, "01" + "00".repeat(8)));
    meta.refused("rotate-by-7-bytes", "a date of 7 bytes", base, field(15, "00".repeat(7)));
    meta.refused("rotate-by-9-bytes", "a date of 9 bytes", base, field(15, "00".repeat(9)));
    meta.refused("rotate-by-beyond", "a day that no date has", base, field(15, "7fffffffffffffff"));
    meta.refused("favourite-with-a-value", "a mark with a value", base, field(14, "01"));
    String[] malformed = {
      "80",
      "c3",
      "c328",
      "c080",
      "c1bf",
      "e08080",
      "e282",
      "eda080",
      "edbfbf",
      "f0808080",
      "f09f98",
      "f4908080",
      "f8888080",
      "ff",
      "61ff",
      "efbfbdc3"
    };
    for (String utf8 : malformed) {
      meta.refused("utf-8-" + utf8, "malformed UTF-8", base, field(8, utf8));
    }
    meta.refused(
        "utf-8-of-the-website",
        "malformed UTF-8 in the website",
        site.substring(0, 22) + field(2, "68ff"),
        created);
    for (int number : new int[] {5, 7, 8, 9, 10, 11, 12}) {
      meta.refused(
          "empty-text-" + number, "empty text, which is left out", base, field(number, ""));
    }
    meta.refused("empty-text-3", "empty text, which is left out", site, field(3, ""), created);
    meta.refused("pair-empty", "a pair without a byte", base, field(13, ""));
    meta.refused("pair-empty-name", "a pair without a name", base, field(13, "0061"));
    meta.refused("pair-blank-name", "a pair with a blank name", base, field(13, "012061"));
    meta.refused(
        "pair-name-beyond-the-end", "a name that is longer than the pair", base, field(13, "0261"));
    meta.refused(
        "pair-varint-overlong",
        "the length of a name with a byte too many",
        base,
        field(13, "81006161"));
    meta.refused("pair-varint-cut", "the length of a name without its end", base, field(13, "81"));
    meta.refused(
        "pair-varint-5-bytes",
        "the length of a name in five bytes",
        base,
        field(13, "81808080006161"));
    meta.refused("pair-malformed-name", "malformed UTF-8 in a name", base, field(13, "01ff61"));
    meta.refused("pair-malformed-value", "malformed UTF-8 in a value", base, field(13, "0161ff"));
    meta.refused(
        "pair-control-in-value", "a control character in a shown value", base, field(13, "016100"));
  }

  private static void limits(Payload meta, String site, String created) {
    String base = site + created;
    meta.refused(
        "login-1025", "a login name of 1,025 UTF-16 units", base, text(8, "x".repeat(1_025)));
    meta.refused(
        "login-surrogates",
        "a pair of surrogates counts twice",
        base,
        text(8, "\ud83d\ude00".repeat(513)));
    meta.refused("title-1025", "a title of 1,025", base, text(9, "x".repeat(1_025)));
    meta.refused("url-2049", "a URL of 2,049", base, text(10, "x".repeat(2_049)));
    meta.refused("urls-65", "65 URLs", base, text(10, "a").repeat(65));
    meta.refused(
        "description-10001", "a description of 10,001", base, text(11, "x".repeat(10_001)));
    meta.refused("tag-129", "a tag of 129", base, text(12, "x".repeat(129)));
    meta.refused("tags-65", "65 tags", base, text(12, "a").repeat(65));
    meta.refused(
        "field-name-257",
        "the name of a custom field of 257",
        base,
        field(13, "8102" + "78".repeat(257)));
    meta.refused("fields-129", "129 custom fields", base, field(13, "0161").repeat(129));
    meta.refused("actor-257", "an actor of 257", base, text(5, "x".repeat(257)));
    meta.refused("actor-blank", "a blank actor", base, text(5, " "));
    meta.refused(
        "written-2049", "a written website of 2,049", site, text(3, "x".repeat(2_049)), created);
    meta.refused(
        "written-blank", "a blank written website", site, text(3, "\u00a0\u3000"), created);
    meta.refused("url-blank", "a blank URL", base, text(10, " "));
    meta.refused("tag-blank", "a blank tag", base, text(12, "\u2003"));
    for (String control : new String[] {"00", "09", "0a", "1f", "7f", "c280", "c29f"}) {
      meta.refused(
          "login-control-" + control,
          "a control character in one line",
          base,
          field(8, "61" + control));
    }
    for (String control : new String[] {"00", "08", "0b", "7f", "c285"}) {
      meta.refused(
          "description-control-" + control,
          "a control character among lines",
          base,
          field(11, "61" + control));
    }
    meta.refused("expiry-negative", "an expiry before 1970", base, field(16, "ffffffffffffffff"));
    meta.refused("expiry-year-10000", "an expiry after 9999", base, field(16, "3afff44180"));
    meta.refused(
        "expiry-largest", "an expiry that no clock shows", base, field(16, "7fffffffffffffff"));
  }
}
