package io.ezypass.internal.op;

import static io.ezypass.internal.op.RawCredential.CREATED;
import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The due list: its tags, its rows, its page tokens, and what a credential's row shows of it. */
final class DueVectors {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final byte[] RANDOM = VectorJson.bytes("random", 32);
  private static final CredentialId ID = CredentialId.of("AAAAAAAAAAAABBBBBBBBBBBBBBBB");
  private static final CredentialId OTHER = CredentialId.of("CCCCCCCCCCCCDDDDDDDDDDDDDDDD");
  private static final UserId USER = UserId.of("user-1");
  private static final long DAY = LocalDate.of(2031, 2, 28).toEpochDay();
  private static final int SHARD = 3;
  private static final long END = 1_800_000_000L;

  private final TableKeys keys;

  DueVectors(TableKeys keys) {
    this.keys = keys;
  }

  void tags(VectorFile file) {
    long[] days = {0, 1, -1, DAY, -365_243_219_162L, 365_241_780_471L};
    for (long day : days) {
      tag(file, day, 0);
    }
    tag(file, DAY, 15);
    tag(file, DAY, 1_023);
  }

  private void tag(VectorFile file, long day, int shard) {
    byte[] tag = keys.dueTag(day, shard);
    file.opens(
        "day-" + day + "-shard-" + shard,
        "one day of one shard",
        VectorJson.object().put("table", "main").put("day", day).put("shard", shard),
        VectorJson.object().put("tag", VectorJson.hex(tag)).put("pk", ItemKey.duePartition(tag)));
  }

  void rows(VectorFile file) {
    ObjectNode row = row(USER, ID, null);
    file.opens("row", "a credential without an end", given(row), credentials(USER, ID));
    UserId longest = UserId.of("a.B_9:-z".repeat(16));
    file.opens(
        "longest", "a long user id", given(row(longest, ID, null)), credentials(longest, ID));
    ObjectNode two = given(row, row(USER, OTHER, null));
    ObjectNode both = credentials(USER, ID);
    add((ArrayNode) both.get("credentials"), USER, OTHER);
    file.opens("two", "two of one user", two, both);
    ObjectNode ending = row(USER, ID, END);
    file.opens("ending", "one that ends", given(ending), credentials(USER, ID));
    ObjectNode ended = given(ending).put("now", END * 1_000);
    file.opens("ended", "one that ends at this very moment is passed over", ended, none());
    file.opens(
        "ttl-of-another-type",
        "a ttl that is no number counts as none",
        given(VectorWriter.with(row, "ttl", "S", "1")),
        credentials(USER, ID));
    refused(
        file, "ttl-added", "an end that is not its own", VectorWriter.with(row, "ttl", "N", "1"));
    refused(file, "ttl-removed", "without its end", VectorWriter.without(ending, "ttl"));
    for (int at : new int[] {0, 15, 31}) {
      refused(
          file, "hmac-flipped-" + at, "one bit of the HMAC", VectorWriter.flipped(row, "a", at));
    }
    for (int length : new int[] {0, 16, 31, 33}) {
      refused(
          file,
          "hmac-of-" + length,
          "an HMAC of " + length + " bytes",
          VectorWriter.with(
              row,
              "a",
              "B",
              VectorJson.hex(VectorWriter.cut(VectorWriter.bytes(row, "a"), length))));
    }
    refused(file, "hmac-missing", "no HMAC", VectorWriter.without(row, "a"));
    refused(file, "id-missing", "no id", VectorWriter.without(row, "i"));
    refused(
        file, "id-as-binary", "an id that is no string", VectorWriter.with(row, "i", "B", "41"));
    String[] ids = {
      OTHER.value(),
      "CCCCCCCCCCCCBBBBBBBBBBBBBBBB",
      "",
      ID.value() + "A",
      "*" + ID.value().substring(1)
    };
    for (int i = 0; i < ids.length; i++) {
      refused(
          file,
          "id-other-" + (i + 1),
          "another id, or none",
          VectorWriter.with(row, "i", "S", ids[i]));
    }
    String rand = "#" + ID.value().substring(12);
    String[] sortKeys = {
      "user-2" + rand, "user 1" + rand, "user-1", rand, "user-1#" + rand, "user-1" + rand + "A"
    };
    for (int i = 0; i < sortKeys.length; i++) {
      refused(
          file,
          "sort-key-" + (i + 1),
          "another user, or no key of such a row",
          VectorWriter.with(row, "sk", "S", sortKeys[i]));
    }
    refused(
        file,
        "other-rand",
        "a sort key with another rand than the id's",
        hmac(VectorWriter.with(row, "sk", "S", "user-1#" + OTHER.value().substring(12)), USER, ID));
    String elsewhere = ItemKey.duePartition(keys.dueTag(DAY, SHARD));
    ObjectNode moved = VectorJson.item(item(keys.dueTag(DAY + 1, SHARD), USER, ID, null));
    refused(
        file,
        "other-day",
        "the row of another day",
        VectorWriter.with(moved, "pk", "S", elsewhere));
    ObjectNode shard = VectorJson.item(item(keys.dueTag(DAY, SHARD + 1), USER, ID, null));
    refused(
        file,
        "other-shard",
        "the row of another shard",
        VectorWriter.with(shard, "pk", "S", elsewhere));
    file.refused(
        "other-table",
        "the row of another table with the same lookup key",
        given(row).put("table", "same-lookup-key"),
        "tampered");
  }

