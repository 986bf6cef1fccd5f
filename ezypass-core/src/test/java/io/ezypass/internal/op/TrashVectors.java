package io.ezypass.internal.op;

import static io.ezypass.internal.op.CredentialVectors.CREATED;
import static io.ezypass.internal.op.RevisionVectors.NOW;
import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.Lifecycle.Kept;
import io.ezypass.internal.format.v1.SealContext.State;
import io.ezypass.internal.op.CredentialVectors.Stored;
import io.ezypass.model.Actor;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Credentials in the trash. */
final class TrashVectors {
  private static final String DELETED = field(18, "018bcfe56bec");
  private static final Instant DELETED_AT = CREATED.plusMillis(1_004);
  private static final String FIELDS = RawCredential.CREATED;

  private final VectorFile file;
  private final VectorVault one;
  private final RawCredential raw;

  TrashVectors(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    this.raw = new RawCredential(one);
  }

  void add() {
    opens();
    encodings();
    ends();
    places();
    damaged();
  }

  private Stored stored(Lifecycle.@Nullable Deletion deletion, Kept... kept) {
    return stored("example.com", null, deletion, kept);
  }

  private Stored stored(
      String website,
      @Nullable Instant expiresAt,
      Lifecycle.@Nullable Deletion deletion,
      Kept... kept) {
    return CredentialVectors.stored(
        one,
        Website.of("example.com"),
        CredentialContent.builder()
            .website(website)
            .expiresAt(expiresAt)
            .password(Secret.of("horse"))
            .build(),
        CredentialVectors.created(one),
        3,
        2,
        new Lifecycle(List.of(kept), deletion));
  }

  private Lifecycle.Deletion byOwner(@Nullable Long purgeAt) {
    return new Lifecycle.Deletion(DELETED_AT, Actor.user(one.user()), purgeAt);
  }

  private ObjectNode given(Stored stored, JsonNode... items) {
    ObjectNode given = stored.given("one").put("read", "trash");
    ArrayNode array = given.putArray("items");
    Stream.of(items).forEach(array::add);
    return given;
  }

  private void opens() {
    opens("never", "until it is purged", stored(byOwner(null)));
    opens("purge-date", "until its date", stored(byOwner(NOW + 1)));
    opens(
        "other-actor",
        "deleted by another than the owner",
        stored(new Lifecycle.Deletion(DELETED_AT, Actor.of("operator"), NOW + 60)));
    opens(
        "with-revisions",
        "whose revisions are kept with it",
        stored(byOwner(NOW + 60), RevisionVectors.kept(2), RevisionVectors.kept(1, NOW + 5)));
    opens(
        "other-website",
        "whose website is not that of its id",
        stored("example.org", null, byOwner(null)));
    opens(
        "expires",
        "which ends before its date",
        stored("example.com", CREATED.plusSeconds(1), byOwner(NOW + 60)));
    opens(
        "deleted-before-1970",
        "a negative time of deletion",
        stored(new Lifecycle.Deletion(Instant.ofEpochMilli(-1), Actor.user(one.user()), null)));
    Stored date = stored(byOwner(NOW + 1));
    file.opens(
        "ttl-is-not-read",
        "a ttl that has passed has no say",
        given(date, VectorWriter.with(date.item(), "ttl", "N", "1")),
        expect(date));
    Stored expired = stored("example.com", CREATED, byOwner(null));
    file.opens(
        "list-passes-over-what-ended",
        "a list leaves out what has ended",
        list(expired.item()),
        VectorJson.array());
    ObjectNode shown = expect(date);
    shown.remove("password");
    file.opens(
        "list",
        "a list reads no secret part",
        list(VectorWriter.flipped(date.item(), "s", 0)),
        VectorJson.array().add(shown));
    control("control", DELETED);
    control("owner-written-in-full", DELETED + text(19, "user-1"));
    ObjectNode unknown = raw(CredentialRefusals.NEW, DELETED + field(63, ""));
    file.opens(
        "list-with-an-unknown-feature-bit",
        "with an unknown feature bit unknown fields are passed over",
        list(unknown.get("items").get(0)),
        VectorJson.array().add(control()));
  }

