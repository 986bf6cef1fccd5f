package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credentials that are refused: changed items, wrong contexts, sealed payloads out of order. */
final class CredentialRefusals {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final String RAND = BASE64.encodeToString(CredentialVectors.RAND);
  private static final byte[] RANDOM = VectorJson.bytes("random", 32);
  private static final String CREATED = field(4, "018bcfe56800");

  private final VectorFile file;
  private final VectorVault one;
  private final UserKeys keys;
  private final byte[] tag;
  private final String id;
  private final String site;

  CredentialRefusals(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    this.keys = one.userKeys();
    this.tag = keys.siteTag(Website.of("example.com"));
    this.id = BASE64.encodeToString(tag) + RAND;
    this.site = field(1, VectorJson.hex(tag)) + text(2, "hexample.com");
  }

  void add() {
    CredentialContent content =
        CredentialContent.builder().website("example.com").password(Secret.of("horse")).build();
    CredentialVectors.Stored base =
        CredentialVectors.stored(
            one, Website.of("example.com"), content, CredentialVectors.created(one), 3, 2);
    new TamperedVectors(file, base.item(), changed -> CredentialVectors.given(base, changed)).add();
    places(base);
    contexts();
    paddings();
    MetaRefusals.add(this::meta, site, CREATED, VectorJson.hex(tag));
    SecretRefusals.add(this::secret);
    control();
    features();
    expiry();
    ForwardingRefusals.add(file, one);
  }

  /** Whole items that are somewhere else. */
  private void places(CredentialVectors.Stored base) {
    String pk = base.item().get("pk").get("S").asText();
    ObjectNode given = CredentialVectors.given(base, base.item());
    file.refused("other-user", "the item of another user, under that user's keys", given.deepCopy().put("vault", "one-for-another-user").set("items", items(VectorWriter.with(base.item(), "pk", "S", "U#user-9"))), "tampered");
    file.refused("other-table", "the item of another table", given.deepCopy().put("vault", "one-in-another-table"), "tampered");
    file.refused("other-vault-key", "another vault key", given.deepCopy().put("vault", "one-with-another-vault-key"), "tampered");
    file.refused("other-index-key", "another index key: the site tag is not that of the sealed website", given.deepCopy().put("vault", "one-with-another-index-key"), "tampered");
    file.refused("unknown-generation", "a generation that KEYS has no key of", given.deepCopy().set("items", items(sealed(context(2), RANDOM, padded(site, CREATED), padded()))), "tampered");
    file.refused("not-there", "no item", given.deepCopy().set("items", VectorJson.array()), "not-found");
    String otherTag = BASE64.encodeToString(keys.siteTag(Website.of("example.org")));
    String otherRand = BASE64.encodeToString(VectorJson.bytes("other rand", 12));
    moved(pk, "other-tag", "copied to the sort key of another website", otherTag + RAND, base);
    moved(pk, "other-rand", "copied to another rand", id.substring(0, 12) + otherRand, base);
    for (String sk : new String[] {"CRED#", "CRED#" + id.substring(1), "CRED#" + id + "A", "CRED#" + id.substring(1) + "=", "CRED#" + id.substring(1) + "+", "CRED#" + id.substring(1) + "\u00e9"}) {
      file.refused("sort-key-" + VectorJson.hex(sk.substring(sk.length() - 1).getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "-" + sk.length(), "in a list, a sort key of another form", CredentialVectors.list(VectorWriter.with(base.item(), "sk", "S", sk)), "tampered");
    }
    file.refused("creation-tag-other", "the sealed tag at creation is not that of the id asked for", given(item(padded(field(1, "010203040506070809"), text(2, "hexample.com"), CREATED), padded())), "tampered");
  }

  private void moved(String pk, String name, String description, String tagAndRand, CredentialVectors.Stored base) {
    ObjectNode item = VectorWriter.with(VectorWriter.with(base.item(), "pk", "S", pk), "sk", "S", "CRED#" + tagAndRand);
    file.refused(name, description, CredentialVectors.given(base, item).put("credential", tagAndRand), "tampered");
  }

  /** Sealed with everything right but one field of the context. */
  private void contexts() {
    SealContext right = context(1);
    byte[] random = VectorJson.bytes("context", 32);
    byte[] rand = CredentialVectors.RAND;
    List<byte[]> none = List.of();
    context("table", "another table id", new SealContext(0, new byte[16], "user-1", SealContext.Kind.CREDENTIAL, rand, SealContext.State.LIVE, 1, 1, new byte[0], none));
    context("owner", "another owner", new SealContext(0, right.tableId(), "user-2", SealContext.Kind.CREDENTIAL, rand, SealContext.State.LIVE, 1, 1, new byte[0], none));
    for (SealContext.Kind kind : SealContext.Kind.values()) {
      if (kind != SealContext.Kind.CREDENTIAL) {
        context("kind-" + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), "another kind", new SealContext(0, right.tableId(), "user-1", kind, rand, SealContext.State.LIVE, 1, 1, new byte[0], none));
      }
    }
    context("rand", "another rand", new SealContext(0, right.tableId(), "user-1", SealContext.Kind.CREDENTIAL, new byte[12], SealContext.State.LIVE, 1, 1, new byte[0], none));
    context("rand-missing", "no rand", new SealContext(0, right.tableId(), "user-1", SealContext.Kind.CREDENTIAL, new byte[0], SealContext.State.LIVE, 1, 1, new byte[0], none));
    context("state", "sealed as trash", new SealContext(0, right.tableId(), "user-1", SealContext.Kind.CREDENTIAL, rand, SealContext.State.TRASH, 1, 1, new byte[0], none));
    context("version", "another version", new SealContext(0, right.tableId(), "user-1", SealContext.Kind.CREDENTIAL, rand, SealContext.State.LIVE, 2, 1, new byte[0], none));
    Sealer.Sealed sealed = VectorWriter.seal(one.key(1), context(2), random, padded(site, CREATED), padded());
    byte[] header = sealed.header().encode();
    header[3] = 1;
    file.refused("context-generation", "another generation", given(VectorWriter.with(VectorJson.item(sealed.into(at())), "h", "B", VectorJson.hex(header))), "tampered");
    SealContext earlier = new SealContext(0, right.tableId(), "user-1", SealContext.Kind.CREDENTIAL, rand, SealContext.State.LIVE, 1, 1, new byte[0], CredentialVectors.earlier(1));
    header = VectorWriter.seal(one.key(1), earlier, random, padded(site, CREATED), padded()).header().encode();
    Sealer.Sealed again = VectorWriter.seal(one.key(1), earlier, random, padded(site, CREATED), padded());
    file.refused("context-earlier", "an earlier operation id that the header does not have", given(VectorWriter.with(VectorJson.item(again.into(at())), "h", "B", VectorJson.hex(VectorWriter.cut(header, 52)))), "tampered");
  }

