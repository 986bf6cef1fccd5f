package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Credentials that open: sealed by the library's own code with injected randomness. */
final class CredentialVectors {
  static final Instant CREATED = Instant.ofEpochMilli(1_700_000_000_000L);
  static final byte[] RAND = VectorJson.bytes("rand", 12);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final VectorFile file;
  private final VectorVault one;
  private final VectorVault rotated;
  private final VectorVault longest;

  CredentialVectors(VectorFile file, VectorVault one, VectorVault rotated, VectorVault longest) {
    this.file = file;
    this.one = one;
    this.rotated = rotated;
    this.longest = longest;
  }

  /** A credential as it is stored. */
  record Stored(Credential credential, ObjectNode item, ObjectNode steps) {
    ObjectNode given(String vault) {
      ObjectNode given = VectorJson.object();
      given.put("vault", vault);
      given.put("read", "whole");
      given.put("credential", credential.id().value());
      given.put("now", CREATED.toEpochMilli());
      given.putArray("items").add(item);
      return given;
    }
  }

  static Stored stored(
      VectorVault vault, Website first, CredentialContent content, Audit audit, long version,
      int earlier) {
    UserKeys keys = vault.userKeys();
    byte[] creationTag = keys.siteTag(first);
    CredentialId id = CredentialId.of(BASE64.encodeToString(creationTag) + BASE64.encodeToString(RAND));
    List<byte[]> ids = earlier(earlier);
    byte[] random = VectorJson.bytes("random " + version, 32);
    VectorWriter.sealSomethingElse();
    CredentialSealer.SealedCredential sealed =
        new CredentialSealer(
                VectorReader.environment(CREATED, new VectorWriter.Prepared().then(random)))
            .seal(keys, id, content, audit, version, ids);
    ObjectNode steps =
        VectorWriter.steps(
            vault.key(vault.active()),
            random,
            CredentialRow.context(
                keys, BASE64.encodeToString(RAND), version, vault.active(), ids),
            sealed.header(),
            MetaCodec.encode(vault.user(), creationTag, content.meta(), audit),
            SecretsCodec.encode(content.secrets()));
    return new Stored(
        new Credential(id, vault.user(), content, audit, version),
        VectorJson.item(sealed.item()),
        steps);
  }