  /** What the refused rows differ from by one thing each. */
  private void control(String id, String fields) {
    file.opens(
        id, "the refused rows differ from this one by one thing each", raw(0, fields), control());
  }

  private ObjectNode control() {
    ObjectNode shown = VectorContent.of(stored(null).credential().summary());
    return shown.put("deletedAtMilli", DELETED_AT.toEpochMilli()).put("deletedBy", "user-1");
  }

  private void opens(String id, String description, Stored stored) {
    file.opens(id, description, given(stored, stored.item()), expect(stored))
        .set("sealing", stored.steps());
  }

  /** As listing the trash shows it, with the secrets. */
  private static ObjectNode expect(Stored stored) {
    return VectorContent.of(
        stored.credential(), new Lifecycle(List.of(), stored.lifecycle().deletion()));
  }

  private ObjectNode raw(int features, String fields) {
    ObjectNode item = raw.item(State.TRASH, 3, features, padded(raw.site(), FIELDS, fields));
    return raw.given(item).put("read", "trash");
  }

  private static ObjectNode list(JsonNode... items) {
    return CredentialVectors.list(items).put("read", "trash-list");
  }

  private void encodings() {
    refused("without-deleted-at", "no time of deletion", "");
    refused("deleted-by-alone", "who deleted it, but not when", text(19, "a"));
    refused("purge-at-alone", "a date, but not when it was deleted", field(20, "7fffffff"));
    refused("deleted-at-empty", "a number without a byte", field(18, ""));
    refused("deleted-at-leading-zero", "a number with a leading zero", field(18, "00018bcfe56bec"));
    refused("deleted-at-9-bytes", "a number of nine bytes", field(18, "01" + "00".repeat(8)));
    refused("deleted-at-twice", "field 18 twice", DELETED + DELETED);
    refused("deleted-by-empty", "empty text, which is left out", DELETED + field(19, ""));
    refused("deleted-by-blank", "a blank actor", DELETED + text(19, " "));
    refused("deleted-by-control", "a control character in one line", DELETED + text(19, "a\n"));
    refused("deleted-by-utf-8", "malformed UTF-8", DELETED + field(19, "ff"));
    refused("deleted-by-257", "an actor of 257", DELETED + text(19, "x".repeat(257)));
    refused("deleted-by-twice", "field 19 twice", DELETED + text(19, "a") + text(19, "a"));
    String date = field(20, "7fffffff");
    refused("purge-at-empty", "a number without a byte", DELETED + field(20, ""));
    refused("purge-at-leading-zero", "a number with a leading zero", DELETED + field(20, "007f"));
    refused("purge-at-negative", "a date before 1970", DELETED + field(20, "f".repeat(16)));
    refused("purge-at-year-10000", "a date after 9999", DELETED + field(20, "3afff44180"));
    refused(
        "purge-at-largest", "a date that no clock shows", DELETED + field(20, "7fffffffffffffff"));
    refused("purge-at-twice", "field 20 twice", DELETED + date + date);
    refused("descending", "fields that do not ascend", date + DELETED);
    refused("own-version", "a revision of its own version", Header.REVISIONS, entry(3) + DELETED);
    refused(
        "bit-without-revisions", "the feature bit without revisions", Header.REVISIONS, DELETED);
    refused("revisions-without-bit", "revisions without their feature bit", 0, entry(2) + DELETED);
  }

  private static String entry(long version) {
    return field(17, String.format("%016x", version));
  }

  private void refused(String id, String description, String fields) {
    refused(id, description, 0, fields);
  }

  private void refused(String id, String description, int features, String fields) {
    file.refused("meta-" + id, description, raw(features, fields), "tampered");
  }

