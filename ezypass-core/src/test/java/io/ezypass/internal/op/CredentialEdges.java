package io.ezypass.internal.op;

import static io.ezypass.internal.op.RawCredential.CREATED;
import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Credentials just inside the limits, and just beyond them. */
final class CredentialEdges {
  private static final String FIRST_DAY = "ffffffaaf5cec326";
  private static final String LAST_DAY = "000000550a1b48f7";

  private final VectorFile file;
  private final VectorVault one;
  private final RawCredential raw;
  private final Audit audit;

  CredentialEdges(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    this.raw = new RawCredential(one);
    this.audit = CredentialVectors.created(one);
  }

  void add() {
    lengths();
    websites();
    numbers();
    features();
    forwarding();
  }

  private void lengths() {
    String url = "u".repeat(2_048);
    String name = "n".repeat(256);
    String lines = "l".repeat(10_000);
    opens("title-1024", builder().title("t".repeat(1_024)).build(), text(9, "t".repeat(1_024)), "");
    opens("url-2048", builder().urls(List.of(url)).build(), text(10, url), "");
    opens("description-10000", builder().description(lines).build(), text(11, lines), "");
    String pair = "8002" + "6e".repeat(256);
    opens("field-name-256", builder().field(name, "").build(), field(13, pair), "");
    opens(
        "hidden-name-256", builder().hiddenField(name, Secret.of("")).build(), "", field(4, pair));
    String value = "0161" + "6c".repeat(10_000);
    opens("field-value-10000", builder().field("a", lines).build(), field(13, value), "");
    refused("field-value-10001", raw, raw.site() + CREATED + field(13, value + "6c"));
    CredentialContent.Builder hidden = builder();
    for (int i = 0; i < 128; i++) {
      hidden.hiddenField("a", Secret.of(""));
    }
    opens("hidden-128", hidden.build(), "", field(4, "0161").repeat(128));
    opens("login-white-space", builder().login(" \u3000").build(), text(8, " \u3000"), "");
    opens("title-white-space", builder().title(" ").build(), text(9, " "), "");
    String actor = "a".repeat(256);
    Instant created = audit.createdAt();
    opens(
        "actor-256",
        raw,
        padded(raw.site(), CREATED, text(5, actor), text(7, actor)),
        padded(),
        CredentialVectors.minimal(),
        new Audit(created, Actor.of(actor), created, Actor.of(actor)));
  }

  /** The sort key has the tag of what is sealed, whatever that is. */
  private void websites() {
    String written = "w".repeat(2_048);
    opens(
        "written-2048",
        raw,
        padded(raw.site(), text(3, written), CREATED),
        padded(),
        website(new Website(Website.Kind.HOST, "example.com", written)),
        audit);
    String longest = "n" + "x".repeat(6_144);
    RawCredential named = new RawCredential(one, longest);
    opens(
        "website-6144",
        named,
        padded(named.site(), text(3, "x"), CREATED),
        padded(),
        website(new Website(Website.Kind.NAME, longest.substring(1), "x")),
        audit);
    RawCredential beyond = new RawCredential(one, longest + "x");
    refused("website-6145", beyond, beyond.site() + text(3, "x") + CREATED);
    RawCredential alone = new RawCredential(one, "n" + "x".repeat(2_048));
    opens(
        "website-2048-as-written",
        alone,
        padded(alone.site(), CREATED),
        padded(),
        website(Website.named("x".repeat(2_048))),
        audit);
    RawCredential tooLong = new RawCredential(one, "n" + "x".repeat(2_049));
    refused("website-2049-as-written", tooLong, tooLong.site() + CREATED);
    RawCredential blank = new RawCredential(one, "n\u3000");
    refused("website-blank", blank, blank.site() + text(3, "x") + CREATED);
    RawCredential control = new RawCredential(one, "na\nb");
    refused("website-control", control, control.site() + text(3, "x") + CREATED);
  }

