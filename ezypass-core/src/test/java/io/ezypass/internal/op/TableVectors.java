package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.RowBytes;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import java.util.function.UnaryOperator;

/** Root, claims and rows of the directory: what an HMAC under the table's row key covers. */
final class TableVectors {
  private final byte[] lookupKey;
  private final TableIdentity identity;
  private final TableKeys keys;

  TableVectors(byte[] tableId, int shards, byte[] lookupKey) {
    this.lookupKey = lookupKey.clone();
    identity = new TableIdentity(tableId, shards);
    keys = new TableKeys(identity, Key.copyOf(lookupKey));
  }

  TableKeys keys() {
    return keys;
  }

  ObjectNode json() {
    ObjectNode json = VectorJson.object();
    json.put("id", VectorJson.hex(identity.id()));
    json.put("shards", identity.shards());
    json.put("lookupKey", VectorJson.hex(lookupKey));
    return json;
  }

  void roots(VectorFile file) {
    for (int shards : new int[] {1, 16, 1_024}) {
      root(file, shards);
    }
    ObjectNode base = root(16);
    ObjectNode expect = expectRoot(16);
    file.opens(
        "pinned",
        "the table id is the pinned one",
        given(base).put("pinned", VectorJson.hex(identity.id())),
        expect);
    file.refused(
        "not-there", "no root", given(base).set("items", VectorJson.array()), "not-initialised");
    file.refused(
        "pinned-other",
        "another table id than the pinned one",
        given(base).put("pinned", "00".repeat(16)),
        "not-initialised");
    for (String name : new String[] {"t", "c", "w", "k", "a"}) {
      file.refused(
          name + "-missing",
          "no attribute " + name,
          given(VectorWriter.without(base, name)),
          "tampered");
      file.refused(
          name + "-of-another-type",
          "an attribute of another type reads like none",
          given(
              VectorWriter.with(
                  base, name, name.equals("k") || name.equals("c") ? "B" : "S", "01")),
          "tampered");
    }
    for (int length : new int[] {0, 15, 17}) {
      file.refused(
          "table-id-" + length,
          "a table id of " + length + " bytes",
          given(
              VectorWriter.with(
                  base, "t", "B", VectorJson.hex(VectorWriter.cut(identity.id(), length)))),
          "tampered");
    }
    file.refused(
        "table-id-flipped",
        "one bit of the table id",
        given(VectorWriter.flipped(base, "t", 0)),
        "tampered");
    for (String shards : new String[] {"0", "-1", "1025", "17", "1.5", "4294967312"}) {
      file.refused(
          "shards-" + shards,
          "another number of shards",
          given(VectorWriter.with(base, "c", "N", shards)),
          "tampered");
    }
    hmacs(file, base, this::given);
    file.refused(
        "arn-other",
        "an ARN that is not accepted",
        given(VectorWriter.with(base, "k", "S", "arn:aws:kms:eu-central-1:123456789012:key/other")),
        "key-unavailable");
    file.refused(
        "unwrapped-other",
        "KMS gives another key",
        given(base).put("unwrapped", "00".repeat(32)),
        "tampered");
    file.refused(
        "unwrapped-31",
        "KMS gives 31 bytes",
        given(base).put("unwrapped", "00".repeat(31)),
        "tampered");
    for (int shards : new int[] {0, 1_025}) {
      file.refused(
          "shards-of-" + shards,
          "a number of shards that no table has, with the right HMAC",
          given(root(shards)),
          "tampered");
    }
    ArnVectors.add(file, base, this::given, expect);
  }

  private void root(VectorFile file, int shards) {
    file.opens(
        "shards-of-" + shards,
        "a table of " + shards + " shards",
        given(root(shards)),
        expectRoot(shards));
  }

  private ObjectNode root(int shards) {
    TableKeys own = new TableKeys(new TableIdentity(identity.id(), shards), Key.copyOf(lookupKey));
    return VectorJson.item(
        Item.at(ItemKey.root())
            .bytes(Item.TABLE_ID, identity.id())
            .number(Item.SHARDS, shards)
            .bytes(Item.WRAPPED, VectorJson.bytes("wrapped", 32))
            .text(Item.KEY_ARN, Fixtures.KEY_ARN)
            .bytes(Item.ROW_HMAC, own.rootHmac()));
  }

  private ObjectNode expectRoot(int shards) {
    ObjectNode expect = VectorJson.object();
    expect.put("table", VectorJson.hex(identity.id()));
    expect.put("shards", shards);
    ObjectNode context = expect.putObject("encryptionContext");
    KmsKeys.context(identity.id(), null).pairs().forEach(context::put);
    return expect;
  }

  private ObjectNode given(ObjectNode item) {
    ObjectNode given = VectorJson.object();
    given.put("acceptedArn", Fixtures.KEY_ARN);
    given.put("unwrapped", VectorJson.hex(lookupKey));
    given.putArray("items").add(item);
    return given;
  }

  /** An HMAC that was changed, cut, or is not there. */
  private static void hmacs(VectorFile file, ObjectNode row, UnaryOperator<ObjectNode> given) {
    for (int at : new int[] {0, 15, 31}) {
      file.refused(
          "hmac-flipped-" + at,
          "one bit of the HMAC",
          given.apply(VectorWriter.flipped(row, "a", at)),
          "tampered");
    }
    for (int length : new int[] {0, 16, 31, 33}) {
      file.refused(
          "hmac-of-" + length,
          "an HMAC of " + length + " bytes",
          given.apply(
              VectorWriter.with(
                  row,
                  "a",
                  "B",
                  VectorJson.hex(VectorWriter.cut(VectorWriter.bytes(row, "a"), length)))),
          "tampered");
    }
  }

