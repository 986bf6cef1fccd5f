package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** KEYS items, from what KMS made of the wrapped key. */
final class KeysVectors {
  private static final byte[] RANDOM = VectorJson.bytes("random", 32);
  private static final String TIME = "0000018bcfe56800";

  private final VectorFile file;
  private final VectorVault one;
  private final String index;
  private final String page;

  KeysVectors(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    index = field(1, VectorJson.hex(one.indexKey()));
    page = field(2, VectorJson.hex(one.pageTokenKey()));
  }

  void add() {
    for (int generations : new int[] {1, 2, 3, 10}) {
      opens(
          "generations-" + generations,
          generations == 1
              ? "as registration writes it"
              : "after rotations, each of which raised the version",
          VectorVault.of("main", "user-1", "one", generations),
          generations,
          Math.min(generations - 1, 4));
    }
    TreeMap<Integer, byte[]> gaps =
        new TreeMap<>(
            Map.of(
                3,
                VectorJson.bytes("three", 32),
                700,
                VectorJson.bytes("seven hundred", 32),
                65_535,
                VectorJson.bytes("last", 32)));
    opens(
        "generation-numbers",
        "numbers ascend, with gaps, up to 65,535",
        new VectorVault(one.table(), one.user(), gaps, one.indexKey(), one.pageTokenKey()),
        9,
        4);
    opens(
        "longest-user",
        "a user id of 128 characters",
        VectorVault.of("main", "a.B_9:-z".repeat(16), "longest", 1),
        1,
        0);
    for (int bit = 5; bit < 8; bit++) {
      ObjectNode expect = expect(one, 1, false, 1_700_000_000_000L);
      file.opens(
          "feature-bit-" + bit,
          "with an unknown feature bit unknown fields are passed over, and nothing is written",
          given(one, raw(context(1 << bit, 1), payload(generation(1, null), field(4, "00")))),
          expect);
    }
    file.opens(
        "control",
        "the refused payloads differ from this one by one thing each",
        given(one, raw(context(0, 1), payload(generation(1, null)))),
        expect(one, 1, true, 1_700_000_000_000L));
    VectorVault rotated = VectorVault.of("main", "user-1", "one", 2);
    ObjectNode base = stored(rotated, 3, 2);
    new TamperedVectors(file, base, changed -> given(rotated, changed)).add();
    around(rotated, base);
    GenerationRefusals.add(this::refused);
    payloads();
    ObjectNode first = raw(context(0, 1), payload(generation(1, null)));
    ObjectNode expect = expect(one, 1, true, 1_700_000_000_000L);
    file.opens(
        "wrapped-6144",
        "the longest wrapped key that KMS takes",
        given(one, VectorWriter.with(first, "w", "B", "00".repeat(6_144))),
        expect);
    file.opens(
        "generation-active-before-1970",
        "a time of activation is any number",
        given(one, raw(context(0, 1), payload(field(3, "0001" + "ff".repeat(8))))),
        expect(one, 1, true, -1));
    ArnVectors.add(file, first, changed -> given(one, changed), expect);
  }

