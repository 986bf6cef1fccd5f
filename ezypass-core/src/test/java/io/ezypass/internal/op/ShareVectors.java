package io.ezypass.internal.op;

import static io.ezypass.internal.op.RawCredential.CREATED;
import static io.ezypass.internal.op.VectorWriter.padded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Grants: both rows of each, their page tokens, and what a credential's row shows of them. */
final class ShareVectors {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final byte[] RANDOM = VectorJson.bytes("random", 32);
  private static final byte[] OPERATION = VectorJson.bytes("operation", 16);
  private static final CredentialId ID = CredentialId.of("AAAAAAAAAAAABBBBBBBBBBBBBBBB");
  private static final CredentialId OTHER = CredentialId.of("CCCCCCCCCCCCDDDDDDDDDDDDDDDD");
  private static final UserId BOB = UserId.of("user-2");
  private static final UserId LONGEST = UserId.of("a.B_9:-z".repeat(16));
  private static final long GRANTED = 1_699_999_999_999L;
  private static final long END = 1_800_000_000L;

  private final VectorVault vault;
  private final UserKeys keys;
  private final TableKeys tableKeys;

  ShareVectors(VectorVault vault, TableKeys tableKeys) {
    this.vault = vault;
    this.keys = vault.userKeys();
    this.tableKeys = tableKeys;
  }

  void grants(VectorFile file) {
    GrantRow plain = row(BOB, ID, null, null);
    ObjectNode stored = grant(plain);
    file.opens("grant", "one without an end", given(stored), told(plain));
    GrantRow longest = row(LONGEST, ID, null, null);
    file.opens("longest", "a long recipient", given(grant(longest)), told(longest));
    GrantRow until = row(BOB, ID, END, END);
    file.opens("until", "one that ends", given(grant(until)), told(until));
    GrantRow with = row(BOB, ID, END + 9, END);
    file.opens("credential-first", "the credential ends first", given(grant(with)), told(with));
    GrantRow only = row(BOB, ID, null, END);
    file.opens("credential-alone", "only the credential ends", given(grant(only)), told(only));
    file.opens(
        "ended",
        "it ends at this very moment, and is passed over",
        given(grant(until)).put("now", END * 1_000),
        VectorJson.object().set("grants", VectorJson.array()));
    refusals(file, stored, "tampered");
    for (String name : new String[] {"g", "o"}) {
      refused(file, name + "-missing", "no " + name, VectorWriter.without(stored, name));
    }
    refused(file, "until-added", "another end", VectorWriter.with(stored, "b", "N", "1"));
    refused(file, "until-removed", "no end", VectorWriter.without(grant(until), "b"));
    refused(file, "granted-other", "another time", VectorWriter.with(stored, "g", "N", "1"));
    for (int length : new int[] {0, 15, 17}) {
      String hex = VectorJson.hex(VectorWriter.cut(OPERATION, length));
      refused(
          file,
          "operation-of-" + length,
          "an operation id of another length",
          VectorWriter.with(stored, "o", "B", hex));
    }
    String[] sortKeys = {
      "SHARE#" + ID + "#user-3",
      "SHARE#" + OTHER + "#user-2",
      "SHARE#" + ID,
      "SHARE#" + ID + "#",
      "SHARE#" + ID + "#user 2",
      "SHARE#" + ID + "A#user-2"
    };
    for (int i = 0; i < sortKeys.length; i++) {
      refused(
          file,
          "sort-key-" + (i + 1),
          "another recipient or credential, or no key of a grant",
          VectorWriter.with(stored, "sk", "S", sortKeys[i]));
    }
    for (String other :
        new String[] {
          "one-for-another-user", "one-in-another-table", "one-with-another-index-key"
        }) {
      String pk = other.equals("one-for-another-user") ? "U#user-9" : "U#user-1";
      file.refused(
          other,
          "in another vault",
          given(VectorWriter.with(stored, "pk", "S", pk)).put("vault", other),
          "tampered");
    }
  }

