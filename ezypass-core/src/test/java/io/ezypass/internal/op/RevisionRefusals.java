package io.ezypass.internal.op;

import static io.ezypass.internal.op.RevisionVectors.NOW;
import static io.ezypass.internal.op.RevisionVectors.kept;
import static io.ezypass.internal.op.RevisionVectors.revision;
import static io.ezypass.internal.op.RevisionVectors.row;
import static io.ezypass.internal.op.RevisionVectors.version;
import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.SealContext.State;
import io.ezypass.internal.op.CredentialVectors.Stored;
import java.util.List;

/** Lists of revisions that no writer makes, and rows that are not what the list says. */
final class RevisionRefusals {
  private static final int NEW = CredentialRefusals.NEW;

  private final VectorFile file;
  private final VectorVault one;
  private final RawCredential raw;

  RevisionRefusals(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    this.raw = new RawCredential(one);
  }

  void add() {
    control();
    lists();
    features();
    notThere();
    misplaced();
    damaged();
  }

  /** What the refused lists differ from by one thing each. */
  private void control() {
    String list = entry(8) + entry(3, NOW + 60);
    ObjectNode expect = VectorContent.of(version(one, 9).credential().summary());
    expect.put("updatedAtMilli", CredentialVectors.CREATED.toEpochMilli());
    expect.putArray("revisions").addObject().put("version", 8);
    expect.withArray("revisions").addObject().put("version", 3).put("keptUntilSecond", NOW + 60);
    for (int more : new int[] {0, NEW}) {
      file.opens(
          more == 0 ? "control" : "control-with-an-unknown-feature-bit",
          "the refused lists differ from this one by one thing each",
          given(Header.REVISIONS | more, list),
          expect);
    }
  }

  private void lists() {
    refused("ascending", "older versions first", entry(3) + entry(8));
    refused("twice", "a version twice", entry(8) + entry(8));
    refused("own-version", "its own version", entry(9) + entry(8));
    refused("later-version", "a version to come", entry(10));
    refused("version-0", "version 0", entry(8) + entry(0));
    refused("version-negative", "a negative version", entry(8) + entry(-1));
    StringBuilder list = new StringBuilder();
    for (int version = 21; version > 0; version--) {
      list.append(entry(version));
    }
    file.refused(
        "list-of-21",
        "more revisions than there can be",
        raw.given(
            raw.item(
                State.LIVE,
                22,
                Header.REVISIONS,
                padded(raw.site(), RawCredential.CREATED, list.toString()))),
        "tampered");
    for (int length : new int[] {0, 1, 7, 9, 15, 17, 24}) {
      refused("entry-" + length, "an entry of another length", field(17, "00".repeat(length)));
    }
    String eight = "0000000000000008";
    refused("until-negative", "an age limit before 1970", field(17, eight + "f".repeat(16)));
    refused(
        "until-year-10000",
        "an age limit after 9999",
        field(17, eight + String.format("%016x", 253_402_300_800L)));
    refused(
        "until-largest", "an age limit that no clock shows", field(17, eight + "7fffffffffffffff"));
    refused(
        "list-in-two-pieces", "another field between", entry(8) + field(16, "7fffffff") + entry(3));
    refused("deleted-at", "a live row with a time of deletion", entry(8) + field(18, "00"));
    refused("deleted-by", "a live row with who deleted it", entry(8) + text(19, "a"));
    refused("purge-at", "a live row with a purge date", entry(8) + field(20, "7fffffff"));
  }

  /** The bit is set exactly where there are revisions. */
  private void features() {
    refused("bit-without-revisions", "the feature bit without revisions", Header.REVISIONS, "");
    refused("revisions-without-bit", "revisions without their feature bit", 0, entry(8));
    refused("revisions-behind-another-bit", "nor does an unknown one do", NEW, entry(8));
  }

  private void notThere() {
    Stored current = version(one, 3, kept(2), kept(1, NOW));
    JsonNode first = row(version(one, 1).item());
    JsonNode second = row(version(one, 2, kept(1)).item());
    notFound(
        "not-listed",
        "a row that the credential does not list",
        revision(1, version(one, 3), first));
    notFound("ended", "its age limit ends at this very moment", revision(1, current, first));
    notFound("row-missing", "a row that is listed and not there", revision(2, current, first));
    notFound("later", "a version to come", revision(4, current, first, second));
    ObjectNode gone = revision(2, current, second);
    gone.withArray("items").remove(0);
    notFound("of-none", "the row of a credential that is not there", gone);
  }

