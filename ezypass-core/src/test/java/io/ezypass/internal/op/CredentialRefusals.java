package io.ezypass.internal.op;

import static io.ezypass.internal.op.RawCredential.CREATED;
import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.util.List;

/** Credentials that are refused, and what they differ from. */
final class CredentialRefusals {
  /** A feature bit that stays unknown for long. */
  static final byte NEW = 0x20;

  private final VectorFile file;
  private final VectorVault one;
  private final RawCredential raw;

  CredentialRefusals(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    this.raw = new RawCredential(one);
  }

  void add() {
    CredentialContent content =
        CredentialContent.builder().website("example.com").password(Secret.of("horse")).build();
    CredentialVectors.Stored base =
        CredentialVectors.stored(
            one, Website.of("example.com"), content, CredentialVectors.created(one), 3, 2);
    new TamperedVectors(file, base.item(), changed -> CredentialVectors.given(base, changed)).add();
    new MisplacedVectors(file, one).add(base);
    paddings();
    MetaRefusals.add(this::meta, raw.site(), CREATED, raw.tagHex());
    SecretRefusals.add(this::secret);
    control();
    features();
    expiry();
    ForwardingRefusals.add(file, one);
  }

  private void paddings() {
    String plain = raw.site() + CREATED;
    int length = plain.length() / 2;
    padding("none", "no padding", plain + "00".repeat(64 - length));
    padding("no-mark", "a mark of 81", plain + "81" + "00".repeat(63 - length));
    padding("mark-of-1", "a mark of 01", plain + "01" + "00".repeat(63 - length));
    padding(
        "not-zero",
        "a byte behind the mark that is not zero",
        plain + "80" + "00".repeat(62 - length) + "01");
    padding(
        "block-too-many",
        "a whole block of zeros behind the mark",
        plain + "80" + "00".repeat(95 - length));
    padding("length-63", "not a multiple of 32 bytes", plain + "80" + "00".repeat(62 - length));
    padding("length-65", "not a multiple of 32 bytes", plain + "80" + "00".repeat(64 - length));
    padding("empty", "no bytes at all", "");
    padding("zeros", "zeros only", "00".repeat(32));
    file.refused(
        "secret-padding-none",
        "no padding of the secret part",
        raw.given(raw.item(padded(raw.site(), CREATED), VectorJson.unhex(text(1, "x".repeat(30))))),
        "tampered");
    file.refused(
        "secret-padding-empty",
        "a secret part without a byte",
        raw.given(raw.item(padded(raw.site(), CREATED), new byte[0])),
        "tampered");
  }

  private void padding(String name, String description, String hex) {
    file.refused(
        "padding-" + name,
        description,
        raw.given(raw.item(VectorJson.unhex(hex), padded())),
        "tampered");
  }

  /** What the refused payloads of this file differ from by one thing each. */
  private void control() {
    CredentialContent content =
        CredentialContent.builder().website("example.com").password(Secret.of("x")).build();
    JsonNode expect =
        VectorContent.of(
            CredentialVectors.stored(
                    one, Website.of("example.com"), content, CredentialVectors.created(one), 1, 0)
                .credential());
    file.opens(
        "control",
        "the refused payloads differ from this one by one thing each",
        raw.given(raw.item(padded(raw.site(), CREATED), padded(text(1, "x")))),
        expect);
    file.opens(
        "control-written-in-full",
        "a reader takes fields that could have been left out",
        raw.given(
            raw.item(
                padded(
                    raw.site(),
                    text(3, "example.com"),
                    CREATED,
                    text(5, "user-1"),
                    field(6, "018bcfe56800"),
                    text(7, "user-1")),
                padded(text(1, "x")))),
        expect);
  }