  void received(VectorFile file) {
    GrantRow plain = row(BOB, ID, null, null);
    ObjectNode stored = pointer(plain);
    file.opens("pointer", "one without an end", givenTo(stored), shown(plain));
    GrantRow ending = row(BOB, ID, END + 9, END);
    file.opens("ending", "one that ends", givenTo(pointer(ending)), shown(ending));
    file.opens(
        "ended",
        "it ends at this very moment, and is passed over",
        givenTo(pointer(ending)).put("now", END * 1_000),
        VectorJson.object().set("shared", VectorJson.array()));
    ObjectNode longest = pointer(row(LONGEST, ID, null, null));
    file.opens(
        "longest",
        "a long recipient",
        givenTo(longest).put("user", LONGEST.value()),
        shown(row(LONGEST, ID, null, null)));
    file.refused("g-missing", "no g", givenTo(VectorWriter.without(stored, "g")), "tampered");
    file.refused(
        "granted-other",
        "another time",
        givenTo(VectorWriter.with(stored, "g", "N", "1")),
        "tampered");
    file.refused(
        "ttl-added",
        "another end",
        givenTo(VectorWriter.with(stored, "ttl", "N", "1")),
        "tampered");
    file.refused(
        "ttl-removed", "no end", givenTo(VectorWriter.without(pointer(ending), "ttl")), "tampered");
    file.refused(
        "hmac-flipped",
        "one bit of the HMAC",
        givenTo(VectorWriter.flipped(stored, "a", 31)),
        "tampered");
    String[] sortKeys = {
      "SHAREIN#user-3#" + ID, "SHAREIN#user-1#" + OTHER, "SHAREIN#" + ID, "SHAREIN##" + ID
    };
    for (int i = 0; i < sortKeys.length; i++) {
      file.refused(
          "sort-key-" + (i + 1),
          "another owner or credential, or no key of such a row",
          givenTo(VectorWriter.with(stored, "sk", "S", sortKeys[i])),
          "tampered");
    }
    file.refused(
        "other-recipient",
        "in the collection of another user",
        givenTo(VectorWriter.with(stored, "pk", "S", "U#user-3")).put("user", "user-3"),
        "tampered");
    file.refused(
        "other-table",
        "in another table with the same lookup key",
        givenTo(stored).put("table", "same-lookup-key"),
        "tampered");
  }

  /** What nothing authenticates says nothing of whether a credential opens. */
  void credentials(VectorFile file) {
    RawCredential raw = new RawCredential(vault);
    CredentialContent content = CredentialContents.builder().build();
    JsonNode expect =
        VectorContent.of(
            CredentialVectors.stored(
                    vault,
                    Website.of("example.com"),
                    content,
                    CredentialVectors.created(vault),
                    1,
                    0)
                .credential());
    ObjectNode bare = raw.item(padded(raw.site(), CREATED), padded());
    Item item = Objects.requireNonNull(Item.of(VectorJson.attributes(bare)));
    Sealer.Sealed sealed = Objects.requireNonNull(SealedRows.resealed(keys, item, Header.SHARES));
    ObjectNode row = VectorJson.item(sealed.into(Item.copyOf(item)));
    file.opens(
        "row",
        "sealed once more with the feature bit: the version and the operation id of before",
        raw.given(VectorWriter.with(row, "x", "N", "1")),
        expect);
    file.opens("bit-alone", "the feature bit without x", raw.given(row), expect);
    file.opens(
        "count-alone",
        "x without the feature bit",
        raw.given(VectorWriter.with(bare, "x", "N", "7")),
        expect);
    file.opens(
        "count-of-another-type",
        "x that is no number",
        raw.given(VectorWriter.with(row, "x", "S", "many")),
        expect);
    file.refused(
        "bit-of-another-sealing",
        "the feature bit set beside what was sealed without it",
        raw.given(flippedBit(bare)),
        "tampered");
  }

  private static ObjectNode flippedBit(ObjectNode row) {
    byte[] header = VectorWriter.bytes(row, "h").clone();
    header[1] ^= (byte) Header.SHARES;
    return VectorWriter.with(row, "h", "B", VectorJson.hex(header));
  }