  private void numbers() {
    opens("day-first", builder().rotateBy(LocalDate.MIN).build(), field(15, FIRST_DAY), "");
    opens("day-last", builder().rotateBy(LocalDate.MAX).build(), field(15, LAST_DAY), "");
    refused("day-before-the-first", raw, raw.site() + CREATED + field(15, "ffffffaaf5cec325"));
    refused("day-after-the-last", raw, raw.site() + CREATED + field(15, "000000550a1b48f8"));
    ObjectNode zero = raw.item(padded(raw.site(), CREATED, field(16, "00")), padded());
    file.opens(
        "expiry-zero",
        "just inside a limit: before 1970 it has not expired",
        raw.given(zero).put("now", -1),
        expect(raw, builder().expiresAt(Instant.EPOCH).build(), audit, 1));
    long largest = Long.MAX_VALUE;
    SealContext context =
        CredentialRow.context(one.userKeys(), RawCredential.RAND, largest, 1, List.of());
    ObjectNode item = raw.sealed(context, padded(raw.site(), CREATED), padded());
    file.opens(
        "version-largest",
        "just inside a limit",
        raw.given(VectorWriter.with(item, "v", "N", Long.toString(largest))),
        expect(raw, CredentialVectors.minimal(), audit, largest));
  }

  private void features() {
    SealContext context =
        new SealContext(
            CredentialRefusals.NEW,
            one.table(),
            one.user().value(),
            SealContext.Kind.CREDENTIAL,
            CredentialVectors.RAND,
            SealContext.State.LIVE,
            1,
            1,
            new byte[0],
            List.of());
    String base = raw.site() + CREATED;
    file.opens(
        "unknown-field-64-twice",
        "with an unknown feature bit, from 64 on an unknown field may repeat",
        raw.given(raw.sealed(context, padded(base, field(64, "").repeat(2)), padded())),
        expect(raw, CredentialVectors.minimal(), audit, 1));
    file.refused(
        "unknown-field-63-twice",
        "with an unknown feature bit, up to 63 an unknown field comes once",
        raw.given(raw.sealed(context, padded(base, field(63, "").repeat(2)), padded())),
        "tampered");
  }

  /** Rows whose HMAC is right, though nobody but a holder of the keys can make them. */
  private void forwarding() {
    ObjectNode whole = raw.item(padded(raw.site(), CREATED), padded());
    String own = whole.get("sk").get("S").asText();
    String tag = own.substring(0, 17);
    String rand = own.substring(17);
    listed("itself", own, own);
    listed("other-rand", own, tag + "A".repeat(16));
    listed("profile", own, "PROFILE");
    listed("longer", own, "CRED#AAAAAAAAAAAA" + rand + "A");
    file.refused(
        "forwarding-of-another-type",
        "a credential, sealed well, with f of another type is a forwarding row",
        raw.given(VectorWriter.with(whole, "f", "N", "1")),
        "tampered");
    String first = "CRED#AAAAAAAAAAAA" + rand;
    ObjectNode second = raw.given(row(first, own)).put("credential", first.substring(5));
    String moved = field(1, "00".repeat(9)) + text(2, "hexample.com") + CREATED;
    ObjectNode there = raw.item(padded(moved), padded());
    second.withArray("items").add(VectorWriter.with(there, "f", "S", first));
    file.refused(
        "forwarding-second-hop", "the target is sealed well, but has f", second, "tampered");
  }

  private void listed(String id, String own, String target) {
    file.refused(
        "forwarding-to-" + id,
        "a target that no row may have, with the right HMAC; in a list, where none is followed",
        CredentialVectors.list(row(own, target)),
        "tampered");
  }

  private ObjectNode row(String own, String target) {
    ObjectNode row = VectorJson.object();
    row.putObject("pk").put("S", "U#" + one.user().value());
    row.putObject("sk").put("S", own);
    row.putObject("f").put("S", target);
    byte[] hmac = one.userKeys().forwardingHmac(own, target, null);
    row.putObject("a").put("B", VectorJson.hex(hmac));
    return row;
  }

  private void opens(String id, CredentialContent content, String meta, String secret) {
    opens(id, raw, padded(raw.site(), CREATED, meta), padded(secret), content, audit);
  }

  private void opens(
      String id,
      RawCredential of,
      byte[] meta,
      byte[] secret,
      CredentialContent content,
      Audit by) {
    file.opens(
        id, "just inside a limit", of.given(of.item(meta, secret)), expect(of, content, by, 1));
  }

  private void refused(String id, RawCredential of, String meta) {
    file.refused(id, "just beyond a limit", of.given(of.item(padded(meta), padded())), "tampered");
  }

  private ObjectNode expect(RawCredential of, CredentialContent content, Audit by, long version) {
    return VectorContent.of(
        new Credential(CredentialId.of(of.id()), one.user(), content, by, version));
  }

  private static CredentialContent.Builder builder() {
    return CredentialContents.builder();
  }

  private static CredentialContent website(Website website) {
    return CredentialContent.builder().website(website).build();
  }
}
