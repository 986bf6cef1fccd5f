package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Website;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
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
  record Stored(Credential credential, Lifecycle lifecycle, ObjectNode item, ObjectNode steps) {
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
      VectorVault vault,
      Website first,
      CredentialContent content,
      Audit audit,
      long version,
      int earlier) {
    return stored(vault, first, content, audit, version, earlier, Lifecycle.NEW);
  }

  static Stored stored(
      VectorVault vault,
      Website first,
      CredentialContent content,
      Audit audit,
      long version,
      int earlier,
      Lifecycle lifecycle) {
    UserKeys keys = vault.userKeys();
    byte[] creationTag = keys.siteTag(first);
    CredentialId id =
        CredentialId.of(BASE64.encodeToString(creationTag) + BASE64.encodeToString(RAND));
    List<byte[]> ids = earlier(earlier);
    byte[] random = VectorJson.bytes("random " + version, 32);
    VectorWriter.sealSomethingElse();
    CredentialSealer.SealedCredential sealed =
        new CredentialSealer(
                VectorReader.environment(CREATED, new VectorWriter.Prepared().then(random)))
            .seal(
                keys,
                id,
                new CredentialSealer.Next(content, audit, version, ids, lifecycle),
                DueRow.NONE);
    SealContext.State state =
        lifecycle.deletion() == null ? SealContext.State.LIVE : SealContext.State.TRASH;
    ObjectNode steps =
        VectorWriter.steps(
            vault.key(vault.active()),
            random,
            CredentialRow.context(
                    keys, BASE64.encodeToString(RAND), state, version, vault.active(), ids)
                .withFeatures(sealed.header().features()),
            sealed.header(),
            MetaCodec.encode(vault.user(), creationTag, content.meta(), audit, lifecycle),
            SecretsCodec.encode(content.secrets()));
    return new Stored(
        new Credential(id, vault.user(), content, audit, version),
        lifecycle,
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
    CredentialContents.add(this::opens);
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

  private void versions() {
    for (int earlier = 1; earlier <= 4; earlier++) {
      opens(
          "earlier-" + earlier,
          "after " + earlier + " changes",
          stored(one, Website.of("example.com"), minimal(), created(one), earlier + 1L, earlier),
          "one");
    }
    opens(
        "version-large",
        "a version of more than four bytes, with four earlier ids",
        stored(one, Website.of("example.com"), minimal(), created(one), 1L << 40, 4),
        "one");
    Audit audit =
        new Audit(CREATED, Actor.of("importer"), CREATED.plusMillis(5), Actor.user(one.user()));
    opens(
        "audit",
        "created by another, updated by the owner",
        stored(one, Website.of("example.com"), minimal(), audit, 2, 1),
        "one");
    Audit other =
        new Audit(CREATED, Actor.user(one.user()), CREATED.plusMillis(5), Actor.of("operator"));
    opens(
        "audit-updated-by",
        "created by the owner, updated by another",
        stored(one, Website.of("example.com"), minimal(), other, 2, 1),
        "one");
    Audit early =
        new Audit(
            Instant.ofEpochMilli(0),
            Actor.user(one.user()),
            Instant.ofEpochMilli(-1),
            Actor.user(one.user()));
    opens(
        "audit-times",
        "the number 0 in one byte, a negative one in eight",
        stored(one, Website.of("example.com"), minimal(), early, 2, 1),
        "one");
    opens(
        "generation-3",
        "sealed under the third vault key",
        stored(rotated, Website.of("example.com"), minimal(), created(rotated), 1, 0),
        "rotated");
    VectorVault second =
        new VectorVault(
            rotated.table(),
            rotated.user(),
            new TreeMap<>(rotated.generations().headMap(3)),
            rotated.indexKey(),
            rotated.pageTokenKey());
    opens(
        "generation-2",
        "sealed before the last rotation",
        stored(second, Website.of("example.com"), minimal(), created(second), 1, 0),
        "rotated");
    opens(
        "longest-user",
        "a user id of 128 characters",
        stored(longest, Website.of("example.com"), minimal(), created(longest), 1, 0),
        "longest");
  }

  /** What stands beside the sealed parts in the clear has no say. */
  private void reading() {
    Stored plain = stored(one, Website.of("example.com"), minimal(), created(one), 1, 0);
    JsonNode expect = VectorContent.of(plain.credential());
    file.opens(
        "ttl-is-not-read",
        "a ttl that the sealed part does not know",
        given(plain, VectorWriter.with(plain.item(), "ttl", "N", "1")),
        expect);
    file.opens(
        "unknown-attribute",
        "attributes that are not named are ignored",
        given(plain, VectorWriter.with(plain.item(), "zz", "S", "x")),
        expect);
    Stored ends =
        stored(
            one,
            Website.of("example.com"),
            CredentialContents.builder().expiresAt(CREATED.plusSeconds(1)).build(),
            created(one),
            1,
            0);
    file.opens(
        "expiry-in-a-second",
        "not expired a millisecond before",
        given(ends, ends.item()).put("now", CREATED.toEpochMilli() + 999),
        VectorContent.of(ends.credential()));
    file.opens(
        "expiry-without-ttl",
        "only the sealed expiry counts",
        given(ends, VectorWriter.without(ends.item(), "ttl")),
        VectorContent.of(ends.credential()));
    file.opens(
        "list-passes-over-expired",
        "a list leaves out what has expired",
        list(ends.item()).put("now", CREATED.toEpochMilli() + 1_000),
        VectorJson.array());
    ArrayNode both = VectorJson.array().add(VectorContent.of(plain.credential().summary()));
    file.opens("list", "a list reads no secret part", list(plain.item()), both);
    file.opens(
        "summary-ignores-the-secret-part",
        "the meta part opens beside a secret part that was changed",
        given(plain, VectorWriter.flipped(plain.item(), "s", 0)).put("read", "summary"),
        VectorContent.of(plain.credential().summary()));
  }

  private void moved() {
    UserKeys keys = one.userKeys();
    CredentialContent elsewhere = CredentialContent.builder().website("example.org").build();
    for (boolean expires : new boolean[] {false, true}) {
      CredentialContent content =
          expires
              ? CredentialContent.builder()
                  .website("example.org")
                  .expiresAt(CREATED.plusSeconds(60))
                  .build()
              : elsewhere;
      Stored stored = stored(one, Website.of("example.com"), content, created(one), 2, 1);
      ObjectNode forwarding =
          VectorJson.item(
              CredentialSealer.forwarding(
                  keys,
                  stored.credential().id(),
                  stored.item().get("sk").get("S").asText(),
                  expires ? CREATED.plusSeconds(60).getEpochSecond() : null));
      ObjectNode given = stored.given("one");
      given.putArray("items").add(forwarding).add(stored.item());
      file.opens(
              expires ? "moved-with-expiry" : "moved",
              "found by way of its forwarding row",
              given,
              VectorContent.of(stored.credential()))
          .set("sealing", stored.steps());
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
    ObjectNode given =
        VectorJson.object()
            .put("vault", "one")
            .put("read", "list")
            .put("now", CREATED.toEpochMilli());
    ArrayNode array = given.putArray("items");
    Stream.of(items).forEach(array::add);
    return given;
  }
}
