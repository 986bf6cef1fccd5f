package io.ezypass.internal.op;

import static io.ezypass.internal.op.CredentialVectors.CREATED;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.Lifecycle.Kept;
import io.ezypass.internal.op.CredentialVectors.Stored;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Revision;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Credentials that list revisions, and the rows of these. */
final class RevisionVectors {
  static final long NOW = CREATED.getEpochSecond();

  private final VectorFile file;
  private final VectorVault one;
  private final VectorVault rotated;

  RevisionVectors(VectorFile file, VectorVault one, VectorVault rotated) {
    this.file = file;
    this.one = one;
    this.rotated = rotated;
  }

  void add() {
    lists();
    rows();
    history();
    new RevisionRefusals(file, one).add();
  }

  /** The version of a credential whose password is its number. */
  static Stored version(VectorVault vault, long version, Kept... kept) {
    return version(vault, "example.com", version, kept);
  }

  private static Stored version(VectorVault vault, String website, long version, Kept... kept) {
    Actor owner = Actor.user(vault.user());
    return CredentialVectors.stored(
        vault,
        Website.of("example.com"),
        CredentialContent.builder()
            .website(website)
            .password(Secret.of(Long.toString(version)))
            .build(),
        new Audit(CREATED, owner, CREATED.plusSeconds(Math.min(version, 100)), owner),
        version,
        (int) Math.min(4, version - 1),
        new Lifecycle(List.of(kept), null));
  }

  static Kept kept(long version) {
    return new Kept(version, null);
  }

  static Kept kept(long version, long until) {
    return new Kept(version, until);
  }

  /** The row that keeps a version. */
  static ObjectNode row(JsonNode item) {
    return row(item, Long.parseLong(item.get("v").get("N").asText()));
  }

  static ObjectNode row(JsonNode item, long version) {
    ObjectNode row =
        VectorWriter.with(
            item, "sk", "S", String.format("REV#%s#%016x", RawCredential.RAND, version));
    row.remove("ttl");
    return row;
  }

  static ObjectNode given(String read, Stored current, JsonNode... rows) {
    ObjectNode given = current.given("one").put("read", read);
    ArrayNode items = given.putArray("items").add(current.item());
    Stream.of(rows).forEach(items::add);
    return given;
  }

  static ObjectNode revision(long version, Stored current, JsonNode... rows) {
    return given("revision", current, rows).put("version", version);
  }

  private void lists() {
    lists("kept", "one revision without an age limit", 2, kept(1));
    lists("kept-until", "one revision with an age limit", 2, kept(1, NOW + 60));
    lists("kept-both", "some with an age limit, some without", 9, kept(8, NOW + 1), kept(3));
    lists(
        "kept-20",
        "as many revisions as there can be",
        21,
        LongStream.rangeClosed(1, 20).mapToObj(i -> kept(21 - i)).toArray(Kept[]::new));
    lists(
        "kept-ended",
        "the list is read as it is sealed, whatever has ended of it",
        3,
        kept(2, NOW),
        kept(1, 0));
    lists("kept-until-9999", "the last second of an age limit", 2, kept(1, 253_402_300_799L));
    lists(
        "kept-largest",
        "versions of eight bytes",
        Long.MAX_VALUE,
        kept(Long.MAX_VALUE - 1),
        kept(1L << 62));
    Stored current = version(one, 2, kept(1));
    file.opens(
        "kept-summary",
        "a summary has the list, too",
        given("summary", current),
        VectorContent.of(current.credential().summary(), current.lifecycle()));
    file.opens(
        "kept-list",
        "a list of the vault does not show it",
        CredentialVectors.list(current.item()),
        VectorJson.array().add(VectorContent.of(current.credential().summary())));
  }

  private void lists(String id, String description, long version, Kept... kept) {
    Stored stored = version(one, version, kept);
    file.opens(
            id,
            description,
            stored.given("one"),
            VectorContent.of(stored.credential(), stored.lifecycle()))
        .set("sealing", stored.steps());
  }

