package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.PageTokenCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.PageToken;
import io.ezypass.model.Website;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Page tokens of a filtered vault. */
final class FilterTokenVectors {
  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final Instant EXPIRY = NOW.plus(Duration.ofDays(1));
  private static final byte[] RANDOM = VectorJson.bytes("random", 32);
  private static final String AFTER = "CRED#AAAAAAAAAAAABBBBBBBBBBBBBBBB";
  private static final String EXPIRES = field(1, "018bd50bbe00");
  private static final CredentialFilter WORK = CredentialFilter.tagged("work");

  private final VectorFile file;
  private final VectorVault one;

  FilterTokenVectors(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
  }

  void add() {
    opens("everything", CredentialFilter.everything());
    opens("favourites", CredentialFilter.favourites());
    opens("tag", WORK);
    opens("tags", CredentialFilter.tagged("Z\u00fcrich").andTag("b c").andTag("\ud83d\ude00"));
    for (Website.Kind kind : Website.Kind.values()) {
      opens("kind-" + kind, CredentialFilter.everything().andWebsiteKind(kind));
    }
    opens("all", WORK.andFavourite().andWebsiteKind(Website.Kind.HOST));
    String token = token(WORK).value();
    file.refused(
        "expired",
        "it ends at this very moment",
        given(WORK, token).put("now", EXPIRY.toEpochMilli()),
        "invalid-token");
    refused("other-tag", "a token of another filter", CredentialFilter.tagged("home"), token);
    refused("more-tags", "a token of another filter", WORK.andTag("home"), token);
    refused("favourite", "a token of another filter", WORK.andFavourite(), token);
    refused("everything-of-tag", "a token of another filter", CredentialFilter.everything(), token);
    refused(
        "list",
        "a token of a vault's list in a filtered one",
        CredentialFilter.everything(),
        tokens().of(one.userKeys(), SealContext.Kind.VAULT_PAGE, AFTER).value());
    file.refused(
        "as-list",
        "a token of a filtered vault in the list of all",
        VectorJson.object()
            .put("list", "vault")
            .put("vault", "one")
            .put("now", NOW.toEpochMilli())
            .put("token", token(CredentialFilter.everything()).value()),
        "invalid-token");
    file.refused(
        "other-user",
        "another user's token, under the same key",
        given(WORK, token).put("vault", "one-for-another-user"),
        "invalid-token");
    payloads();
  }

  private void payloads() {
    String hash = field(4, VectorJson.hex(PageTokenCodec.hash(WORK)));
    refused(
        "payload-without-query",
        "no hash of the query",
        WORK,
        raw(0, EXPIRES, field(2, "00"), text(3, AFTER)));
    refused(
        "payload-query-31",
        "a hash of 31 bytes",
        WORK,
        raw(0, EXPIRES, field(2, "00"), text(3, AFTER), field(4, "00".repeat(31))));
    refused(
        "payload-query-twice",
        "field 4 twice",
        WORK,
        raw(0, EXPIRES, field(2, "00"), text(3, AFTER), hash, hash));
    refused(
        "payload-unknown-field",
        "an unknown field",
        WORK,
        raw(0, EXPIRES, field(2, "00"), text(3, AFTER), hash, field(5, "")));
    for (int bit = 0; bit < 8; bit++) {
      refused(
          "payload-feature-bit-" + bit,
          "a token has no feature bits, known or not",
          WORK,
          raw(1 << bit, EXPIRES, field(2, "00"), text(3, AFTER), hash));
    }
    String inList =
        raw(SealContext.Kind.VAULT_PAGE, 0, EXPIRES, field(2, "00"), text(3, AFTER), hash);
    file.refused(
        "payload-query-in-list",
        "the list of all has no hash of a query",
        VectorJson.object()
            .put("list", "vault")
            .put("vault", "one")
            .put("now", NOW.toEpochMilli())
            .put("token", inList),
        "invalid-token");
  }

  private void opens(String id, CredentialFilter filter) {
    PageToken token = token(filter);
    ObjectNode vector =
        file.opens(
            id,
            "a token of a filtered vault",
            given(filter, token.value()),
            VectorJson.object()
                .put("query", VectorJson.hex(PageTokenCodec.hash(filter)))
                .put("after", AFTER));
    try {
      Header header =
          Header.decode(Arrays.copyOf(Base64.getUrlDecoder().decode(token.value()), 52));
      byte[] padded =
          PageTokenCodec.encode(
              new PageTokenCodec.Position(EXPIRY, 0, AFTER, PageTokenCodec.hash(filter)));
      vector.set(
          "sealing",
          VectorWriter.steps(
              Key.copyOf(one.pageTokenKey()),
              RANDOM,
              context(SealContext.Kind.FILTER_PAGE),
              header,
              padded,
              null));
    } catch (MalformedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refused(String id, String description, CredentialFilter filter, String token) {
    file.refused(id, description, given(filter, token), "invalid-token");
  }

  private PageToken token(CredentialFilter filter) {
    return tokens().ofFilter(one.userKeys(), filter, AFTER);
  }

  private static PageTokens tokens() {
    VectorWriter.sealSomethingElse();
    return new PageTokens(VectorReader.environment(NOW, new VectorWriter.Prepared().then(RANDOM)));
  }

  private String raw(int features, String... fields) {
    return raw(SealContext.Kind.FILTER_PAGE, features, fields);
  }

  private String raw(SealContext.Kind kind, int features, String... fields) {
    Sealer.Sealed sealed =
        VectorWriter.seal(
            Key.copyOf(one.pageTokenKey()),
            context(kind).withFeatures(features),
            RANDOM,
            padded(fields),
            null);
    byte[] header = sealed.header().encode();
    byte[] token = Arrays.copyOf(header, header.length + sealed.meta().length);
    System.arraycopy(sealed.meta(), 0, token, header.length, sealed.meta().length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  private SealContext context(SealContext.Kind kind) {
    return SealContext.of(one.table(), one.user().value(), kind, 0, 0);
  }

  private static ObjectNode given(CredentialFilter filter, String token) {
    ObjectNode given = VectorJson.object().put("list", "filter").put("vault", "one");
    ObjectNode json = given.putObject("filter");
    ArrayNode tags = json.putArray("tags");
    filter.tags().forEach(tags::add);
    json.put("favouritesOnly", filter.favouritesOnly());
    Website.Kind kind = filter.websiteKind();
    if (kind != null) {
      json.put("websiteKind", kind.name());
    }
    return given.put("now", NOW.toEpochMilli()).put("token", token);
  }
}