  private void context(String name, String description, SealContext wrong) {
    Sealer.Sealed sealed = VectorWriter.seal(one.key(1), wrong, VectorJson.bytes("context", 32), padded(site, CREATED), padded());
    file.refused("context-" + name, description, given(VectorJson.item(sealed.into(at()))), "tampered");
  }

  private void paddings() {
    String plain = site + CREATED;
    int length = plain.length() / 2;
    padding("none", "no padding", plain + "00".repeat(64 - length));
    padding("no-mark", "a mark of 81", plain + "81" + "00".repeat(63 - length));
    padding("not-zero", "a byte behind the mark that is not zero", plain + "80" + "00".repeat(62 - length) + "01");
    padding("block-too-many", "a whole block of zeros behind the mark", plain + "80" + "00".repeat(95 - length));
    padding("length-63", "not a multiple of 32 bytes", plain + "80" + "00".repeat(62 - length));
    padding("length-65", "not a multiple of 32 bytes", plain + "80" + "00".repeat(64 - length));
    padding("empty", "no bytes at all", "");
    padding("zeros", "zeros only", "00".repeat(32));
    file.refused("secret-padding-none", "no padding of the secret part", given(item(padded(site, CREATED), VectorJson.unhex(text(1, "x".repeat(30))))), "tampered");
    file.refused("secret-padding-empty", "a secret part without a byte", given(item(padded(site, CREATED), new byte[0])), "tampered");
  }

  private void padding(String name, String description, String hex) {
    file.refused("padding-" + name, description, given(item(VectorJson.unhex(hex), padded())), "tampered");
  }

  /** What the refused payloads of this file differ from by one thing each. */
  private void control() {
    CredentialContent content = CredentialContent.builder().website("example.com").password(Secret.of("x")).build();
    JsonNode expect = VectorContent.of(CredentialVectors.stored(one, Website.of("example.com"), content, CredentialVectors.created(one), 1, 0).credential());
    file.opens("control", "the refused payloads differ from this one by one thing each", given(item(padded(site, CREATED), padded(text(1, "x")))), expect);
    file.opens("control-written-in-full", "a reader takes fields that could have been left out", given(item(padded(site, text(3, "example.com"), CREATED, text(5, "user-1"), field(6, "018bcfe56800"), text(7, "user-1")), padded(text(1, "x")))), expect);
  }

