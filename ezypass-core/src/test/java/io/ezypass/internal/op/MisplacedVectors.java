package io.ezypass.internal.op;

import static io.ezypass.internal.op.RawCredential.BASE64;
import static io.ezypass.internal.op.RawCredential.CREATED;
import static io.ezypass.internal.op.RawCredential.RAND;
import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.SealContext.Kind;
import io.ezypass.internal.format.v1.SealContext.State;
import io.ezypass.model.Website;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Credentials that are whole, but of another place, key or context. */
final class MisplacedVectors {
  private final VectorFile file;
  private final VectorVault one;
  private final UserKeys keys;
  private final RawCredential raw;

  MisplacedVectors(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    this.keys = one.userKeys();
    this.raw = new RawCredential(one);
  }

  void add(CredentialVectors.Stored base) {
    places(base);
    contexts();
  }

  /** Whole items that are somewhere else. */
  private void places(CredentialVectors.Stored base) {
    String pk = base.item().get("pk").get("S").asText();
    ObjectNode given = CredentialVectors.given(base, base.item());
    file.refused(
        "other-user",
        "the item of another user, under that user's keys",
        given
            .deepCopy()
            .put("vault", "one-for-another-user")
            .set("items", items(VectorWriter.with(base.item(), "pk", "S", "U#user-9"))),
        "tampered");
    file.refused(
        "other-table",
        "the item of another table",
        given.deepCopy().put("vault", "one-in-another-table"),
        "tampered");
    file.refused(
        "other-vault-key",
        "another vault key",
        given.deepCopy().put("vault", "one-with-another-vault-key"),
        "tampered");
    file.refused(
        "other-index-key",
        "another index key: the site tag is not that of the sealed website",
        given.deepCopy().put("vault", "one-with-another-index-key"),
        "tampered");
    file.refused(
        "unknown-generation",
        "a generation that KEYS has no key of",
        given
            .deepCopy()
            .set("items", items(raw.sealed(raw.context(2), padded(raw.site(), CREATED), padded()))),
        "tampered");
    file.refused(
        "not-there", "no item", given.deepCopy().set("items", VectorJson.array()), "not-found");
    String otherTag = BASE64.encodeToString(keys.siteTag(Website.of("example.org")));
    String otherRand = BASE64.encodeToString(VectorJson.bytes("other rand", 12));
    moved(pk, "other-tag", "copied to the sort key of another website", otherTag + RAND, base);
    moved(pk, "other-rand", "copied to another rand", raw.id().substring(0, 12) + otherRand, base);
    for (String sk :
        new String[] {
          "CRED#",
          "CRED#" + raw.id().substring(1),
          "CRED#" + raw.id() + "A",
          "CRED#" + raw.id().substring(1) + "=",
          "CRED#" + raw.id().substring(1) + "+",
          "CRED#" + raw.id().substring(1) + "\u00e9"
        }) {
      file.refused(
          "sort-key-"
              + VectorJson.hex(sk.substring(sk.length() - 1).getBytes(StandardCharsets.UTF_8))
              + "-"
              + sk.length(),
          "in a list, a sort key of another form",
          CredentialVectors.list(VectorWriter.with(base.item(), "sk", "S", sk)),
          "tampered");
    }
    file.refused(
        "creation-tag-other",
        "the sealed tag at creation is not that of the id asked for",
        raw.given(
            raw.item(
                padded(field(1, "010203040506070809"), text(2, "hexample.com"), CREATED),
                padded())),
        "tampered");
  }

  private void moved(
      String pk,
      String name,
      String description,
      String tagAndRand,
      CredentialVectors.Stored base) {
    ObjectNode item =
        VectorWriter.with(
            VectorWriter.with(base.item(), "pk", "S", pk), "sk", "S", "CRED#" + tagAndRand);
    file.refused(
        name,
        description,
        CredentialVectors.given(base, item).put("credential", tagAndRand),
        "tampered");
  }

  /** Sealed with everything right but one field of the context. */
  private void contexts() {
    byte[] table = one.table();
    byte[] rand = CredentialVectors.RAND;
    context("table", "another table id", of(new byte[16], "user-1", Kind.CREDENTIAL, rand));
    context("owner", "another owner", of(table, "user-2", Kind.CREDENTIAL, rand));
    for (Kind kind : Kind.values()) {
      if (kind != Kind.CREDENTIAL) {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        context("kind-" + name, "another kind", of(table, "user-1", kind, rand));
      }
    }
    context("rand", "another rand", of(table, "user-1", Kind.CREDENTIAL, new byte[12]));
    context("rand-missing", "no rand", of(table, "user-1", Kind.CREDENTIAL, new byte[0]));
    context("state", "sealed as trash", of(State.TRASH, 1, List.of()));
    context("version", "another version", of(State.LIVE, 2, List.of()));
    ObjectNode generation = raw.sealed(raw.context(2), padded(raw.site(), CREATED), padded());
    byte[] header = VectorWriter.bytes(generation, "h");
    header[3] = 1;
    refused("generation", "another generation", generation, header);
    SealContext earlier = of(State.LIVE, 1, CredentialVectors.earlier(1));
    ObjectNode longer = raw.sealed(earlier, padded(raw.site(), CREATED), padded());
    header = VectorWriter.cut(VectorWriter.bytes(longer, "h"), 52);
    refused("earlier", "an earlier operation id that the header does not have", longer, header);
    context(
        "earlier-5",
        "five earlier operation ids, in context and header",
        of(State.LIVE, 1, CredentialVectors.earlier(5)));
  }

  private void refused(String name, String description, ObjectNode item, byte[] header) {
    ObjectNode changed = VectorWriter.with(item, "h", "B", VectorJson.hex(header));
    file.refused("context-" + name, description, raw.given(changed), "tampered");
  }

  private void context(String name, String description, SealContext wrong) {
    ObjectNode item = raw.sealed(wrong, padded(raw.site(), CREATED), padded());
    file.refused("context-" + name, description, raw.given(item), "tampered");
  }

  private static SealContext of(byte[] table, String owner, Kind kind, byte[] rand) {
    return new SealContext(0, table, owner, kind, rand, State.LIVE, 1, 1, new byte[0], List.of());
  }

  private SealContext of(State state, long version, List<byte[]> earlier) {
    return new SealContext(
        0,
        one.table(),
        one.user().value(),
        Kind.CREDENTIAL,
        CredentialVectors.RAND,
        state,
        version,
        1,
        new byte[0],
        earlier);
  }

  private static ArrayNode items(ObjectNode item) {
    return VectorJson.array().add(item);
  }
}
