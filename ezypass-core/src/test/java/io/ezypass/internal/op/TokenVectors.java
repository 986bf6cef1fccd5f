package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.PageTokenCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.SealContext.Kind;
import io.ezypass.model.PageToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Page tokens of the four lists. */
final class TokenVectors {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final String EXPIRES = field(1, "018bd50bbe00");
  private static final byte[] RANDOM = VectorJson.bytes("random", 32);
  private static final String AFTER = "CRED#AAAAAAAAAAAABBBBBBBBBBBBBBBB";

  private final VectorFile file;
  private final VectorVault one;
  private final TableKeys table;

  TokenVectors(VectorFile file, VectorVault one, TableKeys table) {
    this.file = file;
    this.one = one;
    this.table = table;
  }

  void add() {
    vault("vault", "vault", AFTER);
    vault("vault-longest", "vault", "CRED#" + "x".repeat(300));
    vault("trash", "trash", "TRASH#BBBBBBBBBBBBBBBB");
    directory("users", "users", 0, null);
    directory("users-after", "users", 7, "user-1");
    directory("users-last-shard", "users", 1_023, "a.B_9:-z".repeat(16));
    directory("deletions", "deletions", 0, "user-1");
    directory("deletions-next-shard", "deletions", 15, null);
    String token = vaultToken().value();
    ObjectNode given = given("vault", token);
    file.opens(
        "vault-last-millisecond",
        "good until a millisecond before",
        given.deepCopy().put("now", expiry() - 1),
        VectorJson.object().put("after", AFTER));
    file.refused(
        "expired-now",
        "it ends at this very moment",
        given.deepCopy().put("now", expiry()),
        "invalid-token");
    file.refused(
        "expired", "it ended long ago", given.deepCopy().put("now", expiry() * 2), "invalid-token");
    file.refused(
        "vault-as-users",
        "a token of a vault in the list of users",
        given("users", token),
        "invalid-token");
    file.refused(
        "users-as-vault",
        "a token of the list of users in a vault",
        given("vault", token("users").value()),
        "invalid-token");
    file.refused(
        "vault-as-trash",
        "a token of a vault in the list of its trash",
        given("trash", token),
        "invalid-token");
    file.refused(
        "trash-as-vault",
        "a token of the list of a vault's trash in the vault",
        given("vault", tokens().of(one.userKeys(), Kind.TRASH_PAGE, AFTER).value()),
        "invalid-token");
    file.refused(
        "users-as-deletions",
        "a token of one list of the directory in the other",
        given("deletions", token("users").value()),
        "invalid-token");
    file.refused(
        "deletions-as-users",
        "and the other way round",
        given("users", token("deletions").value()),
        "invalid-token");
    file.refused(
        "other-user",
        "another user's token, under the same key",
        given("vault", token).put("vault", "one-for-another-user"),
        "invalid-token");
    file.refused(
        "other-table",
        "a token of another table, under the same key",
        given("vault", token).put("vault", "one-in-another-table"),
        "invalid-token");
    file.refused(
        "other-vault",
        "another user's token",
        given("vault", token).put("vault", "rotated"),
        "invalid-token");
    file.refused(
        "users-other-table",
        "a token of another table, under the same key",
        given("users", token("users").value()).put("table", "same-lookup-key"),
        "invalid-token");
    file.refused(
        "users-other-lookup-key",
        "another lookup key",
        given("users", token("users").value()).put("table", "other-lookup-key"),
        "invalid-token");
    bytes(token);
    spelling(tokens().of(one.userKeys(), Kind.VAULT_PAGE, AFTER + "x".repeat(32)).value());
    payloads();
  }