  /** Unknown feature bits, sealed: read, with what is unknown passed over. */
  private void features() {
    CredentialContent content =
        CredentialContent.builder().website("example.com").password(Secret.of("x")).build();
    for (int bit = 5; bit < 8; bit++) {
      ObjectNode item =
          feature(
              1 << bit,
              padded(raw.site(), CREATED, field(63, "01"), field(200, ""), field(200, "ff")),
              padded(text(1, "x"), field(5, "00")));
      file.opens(
          "feature-bit-" + bit,
          "with an unknown feature bit unknown fields are passed over",
          raw.given(item),
          VectorContent.of(
              CredentialVectors.stored(
                      one, Website.of("example.com"), content, CredentialVectors.created(one), 1, 0)
                  .credential()));
    }
    file.refused(
        "feature-bit-and-missing-field",
        "an unknown feature bit replaces no field",
        raw.given(feature(NEW, padded(raw.site()), padded())),
        "tampered");
    file.refused(
        "feature-bit-and-unknown-field-twice",
        "up to 63 an unknown field comes once",
        raw.given(
            feature(NEW, padded(raw.site(), CREATED, field(63, ""), field(63, "")), padded())),
        "tampered");
    int left = 64 - (raw.site() + CREATED).length() / 2 - 2;
    file.refused(
        "feature-bit-and-value-into-the-padding",
        "a value ends before the padding, whatever its field",
        raw.given(
            feature(NEW, padded(raw.site(), CREATED, String.format("c8%02x", left)), padded())),
        "tampered");
    file.refused(
        "feature-bit-and-field-twice",
        "nor does it let one field come twice",
        raw.given(feature(NEW, padded(raw.site(), CREATED, CREATED), padded())),
        "tampered");
    file.refused(
        "feature-bit-not-sealed",
        "an unknown field behind a feature bit that was not sealed",
        raw.given(
            VectorWriter.with(
                raw.item(padded(raw.site(), CREATED, field(63, "01")), padded()),
                "h",
                "B",
                headerWithBit())),
        "tampered");
  }

  private String headerWithBit() {
    byte[] header =
        VectorWriter.bytes(raw.item(padded(raw.site(), CREATED, field(63, "01")), padded()), "h");
    header[1] = NEW;
    return VectorJson.hex(header);
  }

  private ObjectNode feature(int bits, byte[] meta, byte[] secret) {
    SealContext context =
        new SealContext(
            bits,
            one.table(),
            one.user().value(),
            SealContext.Kind.CREDENTIAL,
            CredentialVectors.RAND,
            SealContext.State.LIVE,
            1,
            1,
            new byte[0],
            List.of());
    return raw.sealed(context, meta, secret);
  }

  private void expiry() {
    CredentialContent content =
        CredentialContent.builder()
            .website("example.com")
            .expiresAt(CredentialVectors.CREATED.plusSeconds(1))
            .build();
    CredentialVectors.Stored ends =
        CredentialVectors.stored(
            one, Website.of("example.com"), content, CredentialVectors.created(one), 1, 0);
    long now = CredentialVectors.CREATED.toEpochMilli();
    file.refused(
        "expired-now",
        "ended at this very moment",
        CredentialVectors.given(ends, ends.item()).put("now", now + 1_000),
        "not-found");
    file.refused(
        "expired",
        "ended long ago",
        CredentialVectors.given(ends, ends.item()).put("now", now + 1_000_000),
        "not-found");
    file.refused(
        "expired-with-later-ttl",
        "a later ttl does not help",
        CredentialVectors.given(ends, VectorWriter.with(ends.item(), "ttl", "N", "99999999999"))
            .put("now", now + 1_000),
        "not-found");
  }

  private void meta(String name, String description, String... fields) {
    file.refused(
        "meta-" + name, description, raw.given(raw.item(padded(fields), padded())), "tampered");
  }

  private void secret(String name, String description, String... fields) {
    file.refused(
        "secret-" + name,
        description,
        raw.given(raw.item(padded(raw.site(), CREATED), padded(fields))),
        "tampered");
  }

  /** Takes the fields of a payload that has to be refused. */
  interface Payload {
    void refused(String name, String description, String... fields);
  }
}