  private void around(VectorVault rotated, ObjectNode base) {
    ObjectNode given = given(rotated, base);
    file.refused(
        "not-there",
        "no KEYS item",
        given.deepCopy().set("items", VectorJson.array()),
        "not-found");
    file.refused(
        "tombstone",
        "a tombstone",
        given(rotated, VectorWriter.with(base, "z", "N", "1700000000000")),
        "not-found");
    file.refused(
        "tombstone-of-any-type",
        "z of whatever type",
        given(rotated, VectorWriter.with(base, "z", "S", "")),
        "not-found");
    file.refused(
        "wrapped-missing",
        "no wrapped key",
        given(rotated, VectorWriter.without(base, "w")),
        "tampered");
    file.refused(
        "wrapped-empty",
        "a wrapped key without a byte",
        given(rotated, VectorWriter.with(base, "w", "B", "")),
        "tampered");
    file.refused(
        "wrapped-6145",
        "a wrapped key that is longer than what KMS takes",
        given(rotated, VectorWriter.with(base, "w", "B", "00".repeat(6_145))),
        "tampered");
    file.refused(
        "arn-missing", "no ARN", given(rotated, VectorWriter.without(base, "k")), "tampered");
    file.refused(
        "arn-other",
        "an ARN that is not accepted",
        given(
            rotated,
            VectorWriter.with(base, "k", "S", "arn:aws:kms:eu-central-1:123456789012:key/other")),
        "key-unavailable");
    file.refused(
        "unwrapped-31",
        "KMS gives 31 bytes",
        given
            .deepCopy()
            .put("unwrapped", VectorJson.hex(VectorWriter.cut(rotated.activeKey(), 31))),
        "tampered");
    file.refused(
        "unwrapped-33",
        "KMS gives 33 bytes",
        given
            .deepCopy()
            .put("unwrapped", VectorJson.hex(VectorWriter.cut(rotated.activeKey(), 33))),
        "tampered");
    file.refused(
        "unwrapped-other",
        "KMS gives another key",
        given.deepCopy().put("unwrapped", VectorJson.hex(new byte[32])),
        "tampered");
    file.refused(
        "unwrapped-older",
        "KMS gives the vault key before",
        given
            .deepCopy()
            .put("unwrapped", VectorJson.hex(rotated.generations().firstEntry().getValue())),
        "tampered");
    file.refused(
        "other-table", "another table", given.deepCopy().put("table", "00".repeat(16)), "tampered");
    file.refused(
        "other-user",
        "another user",
        given(rotated, VectorWriter.with(base, "pk", "S", "U#user-9")).put("user", "user-9"),
        "tampered");
    for (SealContext.Kind kind : SealContext.Kind.values()) {
      if (kind != SealContext.Kind.KEYS) {
        SealContext wrong = SealContext.of(one.table(), one.user().value(), kind, 1, 1);
        file.refused(
            "context-kind-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            "sealed as another kind",
            given(one, raw(wrong, payload(generation(1, null)))),
            "tampered");
      }
    }
  }

  private void payloads() {
    String only = generation(1, null);
    refusedRaw("index-key-missing", "no index key", page, only);
    refusedRaw("index-key-31", "an index key of 31 bytes", field(1, "00".repeat(31)), page, only);
    refusedRaw("index-key-33", "an index key of 33 bytes", field(1, "00".repeat(33)), page, only);
    refusedRaw("index-key-twice", "two index keys", index, index, page, only);
    refusedRaw("page-token-key-missing", "no page-token key", index, only);
    refusedRaw("page-token-key-0", "an empty page-token key", index, field(2, ""), only);
    refusedRaw("page-token-key-twice", "two page-token keys", index, page, page, only);
    refusedRaw("generations-missing", "no generation", index, page);
    for (int length : new int[] {0, 2, 9, 11, 41, 43}) {
      refusedRaw(
          "generation-of-" + length,
          "a generation of " + length + " bytes",
          index,
          page,
          field(
              3,
              VectorJson.hex(
                  VectorWriter.cut(VectorJson.unhex("0001" + TIME + "22".repeat(33)), length))));
    }
    for (int number : new int[] {4, 64, 255}) {
      refusedRaw(
          "unknown-field-" + number,
          "an unknown field without a feature bit",
          index,
          page,
          only,
          field(number, ""));
    }
    refusedRaw("descending", "fields that do not ascend", page, index, only);
    refusedRaw("empty", "no field");
    file.refused(
        "payload-padding",
        "no padding",
        given(
            one,
            VectorJson.item(
                VectorWriter.seal(one.key(1), context(0, 1), RANDOM, new byte[96], null)
                    .into(at(one.user(), 1)))),
        "tampered");
  }