  void claims(VectorFile file) {
    claim(file, "email", UserKey.email("Tahir@Example.com"), "user-1");
    claim(file, "username", UserKey.username("Tahir"), "user-1");
    claim(file, "email-unicode", UserKey.email("J\u00dcRGEN@example.com"), "a.B_9:-z".repeat(16));
    UserKey key = UserKey.email("tahir@example.com");
    ObjectNode row = VectorJson.item(Claims.row(keys, key, UserId.of("user-1")));
    hmacs(file, row, changed -> given(key, changed));
    file.refused("hmac-missing", "no HMAC", given(key, VectorWriter.without(row, "a")), "tampered");
    file.refused("user-missing", "no user", given(key, VectorWriter.without(row, "u")), "tampered");
    String[] users = {"user-2", "", "user 1", "user-1\n", "x".repeat(129)};
    for (int i = 0; i < users.length; i++) {
      file.refused(
          "other-user-" + (i + 1),
          "another user, or what is no user id",
          given(key, VectorWriter.with(row, "u", "S", users[i])),
          "tampered");
    }
    file.refused(
        "user-as-binary",
        "a user that is no string",
        given(key, VectorWriter.with(row, "u", "B", "757365722d31")),
        "tampered");
    file.refused(
        "other-table",
        "the claim of another table",
        given(key, row).put("table", "same-lookup-key"),
        "tampered");
    UserKey other = UserKey.email("eve@example.com");
    ObjectNode foreign = VectorJson.item(Claims.row(keys, other, UserId.of("user-1")));
    file.refused(
        "other-address",
        "the claim on another address, copied here",
        given(key, VectorWriter.with(foreign, "pk", "S", row.get("pk").get("S").asText())),
        "tampered");
    UserKey name = UserKey.username("tahir@example.com");
    ObjectNode asName = VectorJson.item(Claims.row(keys, name, UserId.of("user-1")));
    file.refused(
        "other-kind",
        "the claim on a username that reads the same",
        given(key, VectorWriter.with(asName, "pk", "S", row.get("pk").get("S").asText())),
        "tampered");
  }

  private void claim(VectorFile file, String id, UserKey key, String user) {
    file.opens(
        id,
        "whose it is",
        given(key, VectorJson.item(Claims.row(keys, key, UserId.of(user)))),
        VectorJson.object().put("user", user));
  }

  private static ObjectNode given(UserKey key, ObjectNode row) {
    ObjectNode given = VectorJson.object();
    given.put("table", "main");
    given.put("key", key.kind() == UserKey.Kind.EMAIL ? "email" : "username");
    given.put("written", key.written());
    given.putArray("items").add(row);
    return given;
  }

  void directory(VectorFile file) {
    for (String user :
        new String[] {"user-1", "f3b1c9d2-0a4e-4c1f-9a57-3d2e1b0c9a88", "a.B_9:-z".repeat(16)}) {
      file.opens(
          "user-of-" + user.length(),
          "a row of shard 0",
          directory(directoryRow(0, user)),
          users(user));
    }
    ObjectNode row = directoryRow(0, "user-1");
    file.opens(
        "deleted",
        "a row with a deletion mark is passed over; the HMAC does not cover it",
        directory(VectorWriter.with(row, "x", "N", "1700000000000")),
        VectorJson.object().set("users", VectorJson.array()));
    hmacs(file, row, TableVectors::directory);
    file.refused("hmac-missing", "no HMAC", directory(VectorWriter.without(row, "a")), "tampered");
    file.refused(
        "other-shard",
        "the row of another shard",
        directory(VectorWriter.with(directoryRow(5, "user-1"), "pk", "S", "USERS#0")),
        "tampered");
    file.refused(
        "other-user",
        "another user",
        directory(VectorWriter.with(row, "sk", "S", "user-2")),
        "tampered");
    file.refused(
        "not-a-user-id",
        "a sort key that is no user id",
        directory(VectorWriter.with(row, "sk", "S", "user 1")),
        "tampered");
    file.refused(
        "other-table",
        "the row of another table",
        directory(row).put("table", "same-lookup-key"),
        "tampered");
    file.refused(
        "other-lookup-key",
        "another lookup key",
        directory(row).put("table", "other-lookup-key"),
        "tampered");
    Key rowKey = Hmac.deriveKey(Key.copyOf(lookupKey), "ezypass/1/table-row");
    byte[] hmac =
        Hmac.sha256(
            rowKey,
            new RowBytes("directory").bytes(identity.id()).number(0).text("user 1").encode());
    ObjectNode spaced = VectorWriter.with(row, "sk", "S", "user 1");
    file.refused(
        "not-a-user-id-with-its-hmac",
        "a sort key that is no user id, with the right HMAC",
        directory(VectorWriter.with(spaced, "a", "B", VectorJson.hex(hmac))),
        "tampered");
    file.opens(
        "mark-of-another-type",
        "a deletion mark of whatever type is one",
        directory(VectorWriter.with(row, "x", "S", "")),
        VectorJson.object().set("users", VectorJson.array()));
  }

  private ObjectNode directoryRow(int shard, String user) {
    UserId id = UserId.of(user);
    return VectorJson.item(
        Item.at(ItemKey.directory(shard, id)).bytes(Item.ROW_HMAC, keys.directoryHmac(shard, id)));
  }

  private static JsonNode users(String user) {
    ObjectNode expect = VectorJson.object();
    expect.putArray("users").add(user);
    return expect;
  }

  private static ObjectNode directory(ObjectNode row) {
    ObjectNode given = VectorJson.object().put("table", "main").put("shard", 0);
    given.putArray("items").add(row);
    return given;
  }
}