  private void rows() {
    Stored first = version(one, 1);
    Stored second = version(one, 2, kept(1));
    Stored third = version(one, 3, kept(2), kept(1, NOW + 60));
    opens("row", "a kept version", first, third);
    opens("row-with-revisions", "a kept version that lists revisions itself", second, third);
    file.opens(
        "row-of-current",
        "the current version is read from its own row",
        revision(3, third, row(first.item())),
        VectorContent.of(third.credential()));
    file.opens(
        "row-ttl-is-not-read",
        "a ttl that has passed has no say",
        revision(1, third, VectorWriter.with(row(first.item()), "ttl", "N", "1")),
        VectorContent.of(first.credential()));
    Stored elsewhere = version(one, "example.org", 2, kept(1));
    opens("row-of-another-website", "whose website was another one then", elsewhere, third);
    ObjectNode moved = revision(1, elsewhere, row(first.item()));
    String own = "CRED#" + elsewhere.credential().id();
    moved
        .withArray("items")
        .add(
            VectorJson.item(
                CredentialSealer.forwarding(
                    one.userKeys(),
                    elsewhere.credential().id(),
                    elsewhere.item().get("sk").get("S").asText(),
                    null)));
    file.opens(
        "row-of-one-that-moved",
        "of a credential that is found by way of its forwarding row at " + own,
        moved,
        VectorContent.of(first.credential()));
    VectorVault before =
        new VectorVault(
            rotated.table(),
            rotated.user(),
            new TreeMap<>(rotated.generations().headMap(2)),
            rotated.indexKey(),
            rotated.pageTokenKey());
    Stored old = version(before, 1);
    file.opens(
        "row-of-another-generation",
        "a rotation has not come to the revision yet",
        revision(1, version(rotated, 2, kept(1)), row(old.item())).put("vault", "rotated"),
        VectorContent.of(old.credential()));
    file.opens(
        "row-put-back",
        "known limit: a revision in the place of the credential is an older version put back",
        given("whole", first),
        VectorContent.of(first.credential()));
  }

  private void opens(String id, String description, Stored kept, Stored current) {
    file.opens(
        id,
        description,
        revision(kept.credential().version(), current, row(kept.item())),
        VectorContent.of(kept.credential()));
  }

  private void history() {
    Stored first = version(one, 1);
    Stored second = version(one, 2, kept(1));
    Stored current = version(one, 4, kept(3), kept(2, NOW + 60), kept(1, NOW));
    Stored third = version(one, 3, kept(2), kept(1));
    JsonNode[] rows = {row(first.item()), row(second.item()), row(third.item())};
    file.opens(
        "history",
        "newest first, without what has ended",
        given("history", current, rows),
        array(revision(third, null), revision(second, NOW + 60)));
    file.opens(
        "history-row-missing",
        "a row that is not there is passed over",
        given("history", current, rows[2]),
        array(revision(third, null)));
    file.opens(
        "history-of-none",
        "rows that the credential does not list are not believed",
        given("history", version(one, 4), rows),
        VectorJson.array());
    file.opens(
        "history-unlisted-row",
        "nor read, so they may be damaged",
        given("history", version(one, 4, kept(3)), VectorWriter.without(rows[1], "h"), rows[2]),
        array(revision(third, null)));
    file.opens(
        "history-reads-no-secret",
        "the meta part opens beside a secret part that was changed",
        given("history", current, rows[1], VectorWriter.flipped(rows[2], "s", 0)),
        array(revision(third, null), revision(second, NOW + 60)));
  }

  private static Revision revision(Stored stored, @Nullable Long until) {
    return new Revision(
        stored.credential().summary(), until == null ? null : Instant.ofEpochSecond(until));
  }

  private static ArrayNode array(Revision... revisions) {
    ArrayNode array = VectorJson.array();
    Stream.of(revisions).map(VectorContent::of).forEach(array::add);
    return array;
  }
}