  private void refused(String id, String description, int header, String... generations) {
    file.refused(
        "payload-" + id,
        description,
        given(one, raw(context(0, header), payload(generations))),
        "tampered");
  }

  private void refusedRaw(String id, String description, String... fields) {
    file.refused(
        "payload-" + id,
        description,
        given(one, raw(context(0, 1), String.join("", fields))),
        "tampered");
  }

  private String payload(String... generations) {
    return index + page + String.join("", generations);
  }

  static String generation(int number, @Nullable String key) {
    return field(3, String.format("%04x", number) + TIME + (key == null ? "" : key));
  }

  private SealContext context(int features, int generation) {
    return new SealContext(
        features,
        one.table(),
        one.user().value(),
        SealContext.Kind.KEYS,
        new byte[0],
        SealContext.State.LIVE,
        1,
        generation,
        new byte[0],
        List.of());
  }

  private ObjectNode raw(SealContext context, String payload) {
    return VectorJson.item(
        VectorWriter.seal(one.key(1), context, RANDOM, padded(payload), null)
            .into(at(one.user(), 1)));
  }

  private void opens(String id, String description, VectorVault vault, long version, int earlier) {
    byte[] meta = KeysCodec.encode(vault.decoded());
    Sealer.Sealed sealed = sealed(vault, version, earlier);
    Header header = sealed.header();
    file.opens(
            id,
            description,
            given(vault, VectorJson.item(sealed.into(at(vault.user(), version)))),
            expect(
                vault, version, true, 1_700_000_000_000L + 1_000L * vault.generations().firstKey()))
        .set(
            "sealing",
            VectorWriter.steps(
                Key.copyOf(vault.activeKey()),
                RANDOM,
                context(vault, version, earlier),
                header,
                meta,
                null));
  }

  private static ObjectNode stored(VectorVault vault, long version, int earlier) {
    return VectorJson.item(sealed(vault, version, earlier).into(at(vault.user(), version)));
  }

  private static Sealer.Sealed sealed(VectorVault vault, long version, int earlier) {
    return VectorWriter.seal(
        Key.copyOf(vault.activeKey()),
        context(vault, version, earlier),
        RANDOM,
        KeysCodec.encode(vault.decoded()),
        null);
  }

  private static SealContext context(VectorVault vault, long version, int earlier) {
    return new SealContext(
        0,
        vault.table(),
        vault.user().value(),
        SealContext.Kind.KEYS,
        new byte[0],
        SealContext.State.LIVE,
        version,
        vault.active(),
        new byte[0],
        CredentialVectors.earlier(earlier));
  }

  private static Item at(UserId user, long version) {
    return Item.at(ItemKey.keys(user))
        .number(Item.VERSION, version)
        .bytes(Item.WRAPPED, VectorJson.bytes("wrapped", 32))
        .text(Item.KEY_ARN, Fixtures.KEY_ARN)
        .number(Item.SHARD, ItemKey.shard(user, 16));
  }

  private static ObjectNode given(VectorVault vault, ObjectNode item) {
    ObjectNode given = VectorJson.object();
    given.put("table", VectorJson.hex(vault.table()));
    given.put("user", vault.user().value());
    given.put("acceptedArn", Fixtures.KEY_ARN);
    given.put("unwrapped", VectorJson.hex(vault.activeKey()));
    given.putArray("items").add(item);
    return given;
  }

  /** The first generation is of that time: raw payloads have one of their own. */
  private static ObjectNode expect(VectorVault vault, long version, boolean writable, long first) {
    ObjectNode expect = VectorContent.of(vault.decoded(), vault.active(), version, writable);
    ((ObjectNode) expect.get("generations").get(0)).put("activatedAtMilli", first);
    ObjectNode context = expect.putObject("encryptionContext");
    KmsKeys.context(vault.table(), vault.user()).pairs().forEach(context::put);
    return expect;
  }
}