  /** Unknown feature bits, sealed: read, with what is unknown passed over. */
  private void features() {
    CredentialContent content = CredentialContent.builder().website("example.com").password(Secret.of("x")).build();
    for (int bit = 0; bit < 8; bit++) {
      ObjectNode item = feature(1 << bit, padded(site, CREATED, field(17, "01"), field(200, ""), field(200, "ff")), padded(text(1, "x"), field(5, "00")));
      file.opens("feature-bit-" + bit, "with an unknown feature bit unknown fields are passed over", given(item), VectorContent.of(CredentialVectors.stored(one, Website.of("example.com"), content, CredentialVectors.created(one), 1, 0).credential()));
    }
    file.refused("feature-bit-and-missing-field", "an unknown feature bit replaces no field", given(feature(1, padded(site), padded())), "tampered");
    file.refused("feature-bit-and-unknown-field-twice", "up to 63 an unknown field comes once", given(feature(1, padded(site, CREATED, field(17, ""), field(17, "")), padded())), "tampered");
    file.refused("feature-bit-and-field-twice", "nor does it let one field come twice", given(feature(1, padded(site, CREATED, CREATED), padded())), "tampered");
    file.refused("feature-bit-not-sealed", "an unknown field behind a feature bit that was not sealed", given(VectorWriter.with(item(padded(site, CREATED, field(17, "01")), padded()), "h", "B", headerWithBit())), "tampered");
  }

  private String headerWithBit() {
    byte[] header = VectorWriter.bytes(item(padded(site, CREATED, field(17, "01")), padded()), "h");
    header[1] = 1;
    return VectorJson.hex(header);
  }

  private ObjectNode feature(int bits, byte[] meta, byte[] secret) {
    SealContext context = new SealContext(bits, one.table(), "user-1", SealContext.Kind.CREDENTIAL, CredentialVectors.RAND, SealContext.State.LIVE, 1, 1, new byte[0], List.of());
    return VectorJson.item(VectorWriter.seal(one.key(1), context, RANDOM, meta, secret).into(at()));
  }

  private void expiry() {
    CredentialContent content = CredentialContent.builder().website("example.com").expiresAt(CredentialVectors.CREATED.plusSeconds(1)).build();
    CredentialVectors.Stored ends = CredentialVectors.stored(one, Website.of("example.com"), content, CredentialVectors.created(one), 1, 0);
    long now = CredentialVectors.CREATED.toEpochMilli();
    file.refused("expired-now", "ended at this very moment", CredentialVectors.given(ends, ends.item()).put("now", now + 1_000), "not-found");
    file.refused("expired", "ended long ago", CredentialVectors.given(ends, ends.item()).put("now", now + 1_000_000), "not-found");
    file.refused("expired-with-later-ttl", "a later ttl does not help", CredentialVectors.given(ends, VectorWriter.with(ends.item(), "ttl", "N", "99999999999")).put("now", now + 1_000), "not-found");
  }

  private void meta(String name, String description, String... fields) {
    file.refused("meta-" + name, description, given(item(padded(fields), padded())), "tampered");
  }

  private void secret(String name, String description, String... fields) {
    file.refused("secret-" + name, description, given(item(padded(site, CREATED), padded(fields))), "tampered");
  }

  /** Takes the fields of a payload that has to be refused. */
  interface Payload {
    void refused(String name, String description, String... fields);
  }

  private SealContext context(int generation) {
    return CredentialRow.context(keys, RAND, 1, generation, List.of());
  }

  private ObjectNode item(byte[] meta, byte[] secret) {
    return sealed(context(1), RANDOM, meta, secret);
  }

  private ObjectNode sealed(SealContext context, byte[] random, byte[] meta, byte @Nullable [] secret) {
    Key key = one.key(1);
    return VectorJson.item(VectorWriter.seal(key, context, random, meta, secret).into(at()));
  }

  private Item at() {
    return Item.at(ItemKey.credential(one.user(), id)).number(Item.VERSION, 1);
  }

  private static com.fasterxml.jackson.databind.node.ArrayNode items(ObjectNode item) {
    return VectorJson.array().add(item);
  }

  private ObjectNode given(ObjectNode item) {
    ObjectNode given = VectorJson.object();
    given.put("vault", "one").put("read", "whole").put("credential", id);
    given.put("now", CredentialVectors.CREATED.toEpochMilli());
    given.set("items", items(item));
    return given;
  }
}
