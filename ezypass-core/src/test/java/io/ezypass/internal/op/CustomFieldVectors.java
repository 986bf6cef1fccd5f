package io.ezypass.internal.op;

import static io.ezypass.internal.op.RawCredential.CREATED;
import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Website;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Credentials with shown custom fields that are no text. */
final class CustomFieldVectors {
  private static final String YES = pair("a", "true");
  private static final String LINK = pair("a", "x:y");

  private final VectorFile file;
  private final VectorVault one;
  private final RawCredential raw;

  CustomFieldVectors(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    this.raw = new RawCredential(one);
  }

  void add() {
    opens("boolean", "yes and no", builder().booleanField("a", true).booleanField("b", false));
    opens("link", "a link", builder().linkField("site", "https://example.com/a"));
    opens(
        "link-of-an-app", "any scheme", builder().linkField("ü", "com.example.app+x-1.2:\u2028 "));
    opens(
        "order",
        "kinds in turn, one name several times: the order is kept",
        builder()
            .linkField("a", "b:c")
            .field("a", "")
            .booleanField("a", false)
            .field("a", "true")
            .linkField("a", "a:b"));
    opens(
        "text-alone",
        "with text alone there is neither feature bit nor new field",
        builder().field("a", "b"));
    CredentialContent.Builder most = builder();
    for (int i = 0; i < 64; i++) {
      most.booleanField("a", true).field("a", "");
    }
    opens("most", "128 shown custom fields", most);
    opens("link-longest", "a link of 2,048", builder().linkField("a", "x:" + "y".repeat(2_046)));
    refusedPayloads();
    features();
  }

  private void refusedPayloads() {
    refused("without-kinds", "a field without its kind", field(21, YES));
    refused("kinds-alone", "kinds without a field", text(22, "t"));
    refused("kinds-of-text", "kinds where all are text", field(13, pair("a", "b")), text(22, "t"));
    refused("kinds-empty", "empty text", field(21, YES), field(22, ""));
    refused("kind-unknown", "an unknown kind", field(21, YES), text(22, "x"));
    refused("kind-upper-case", "an unknown kind", field(21, YES), text(22, "B"));
    refused(
        "kind-missing", "fewer kinds than fields", field(21, YES), field(21, YES), text(22, "b"));
    refused("kind-too-many", "more kinds than fields", field(21, YES), text(22, "bb"));
    refused("text-too-many", "more kinds than text", field(21, YES), text(22, "bt"));
    refused(
        "text-missing",
        "fewer kinds than text",
        field(13, pair("a", "b")),
        field(21, YES),
        text(22, "b"));
    refused("kinds-twice", "field 22 twice", field(21, YES), text(22, "b"), text(22, "b"));
    refused("boolean-other", "neither true nor false", field(21, pair("a", "yes")), text(22, "b"));
    refused("boolean-empty", "neither true nor false", field(21, pair("a", "")), text(22, "b"));
    refused("link-as-boolean", "the kind decides", field(21, LINK), text(22, "b"));
    refused("boolean-as-link", "the kind decides", field(21, YES), text(22, "l"));
    refused("name-blank", "a blank name", field(21, pair(" ", "true")), text(22, "b"));
    for (String link :
        new String[] {
          "",
          ":",
          "x:",
          "1x:y",
          "é:y",
          "//a",
          " x:y",
          "x:\u0000",
          "javascript:a",
          "DATA:a",
          "VbScript:a",
          "x:" + "y".repeat(2_047)
        }) {
      refused(
          "link-"
              + VectorJson.hex(link.getBytes(StandardCharsets.UTF_8))
                  .substring(0, Math.min(8, 2 * link.length())),
          "no link",
          field(21, pair("a", link)),
          text(22, "l"));
    }
    refused(
        "129",
        "129 shown custom fields",
        field(13, pair("a", "")).repeat(100) + field(21, YES).repeat(29),
        text(22, "t".repeat(100) + "b".repeat(29)));
  }

  private void features() {
    String[] fields = {raw.site(), CREATED, field(21, YES), text(22, "b")};
    file.refused(
        "without-feature-bit",
        "a kind that is no text without the feature bit",
        raw.given(raw.item(padded(fields), padded())),
        "tampered");
    file.opens(
        "feature-bit-alone",
        "the feature bit without a field that needs it",
        raw.given(
            raw.sealed(
                raw.context(1).withFeatures(Header.CUSTOM_FIELD_KINDS),
                padded(raw.site(), CREATED),
                padded())),
        VectorContent.of(
            CredentialVectors.stored(
                    one,
                    Website.of("example.com"),
                    CredentialVectors.minimal(),
                    CredentialVectors.created(one),
                    1,
                    0)
                .credential()));
    file.refused(
        "unknown-field",
        "a known feature bit lets no unknown field pass",
        raw.given(
            raw.sealed(
                raw.context(1).withFeatures(Header.CUSTOM_FIELD_KINDS),
                padded(raw.site(), CREATED, field(21, YES), text(22, "b"), field(60, "00")),
                padded())),
        "tampered");
  }

  private void opens(String id, String description, CredentialContent.Builder content) {
    CredentialVectors.Stored stored =
        CredentialVectors.stored(
            one, Website.of("example.com"), content.build(), CredentialVectors.created(one), 1, 0);
    file.opens(id, description, stored.given("one"), VectorContent.of(stored.credential()))
        .set("sealing", stored.steps());
  }

  private void refused(String id, String description, String... fields) {
    SealContext context = raw.context(1).withFeatures(Header.CUSTOM_FIELD_KINDS);
    byte[] meta = padded(raw.site(), CREATED, String.join("", List.of(fields)));
    file.refused(
        "meta-" + id, description, raw.given(raw.sealed(context, meta, padded())), "tampered");
  }

  private static CredentialContent.Builder builder() {
    return CredentialContents.builder();
  }

  /** With a name of one byte. */
  private static String pair(String name, String value) {
    return "01" + VectorJson.hex((name + value).getBytes(StandardCharsets.UTF_8));
  }
}