  private void misplaced() {
    Stored current = version(one, 3, kept(2), kept(1));
    ObjectNode first = version(one, 1).item();
    ObjectNode second = version(one, 2, kept(1)).item();
    misplaced(
        "sort-key-version", "version 1 at the sort key of version 2", 2, current, row(first, 2));
    misplaced(
        "version",
        "the same, with v of version 2",
        2,
        current,
        VectorWriter.with(row(first, 2), "v", "N", "2"));
    misplaced("own-row", "the credential's own row", 2, current, row(current.item(), 2));
    String otherRand = RawCredential.BASE64.encodeToString(VectorJson.bytes("other rand", 12));
    ObjectNode ofOther =
        raw.sealed(
            CredentialRow.context(one.userKeys(), otherRand, 2, 1, List.of()),
            padded(raw.site(), RawCredential.CREATED),
            padded());
    misplaced(
        "other-rand",
        "version 2 of the credential of another rand",
        2,
        current,
        row(VectorWriter.with(ofOther, "v", "N", "2")));
    String other = field(1, "010203040506070809") + text(2, "hexample.com");
    misplaced(
        "other-id",
        "sealed for this rand, with another tag at creation",
        2,
        current,
        row(raw.item(State.LIVE, 2, 0, padded(other, RawCredential.CREATED))));
    misplaced(
        "trash",
        "sealed as trash",
        2,
        current,
        row(
            raw.item(
                State.TRASH, 2, 0, padded(raw.site(), RawCredential.CREATED, field(18, "00")))));
    misplaced(
        "deleted",
        "sealed as a live row, with a time of deletion",
        2,
        current,
        row(
            raw.item(
                State.LIVE, 2, 0, padded(raw.site(), RawCredential.CREATED, field(18, "00")))));
    file.refused(
        "row-for-other-user",
        "of another user, under that user's keys",
        otherUser(revision(2, current, row(second))),
        "tampered");
    for (String read : new String[] {"whole", "summary"}) {
      file.refused(
          "row-as-credential-of-another-website-" + read,
          "a revision with another website than the sort key's in the place of the credential",
          raw.given(VectorWriter.with(elsewhere(), "sk", "S", "CRED#" + raw.id()))
              .put("read", read),
          "tampered");
    }
  }

  private ObjectNode elsewhere() {
    return raw.item(
        State.LIVE,
        2,
        0,
        padded(field(1, raw.tagHex()), text(2, "hexample.org"), RawCredential.CREATED));
  }

  /** The credential is the other user's, the row is not. */
  private ObjectNode otherUser(ObjectNode given) {
    VectorVault vault = VectorVault.of("main", "user-9", "one", 1);
    ObjectNode current = version(vault, 3, kept(2), kept(1)).item();
    ObjectNode changed = given.deepCopy().put("vault", "one-for-another-user");
    JsonNode row = VectorWriter.with(given.get("items").get(1), "pk", "S", "U#user-9");
    changed.putArray("items").add(current).add(row);
    return changed;
  }

  private void damaged() {
    Stored current = version(one, 3, kept(2));
    ObjectNode row = row(version(one, 2, kept(1)).item());
    for (String name : new String[] {"h", "m", "s", "v"}) {
      misplaced(
          "without-" + name,
          "an attribute is missing",
          2,
          current,
          VectorWriter.without(row, name));
    }
    for (String name : new String[] {"h", "m", "s"}) {
      misplaced("flipped-" + name, "one bit", 2, current, VectorWriter.flipped(row, name, 20));
    }
    byte[] header = VectorWriter.bytes(row, "h");
    header[0] = 2;
    file.refused(
        "row-format-2",
        "another format byte",
        revision(2, current, VectorWriter.with(row, "h", "B", VectorJson.hex(header))),
        "unsupported");
    file.refused(
        "history-damaged",
        "one damaged row of the list ends the reading of all",
        RevisionVectors.given(
            "history",
            version(one, 3, kept(2), kept(1)),
            row(version(one, 1).item()),
            VectorWriter.flipped(row, "m", 0)),
        "tampered");
  }

  private void misplaced(
      String id, String description, long version, Stored current, JsonNode row) {
    file.refused("row-" + id, description, revision(version, current, row), "tampered");
  }

  private void notFound(String id, String description, ObjectNode given) {
    file.refused("revision-" + id, description, given, "not-found");
  }

  private void refused(String id, String description, String list) {
    refused(id, description, Header.REVISIONS, list);
  }

  private void refused(String id, String description, int features, String list) {
    file.refused("list-" + id, description, given(features, list), "tampered");
  }

  private ObjectNode given(int features, String list) {
    return raw.given(
        raw.item(State.LIVE, 9, features, padded(raw.site(), RawCredential.CREATED, list)));
  }

  private static String entry(long version) {
    return field(17, String.format("%016x", version));
  }

  private static String entry(long version, long until) {
    return field(17, String.format("%016x%016x", version, until));
  }
}