  private void ends() {
    Stored date = stored(byOwner(NOW + 1));
    long now = CREATED.toEpochMilli();
    ObjectNode given = given(date, date.item());
    file.refused(
        "ended-now",
        "its date is this very moment",
        given.deepCopy().put("now", now + 1_000),
        "not-found");
    file.refused(
        "ended-with-later-ttl",
        "a later ttl does not help",
        given(date, VectorWriter.with(date.item(), "ttl", "N", "99999999999"))
            .put("now", now + 1_000_000),
        "not-found");
    Stored expires = stored("example.com", CREATED.plusSeconds(1), byOwner(NOW + 60));
    file.refused(
        "expired",
        "it expired before its date",
        given(expires, expires.item()).put("now", now + 1_000),
        "not-found");
    file.refused("not-there", "no item", given(date), "not-found");
    file.refused(
        "read-as-live",
        "by id, what is in the trash is not there",
        given.put("read", "whole"),
        "not-found");
  }

  /** Whole rows that are somewhere else; what state they were sealed in decides. */
  private void places() {
    Stored trash = stored(byOwner(null));
    Stored live = stored(null);
    String credential = "CRED#" + trash.credential().id();
    String sk = "TRASH#" + RawCredential.RAND;
    ObjectNode inVault = VectorWriter.with(trash.item(), "sk", "S", credential);
    for (String read : new String[] {"whole", "summary", "history"}) {
      file.refused(
          "in-the-vault-" + read,
          "a row of the trash in the place of the credential",
          given(trash, inVault).put("read", read),
          "tampered");
    }
    file.refused(
        "in-the-vault-list", "likewise in a list", CredentialVectors.list(inVault), "tampered");
    misplaced("live", "a live row in the trash", VectorWriter.with(live.item(), "sk", "S", sk));
    misplaced(
        "live-with-deletion",
        "the same, with a time of deletion",
        VectorWriter.with(
            raw.item(State.LIVE, 3, 0, padded(raw.site(), FIELDS, DELETED)), "sk", "S", sk));
    file.refused(
        "deleted-in-the-vault",
        "sealed as a live row, with a time of deletion, in its place",
        raw.given(raw.item(State.LIVE, 3, 0, padded(raw.site(), FIELDS, DELETED))),
        "tampered");
    String other = field(1, "010203040506070809") + text(2, "hexample.com");
    file.refused(
        "other-id",
        "sealed for this rand, with another tag at creation",
        raw.given(raw.item(State.TRASH, 3, 0, padded(other, FIELDS, DELETED))).put("read", "trash"),
        "tampered");
    String otherRand = RawCredential.BASE64.encodeToString(VectorJson.bytes("other rand", 12));
    file.refused(
        "other-rand",
        "copied to another rand",
        given(trash, VectorWriter.with(trash.item(), "sk", "S", "TRASH#" + otherRand))
            .put("credential", raw.id().substring(0, 12) + otherRand),
        "tampered");
    file.refused(
        "other-user",
        "of another user, under that user's keys",
        given(trash, VectorWriter.with(trash.item(), "pk", "S", "U#user-9"))
            .put("vault", "one-for-another-user"),
        "tampered");
    for (String form :
        new String[] {"TRASH#", "TRASH#" + RawCredential.RAND + "A", "TRASH#short"}) {
      file.refused(
          "sort-key-" + form.length(),
          "in a list, a sort key of another form",
          list(VectorWriter.with(trash.item(), "sk", "S", form)),
          "tampered");
    }
  }

  private void misplaced(String id, String description, ObjectNode item) {
    Stored trash = stored(byOwner(null));
    file.refused(id, description, given(trash, item), "tampered");
    file.refused(id + "-list", description, list(item), "tampered");
  }

  private void damaged() {
    Stored trash = stored(byOwner(NOW + 60), RevisionVectors.kept(2));
    new TamperedVectors(file, trash.item(), changed -> given(trash, changed)).add();
  }
}