  /** What nothing authenticates says nothing of whether a credential opens. */
  void credentials(VectorFile file, VectorVault one) {
    RawCredential raw = new RawCredential(one);
    CredentialContent content =
        CredentialContents.builder().rotateBy(LocalDate.ofEpochDay(DAY)).build();
    String rotateBy = field(15, String.format("%016x", DAY));
    JsonNode expect =
        VectorContent.of(
            CredentialVectors.stored(
                    one, Website.of("example.com"), content, CredentialVectors.created(one), 1, 0)
                .credential());
    ObjectNode sealed =
        raw.sealed(
            raw.context(1).withFeatures(Header.DUE),
            padded(raw.site(), CREATED, rotateBy),
            padded());
    ObjectNode without = raw.item(padded(raw.site(), CREATED, rotateBy), padded());
    String tag = VectorJson.hex(keys.dueTag(DAY, SHARD));
    ObjectNode row = VectorWriter.with(sealed, "q", "B", tag);
    file.opens("row", "with the feature bit, and a row that it names", raw.given(row), expect);
    file.opens("bit-alone", "the feature bit without q", raw.given(sealed), expect);
    file.opens(
        "name-alone",
        "q without the feature bit",
        raw.given(VectorWriter.with(without, "q", "B", tag)),
        expect);
    file.opens("before", "as stored before there was a list", raw.given(without), expect);
    for (int length : new int[] {0, 31, 33}) {
      file.opens(
          "name-of-" + length,
          "q of another length names nothing",
          raw.given(
              VectorWriter.with(
                  sealed,
                  "q",
                  "B",
                  VectorJson.hex(VectorWriter.cut(keys.dueTag(DAY, SHARD), length)))),
          expect);
    }
    file.opens(
        "name-of-another-type",
        "q of another type names nothing",
        raw.given(VectorWriter.with(sealed, "q", "S", "x")),
        expect);
  }

  void tokens(VectorFile file) {
    token(file, "first", DAY, 0, null);
    token(file, "shard-begin", DAY, 7, null);
    token(file, "after", DAY, 7, "user-1#BBBBBBBBBBBBBBBB");
    token(file, "day-before-1970", -1, 7, "user-1#BBBBBBBBBBBBBBBB");
    String value = token(DAY, 7, "user-1#BBBBBBBBBBBBBBBB");
    file.refused("other-day", "a token of another day", token(DAY + 1, value), "invalid-token");
    file.refused("day-0", "a token of another day", token(0, value), "invalid-token");
    file.refused(
        "as-users",
        "a token of the due list in the list of users",
        token(DAY, value).put("list", "users"),
        "invalid-token");
    file.refused(
        "of-users",
        "a token of the list of users in the due list of the first day",
        token(0, tokens().ofDirectory(keys, SealContext.Kind.DIRECTORY_PAGE, 7, "user-1").value()),
        "invalid-token");
    file.refused(
        "expired",
        "it ends at this very moment",
        token(DAY, value).put("now", NOW.toEpochMilli() + 86_400_000),
        "invalid-token");
    file.refused(
        "other-table",
        "a token of another table with the same lookup key",
        token(DAY, value).put("table", "same-lookup-key"),
        "invalid-token");
  }

  private void token(VectorFile file, String id, long day, int shard, @Nullable String after) {
    ObjectNode expect = VectorJson.object().put("shard", shard);
    if (after != null) {
      expect.put("after", after);
    }
    file.opens(id, "a token of one day", token(day, token(day, shard, after)), expect);
  }

  private String token(long day, int shard, @Nullable String after) {
    return tokens().ofDue(keys, day, shard, after).value();
  }

  private static ObjectNode token(long day, String token) {
    return VectorJson.object()
        .put("list", "due")
        .put("table", "main")
        .put("day", day)
        .put("now", NOW.toEpochMilli())
        .put("token", token);
  }

  private static PageTokens tokens() {
    VectorWriter.sealSomethingElse();
    return new PageTokens(VectorReader.environment(NOW, new VectorWriter.Prepared().then(RANDOM)));
  }

  private static void refused(VectorFile file, String id, String description, ObjectNode row) {
    file.refused(id, description, given(row), "tampered");
  }

  private ObjectNode row(UserId user, CredentialId id, @Nullable Long end) {
    return VectorJson.item(item(keys.dueTag(DAY, SHARD), user, id, end));
  }

  private Item item(byte[] tag, UserId user, CredentialId id, @Nullable Long end) {
    Item item =
        Item.at(ItemKey.due(tag, user, id.value().substring(12)))
            .text(Item.CREDENTIAL, id.value())
            .bytes(Item.ROW_HMAC, keys.dueHmac(tag, user, id, end));
    return end == null ? item : item.number(Item.TTL, end);
  }

  private ObjectNode hmac(ObjectNode row, UserId user, CredentialId id) {
    byte[] hmac = keys.dueHmac(keys.dueTag(DAY, SHARD), user, id, null);
    return VectorWriter.with(row, "a", "B", VectorJson.hex(hmac));
  }

  private static ObjectNode given(ObjectNode... rows) {
    ObjectNode given =
        VectorJson.object()
            .put("table", "main")
            .put("day", DAY)
            .put("shard", SHARD)
            .put("now", NOW.toEpochMilli());
    ArrayNode items = given.putArray("items");
    for (ObjectNode row : rows) {
      items.add(row);
    }
    return given;
  }

  private static ObjectNode none() {
    ObjectNode expect = VectorJson.object();
    expect.putArray("credentials");
    return expect;
  }

  private static ObjectNode credentials(UserId user, CredentialId id) {
    ObjectNode expect = none();
    add((ArrayNode) expect.get("credentials"), user, id);
    return expect;
  }

  private static void add(ArrayNode credentials, UserId user, CredentialId id) {
    credentials.addObject().put("user", user.value()).put("credential", id.value());
  }
}