  static List<byte[]> earlier(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> VectorJson.bytes("earlier " + i, 8))
        .toList();
  }

  static CredentialContent minimal() {
    return CredentialContent.builder().website("example.com").build();
  }

  static Audit created(VectorVault vault) {
    return Audit.created(CREATED, Actor.user(vault.user()));
  }

  void add() {
    opens("minimal", "a website and nothing else", minimal());
    opens("password", "one secret", CredentialContent.builder().website("example.com").password(Secret.of("correct horse battery staple")).build());
    opens("full", "every field", full());
    singleFields();
    text();
    websites();
    sizes();
    versions();
    reading();
    moved();
  }

  private void opens(String id, String description, CredentialContent content) {
    opens(id, description, stored(one, content.website(), content, created(one), 1, 0), "one");
  }

  private void opens(String id, String description, Stored stored, String vault) {
    file.opens(id, description, stored.given(vault), VectorContent.of(stored.credential()))
        .set("sealing", stored.steps());
  }

  private static CredentialContent.Builder builder() {
    return CredentialContent.builder().website("example.com");
  }

  private void singleFields() {
    opens("login", "only a login name", builder().login("tahir").build());
    opens("title", "only a title", builder().title("Bank").build());
    opens("urls", "a list keeps its order and its doubles", builder().urls(List.of("https://b.example", "https://a.example", "https://b.example")).build());
    opens("description", "tab, line feed and carriage return", builder().description("a\tb\nc\r\nd").build());
    opens("tags", "two tags", builder().tags(List.of("work", "code")).build());
    opens("fields", "shown custom fields, one with an empty value, one name twice", builder().field("plan", "team").field("empty", "").field("plan", "a\nb").build());
    opens("favourite", "a field that is present and empty", builder().favourite(true).build());
    opens("rotate-by", "a date", builder().rotateBy(LocalDate.of(2027, 2, 28)).build());
    opens("rotate-by-before-the-epoch", "a negative number of days", builder().rotateBy(LocalDate.of(1969, 12, 31)).build());
    opens("expiry", "the item's ttl is the sealed expiry", builder().expiresAt(CREATED.plusSeconds(3_600)).build());
    opens("expiry-latest", "the latest expiry there is", builder().expiresAt(Instant.parse("9999-12-31T23:59:59Z")).build());
    opens("notes", "notes of two lines", builder().notes(Secret.of("one\ntwo")).build());
    opens("totp", "an otpauth URI", builder().totp(Secret.of("otpauth://totp/x?secret=ABC")).build());
    opens("hidden-fields", "hidden custom fields, one with an empty value", builder().hiddenField("pin", Secret.of("1234")).hiddenField("puk", Secret.of("")).build());
    opens("secret-control-characters", "a secret may have any character", builder().password(Secret.of("\u0000\u0001\u007f\n")).build());
  }

  private void text() {
    opens("unicode", "two, three and four bytes of UTF-8", builder().login("\u00fc \u20ac \ud83d\ude00").password(Secret.of("\ud83d\udc34\u00e9")).build());
    opens("not-normalised", "text is kept as written: a combining mark stays one", builder().title("e\u0301").build());
    opens("byte-order-mark", "U+FEFF at the beginning is a character like others", builder().title("\ufeffx").password(Secret.of("\ufeffy")).build());
    opens("last-code-point", "U+10FFFF, U+FFFF and U+E000", builder().title("\udbff\udfff\uffff\ue000").build());
    opens("white-space", "white space at the ends is kept", builder().login("  tahir ").build());
  }

  private void websites() {
    opens("website-written", "a written form beside the value", CredentialContent.builder().website("https://www.GitHub.com/login").build());
    opens("website-app", "an app", CredentialContent.builder().website("android://Zm9v@com.example.app").build());
    opens("website-name", "a name", CredentialContent.builder().website("My Bank").build());
    opens("website-host-as-name", "a name that looks like a host", CredentialContent.builder().website(Website.named("example.com")).build());
    opens("website-idn", "a host in Punycode", CredentialContent.builder().website("m\u00fcnchen.de").build());
    opens("website-ipv6", "an address", CredentialContent.builder().website("[2001:db8::1]").build());
  }

  private void sizes() {
    for (int length : new int[] {0, 1, 26, 27, 28, 29, 30, 31, 32}) {
      // Two bytes of field header: with 29 characters of password, the padding is one byte.
      if (length > 0) {
        opens("padding-" + length, "a secret part of " + (length + 2) + " bytes before padding", builder().password(Secret.of("x".repeat(length))).build());
      }
    }
    opens("varint-127", "a length of one byte of varint", builder().login("x".repeat(127)).build());
    opens("varint-128", "a length of two bytes of varint", builder().login("x".repeat(128)).build());
    opens("varint-16384", "a length of three bytes of varint", builder().password(Secret.of("x".repeat(16_384))).build());
    opens("login-longest", "1,024 UTF-16 units", builder().login("\u20ac".repeat(1_024)).build());
    opens("tag-longest", "128 UTF-16 units, that is 64 characters of two", builder().tags(List.of("\ud83d\ude00".repeat(64))).build());
    opens("lists-longest", "64 URLs and 64 tags", builder().urls(numbered(64)).tags(numbered(64)).build());
    CredentialContent.Builder fields = builder();
    numbered(128).forEach(name -> fields.field(name, ""));
    opens("fields-most", "128 shown custom fields", fields.build());
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
  }

  private void versions() {
    for (int earlier = 1; earlier <= 4; earlier++) {
      opens("earlier-" + earlier, "after " + earlier + " changes", stored(one, Website.of("example.com"), minimal(), created(one), earlier + 1L, earlier), "one");
    }
    opens("version-large", "a version of more than four bytes, with four earlier ids", stored(one, Website.of("example.com"), minimal(), created(one), 1L << 40, 4), "one");
    Audit audit = new Audit(CREATED, Actor.of("importer"), CREATED.plusMillis(5), Actor.user(one.user()));
    opens("audit", "created by another, updated by the owner", stored(one, Website.of("example.com"), minimal(), audit, 2, 1), "one");
    Audit other = new Audit(CREATED, Actor.user(one.user()), CREATED.plusMillis(5), Actor.of("operator"));
    opens("audit-updated-by", "created by the owner, updated by another", stored(one, Website.of("example.com"), minimal(), other, 2, 1), "one");
    Audit early = new Audit(Instant.ofEpochMilli(0), Actor.user(one.user()), Instant.ofEpochMilli(-1), Actor.user(one.user()));
    opens("audit-times", "the number 0 in one byte, a negative one in eight", stored(one, Website.of("example.com"), minimal(), early, 2, 1), "one");
    opens("generation-3", "sealed under the third vault key", stored(rotated, Website.of("example.com"), minimal(), created(rotated), 1, 0), "rotated");
    VectorVault second = new VectorVault(rotated.table(), rotated.user(), new java.util.TreeMap<>(rotated.generations().headMap(3)), rotated.indexKey(), rotated.pageTokenKey());
    opens("generation-2", "sealed before the last rotation", stored(second, Website.of("example.com"), minimal(), created(second), 1, 0), "rotated");
    opens("longest-user", "a user id of 128 characters", stored(longest, Website.of("example.com"), minimal(), created(longest), 1, 0), "longest");
  }

  /** What stands beside the sealed parts in the clear has no say. */
  private void reading() {
    Stored plain = stored(one, Website.of("example.com"), minimal(), created(one), 1, 0);
    JsonNode expect = VectorContent.of(plain.credential());
    file.opens("ttl-is-not-read", "a ttl that the sealed part does not know", given(plain, VectorWriter.with(plain.item(), "ttl", "N", "1")), expect);
    file.opens("unknown-attribute", "attributes that are not named are ignored", given(plain, VectorWriter.with(plain.item(), "zz", "S", "x")), expect);
    Stored ends = stored(one, Website.of("example.com"), builder().expiresAt(CREATED.plusSeconds(1)).build(), created(one), 1, 0);
    file.opens("expiry-in-a-second", "not expired a millisecond before", given(ends, ends.item()).put("now", CREATED.toEpochMilli() + 999), VectorContent.of(ends.credential()));
    file.opens("expiry-without-ttl", "only the sealed expiry counts", given(ends, VectorWriter.without(ends.item(), "ttl")), VectorContent.of(ends.credential()));
    file.opens("list-passes-over-expired", "a list leaves out what has expired", list(ends.item()).put("now", CREATED.toEpochMilli() + 1_000), VectorJson.array());
    ArrayNode both = VectorJson.array().add(VectorContent.of(plain.credential().summary()));
    file.opens("list", "a list reads no secret part", list(plain.item()), both);
    file.opens("summary-ignores-the-secret-part", "the meta part opens beside a secret part that was changed", given(plain, VectorWriter.flipped(plain.item(), "s", 0)).put("read", "summary"), VectorContent.of(plain.credential().summary()));
  }

  private void moved() {
    UserKeys keys = one.userKeys();
    CredentialContent elsewhere = CredentialContent.builder().website("example.org").build();
    for (boolean expires : new boolean[] {false, true}) {
      CredentialContent content = expires ? CredentialContent.builder().website("example.org").expiresAt(CREATED.plusSeconds(60)).build() : elsewhere;
      Stored stored = stored(one, Website.of("example.com"), content, created(one), 2, 1);
      ObjectNode forwarding = VectorJson.item(CredentialSealer.forwarding(keys, stored.credential().id(), stored.item().get("sk").get("S").asText(), expires ? CREATED.plusSeconds(60).getEpochSecond() : null));
      ObjectNode given = stored.given("one");
      given.putArray("items").add(forwarding).add(stored.item());
      file.opens(expires ? "moved-with-expiry" : "moved", "found by way of its forwarding row", given, VectorContent.of(stored.credential())).set("sealing", stored.steps());
    }
    Stored back = stored(one, Website.of("example.com"), minimal(), created(one), 3, 2);
    opens("moved-back", "at its original sort key again", back, "one");
  }

  static ObjectNode given(Stored stored, JsonNode... items) {
    ObjectNode given = stored.given("one");
    ArrayNode array = given.putArray("items");
    Stream.of(items).forEach(array::add);
    return given;
  }

  static ObjectNode list(JsonNode... items) {
    ObjectNode given = VectorJson.object().put("vault", "one").put("read", "list").put("now", CREATED.toEpochMilli());
    ArrayNode array = given.putArray("items");
    Stream.of(items).forEach(array::add);
    return given;
  }

  static CredentialContent full() {
    return CredentialContent.builder()
        .website("https://www.GitHub.com/login")
        .login("tahir")
        .title("Git \u00fc \ud83d\ude00")
        .urls(new ArrayList<>(List.of("https://github.com/login", "https://github.com")))
        .description("two\nlines")
        .tags(List.of("work", "code"))
        .field("plan", "team")
        .field("empty", "")
        .hiddenField("pin", Secret.of("1234"))
        .hiddenField("puk", Secret.of(""))
        .favourite(true)
        .rotateBy(LocalDate.of(2027, 1, 31))
        .expiresAt(CREATED.plusSeconds(60))
        .password(Secret.of("correct horse \ud83d\udc34"))
        .notes(Secret.of("a note\nof two lines"))
        .totp(Secret.of("otpauth://totp/x?secret=ABC"))
        .build();
  }
}