  void tokens(VectorFile file) {
    String given = token(SealContext.Kind.GIVEN_PAGE, "SHARE#" + ID + "#user-2");
    String received = token(SealContext.Kind.RECEIVED_PAGE, "SHAREIN#user-2#" + ID);
    file.opens(
        "given",
        "a token of the grants that a vault gives",
        token("given", given),
        VectorJson.object().put("after", "SHARE#" + ID + "#user-2"));
    file.opens(
        "received",
        "a token of what others share",
        token("received", received),
        VectorJson.object().put("after", "SHAREIN#user-2#" + ID));
    file.refused("given-as-received", "of the other", token("received", given), "invalid-token");
    file.refused("received-as-given", "of the other", token("given", received), "invalid-token");
    file.refused("given-as-vault", "of a vault", token("vault", given), "invalid-token");
    file.refused("given-as-trash", "of a trash", token("trash", given), "invalid-token");
    file.refused(
        "expired",
        "it ends at this very moment",
        token("given", given).put("now", NOW.toEpochMilli() + 86_400_000),
        "invalid-token");
    file.refused(
        "other-user",
        "a token of another user with the same key",
        token("given", given).put("vault", "one-for-another-user"),
        "invalid-token");
  }

  private String token(SealContext.Kind kind, String after) {
    VectorWriter.sealSomethingElse();
    return new PageTokens(VectorReader.environment(NOW, new VectorWriter.Prepared().then(RANDOM)))
        .of(keys, kind, after)
        .value();
  }

  private static ObjectNode token(String list, String token) {
    return VectorJson.object()
        .put("list", list)
        .put("vault", "one")
        .put("now", NOW.toEpochMilli())
        .put("token", token);
  }

  private static void refusals(VectorFile file, ObjectNode row, String error) {
    for (int at : new int[] {0, 15, 31}) {
      file.refused(
          "hmac-flipped-" + at,
          "one bit of the HMAC",
          given(VectorWriter.flipped(row, "a", at)),
          error);
    }
    file.refused("hmac-missing", "no HMAC", given(VectorWriter.without(row, "a")), error);
    file.refused("ttl-added", "another end", given(VectorWriter.with(row, "ttl", "N", "1")), error);
  }

  private static void refused(VectorFile file, String id, String description, ObjectNode row) {
    file.refused(id, description, given(row), "tampered");
  }

  private GrantRow row(
      UserId recipient, CredentialId id, @Nullable Long until, @Nullable Long ttl) {
    return new GrantRow(
        new KeySpace.Share(keys.user(), id, recipient), GRANTED, until, ttl, OPERATION);
  }

  private ObjectNode grant(GrantRow row) {
    return VectorJson.item(row.item(keys));
  }

  private ObjectNode pointer(GrantRow row) {
    return VectorJson.item(row.pointer(tableKeys));
  }

  private static ObjectNode given(ObjectNode row) {
    ObjectNode given = VectorJson.object().put("vault", "one").put("now", NOW.toEpochMilli());
    given.putArray("items").add(row);
    return given;
  }

  private static ObjectNode givenTo(ObjectNode row) {
    ObjectNode given =
        VectorJson.object()
            .put("table", "main")
            .put("user", BOB.value())
            .put("now", NOW.toEpochMilli());
    given.putArray("items").add(row);
    return given;
  }

  private static ObjectNode told(GrantRow row) {
    ObjectNode expect = VectorJson.object();
    ArrayNode grants = expect.putArray("grants");
    grants.add(VectorContent.of(row.grant()));
    return expect;
  }

  private ObjectNode shown(GrantRow row) {
    ObjectNode expect = VectorJson.object();
    expect
        .putArray("shared")
        .add(
            VectorContent.of(
                Objects.requireNonNull(
                    GrantRow.received(
                        tableKeys, row.share().recipient(), row.pointer(tableKeys), NOW))));
    return expect;
  }
}