  private void bytes(String token) {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int at :
        new int[] {
          0, 1, 2, 3, 4, 19, 20, 51, 52, bytes.length - 17, bytes.length - 16, bytes.length - 1
        }) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      refused("flipped-" + at, "one bit", flipped);
    }
    for (int length : new int[] {1, 51, 52, 53, 67, 68, bytes.length - 1}) {
      refused("cut-to-" + length, "a token that was cut", VectorWriter.cut(bytes, length));
    }
    refused(
        "longer-by-1", "a zero byte behind the token", VectorWriter.cut(bytes, bytes.length + 1));
    refused(
        "longer-by-8",
        "room for an earlier operation id",
        VectorWriter.cut(bytes, bytes.length + 8));
    byte[] format = bytes.clone();
    format[0] = 2;
    refused("format-2", "another format byte has no error of its own here", format);
  }

  private void refused(String id, String description, byte[] bytes) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    file.refused(id, description, given("vault", text), "invalid-token");
  }

  private void spelling(String token) {
    // 164 bytes: the last character has two bits that must be zero.
    char last = token.charAt(token.length() - 1);
    if (token.length() % 4 == 0) {
      throw new IllegalStateException("choose a token with slack bits");
    }
    file.refused(
        "slack-bits",
        "the same bytes in another spelling",
        given("vault", token.substring(0, token.length() - 1) + (char) (last + 1)),
        "invalid-token");
    file.refused(
        "length-1-modulo-4",
        "a length that no bytes have",
        given("vault", "AAAAA"),
        "invalid-token");
    file.refused(
        "padding-character",
        "a padding character",
        given("vault", token + "="),
        "invalid-argument");
    file.refused(
        "standard-alphabet",
        "a character of the other base64",
        given("vault", "+" + token.substring(1)),
        "invalid-argument");
    file.refused("empty", "no character", given("vault", ""), "invalid-argument");
    file.refused(
        "too-long", "4,097 characters", given("vault", "A".repeat(4_097)), "invalid-argument");
    file.refused("longest", "4,096 characters", given("vault", "A".repeat(4_096)), "invalid-token");
  }

  private void payloads() {
    file.opens(
        "control",
        "the refused payloads differ from this one by one thing each",
        given("vault", raw(0, 0, EXPIRES, field(2, "00"), text(3, AFTER))),
        VectorJson.object().put("after", AFTER));
    file.opens(
        "vault-without-shard",
        "an absent shard is 0",
        given("vault", raw(0, 0, EXPIRES, text(3, AFTER))),
        VectorJson.object().put("after", AFTER));
    SealContext users = context(Kind.DIRECTORY_PAGE, "");
    file.opens(
        "users-without-shard",
        "an absent shard is 0",
        given("users", raw(table.pageTokenKey(), users, EXPIRES, text(3, "user-1"))),
        VectorJson.object().put("shard", 0).put("after", "user-1"));
    file.opens(
        "vault-with-shard",
        "in a vault nothing depends on the shard",
        given("vault", raw(0, 0, EXPIRES, field(2, "03ff"), text(3, AFTER))),
        VectorJson.object().put("after", AFTER));
    file.opens(
        "vault-without-after",
        "no writer makes it; the list begins anew",
        given("vault", raw(0, 0, EXPIRES, field(2, "00"))),
        VectorJson.object());
    sealed("without-expiry", "no time of expiry", 0, 0, field(2, "00"));
    sealed("expiry-twice", "field 1 twice", 0, 0, EXPIRES, EXPIRES);
    sealed("shard-twice", "field 2 twice", 0, 0, EXPIRES, field(2, "00"), field(2, "00"));
    sealed("after-twice", "field 3 twice", 0, 0, EXPIRES, text(3, "a"), text(3, "b"));
    sealed("after-empty", "empty text", 0, 0, EXPIRES, field(2, "00"), field(3, ""));
    sealed("after-utf-8", "malformed UTF-8", 0, 0, EXPIRES, field(2, "00"), field(3, "c3"));
    sealed("shard-1024", "a shard that no table has", 0, 0, EXPIRES, field(2, "0400"));
    sealed("shard-negative", "a negative shard", 0, 0, EXPIRES, field(2, "ffffffffffffffff"));
    sealed(
        "shard-2-to-the-32",
        "a shard that must not be cut to 0",
        0,
        0,
        EXPIRES,
        field(2, "0100000000"));
    sealed("unknown-field", "an unknown field", 0, 0, EXPIRES, field(2, "00"), field(4, ""));
    sealed("feature-bit", "an unknown feature bit, sealed", 0x20, 0, EXPIRES, field(2, "00"));
    sealed(
        "feature-bit-of-credentials",
        "a feature bit of credentials, sealed",
        1,
        0,
        EXPIRES,
        field(2, "00"));
    sealed("generation", "a generation, sealed", 0, 1, EXPIRES, field(2, "00"));
  }

  private void sealed(
      String id, String description, int features, int generation, String... fields) {
    file.refused(
        "payload-" + id,
        description,
        given("vault", raw(features, generation, fields)),
        "invalid-token");
  }

  private String raw(int features, int generation, String... fields) {
    SealContext right = context(Kind.VAULT_PAGE, one.user().value());
    SealContext context =
        new SealContext(
            features,
            right.tableId(),
            right.owner(),
            right.kind(),
            right.rand(),
            right.state(),
            0,
            generation,
            new byte[0],
            List.of());
    return raw(Key.copyOf(one.pageTokenKey()), context, fields);
  }

  private static String raw(Key key, SealContext context, String... fields) {
    Sealer.Sealed sealed = VectorWriter.seal(key, context, RANDOM, padded(fields), null);
    byte[] header = sealed.header().encode();
    byte[] token = Arrays.copyOf(header, header.length + sealed.meta().length);
    System.arraycopy(sealed.meta(), 0, token, header.length, sealed.meta().length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private void vault(String id, String list, String after) {
    PageTokens tokens = tokens();
    Kind kind = list.equals("vault") ? Kind.VAULT_PAGE : Kind.TRASH_PAGE;
    PageToken token = tokens.of(one.userKeys(), kind, after);
    steps(
        file.opens(
            id,
            "a token of a " + (list.equals("vault") ? "vault" : "vault's trash"),
            given(list, token.value()),
            VectorJson.object().put("after", after)),
        Key.copyOf(one.pageTokenKey()),
        context(kind, one.user().value()),
        token,
        0,
        after);
  }

  private void directory(String id, String list, int shard, @Nullable String after) {
    Kind kind = list.equals("users") ? Kind.DIRECTORY_PAGE : Kind.DELETIONS_PAGE;
    PageToken token = tokens().ofDirectory(table, kind, shard, after);
    ObjectNode expect = VectorJson.object().put("shard", shard);
    if (after != null) {
      expect.put("after", after);
    }
    steps(
        file.opens(id, "a token of the directory", given(list, token.value()), expect),
        table.pageTokenKey(),
        context(kind, ""),
        token,
        shard,
        after);
  }

  private static void steps(
      ObjectNode vector,
      Key key,
      SealContext context,
      PageToken token,
      int shard,
      @Nullable String after) {
    try {
      Header header =
          Header.decode(Arrays.copyOf(Base64.getUrlDecoder().decode(token.value()), 52));
      byte[] padded =
          PageTokenCodec.encode(
              new PageTokenCodec.Position(Instant.ofEpochMilli(expiry()), shard, after));
      vector.set("sealing", VectorWriter.steps(key, RANDOM, context, header, padded, null));
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private PageToken vaultToken() {
    return tokens().of(one.userKeys(), Kind.VAULT_PAGE, AFTER);
  }

  private PageToken token(String list) {
    return tokens()
        .ofDirectory(
            table, list.equals("users") ? Kind.DIRECTORY_PAGE : Kind.DELETIONS_PAGE, 7, "user-1");
  }

  private static PageTokens tokens() {
    VectorWriter.sealSomethingElse();
    return new PageTokens(VectorReader.environment(NOW, new VectorWriter.Prepared().then(RANDOM)));
  }

  private static long expiry() {
    return NOW.plus(Duration.ofDays(1)).toEpochMilli();
  }

  private SealContext context(Kind kind, String owner) {
    return SealContext.of(table.table().id(), owner, kind, 0, 0);
  }

  private static ObjectNode given(String list, String token) {
    ObjectNode given = VectorJson.object().put("list", list);
    boolean ofVault = list.equals("vault") || list.equals("trash");
    given.put(ofVault ? "vault" : "table", ofVault ? "one" : "main");
    return given.put("now", NOW.toEpochMilli()).put("token", token);
  }
}
