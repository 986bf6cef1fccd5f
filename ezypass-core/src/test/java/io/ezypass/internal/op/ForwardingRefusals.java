package io.ezypass.internal.op;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.Website;
import java.time.Instant;

/** Credentials that have moved, behind forwarding rows that somebody changed. */
final class ForwardingRefusals {
  private final VectorFile file;
  private final VectorVault one;
  private final CredentialVectors.Stored target;
  private final ObjectNode row;

  private ForwardingRefusals(VectorFile file, VectorVault one) {
    this.file = file;
    this.one = one;
    Instant end = CredentialVectors.CREATED.plusSeconds(60);
    CredentialContent content =
        CredentialContent.builder().website("example.org").expiresAt(end).build();
    target =
        CredentialVectors.stored(
            one, Website.of("example.com"), content, CredentialVectors.created(one), 2, 1);
    row =
        VectorJson.item(
            CredentialSealer.forwarding(
                one.userKeys(), target.credential().id(), targetKey(), end.getEpochSecond()));
  }

  static void add(VectorFile file, VectorVault one) {
    new ForwardingRefusals(file, one).add();
  }

  private String targetKey() {
    return target.item().get("sk").get("S").asText();
  }

  private void add() {
    String own = row.get("sk").get("S").asText();
    refused("hmac-first-bit", "one bit of the HMAC", VectorWriter.flipped(row, "a", 0));
    refused("hmac-last-bit", "one bit of the HMAC", VectorWriter.flipped(row, "a", 31));
    refused(
        "hmac-cut",
        "an HMAC of 31 bytes",
        VectorWriter.with(
            row, "a", "B", VectorJson.hex(VectorWriter.cut(VectorWriter.bytes(row, "a"), 31))));
    refused(
        "hmac-longer",
        "an HMAC of 33 bytes",
        VectorWriter.with(
            row, "a", "B", VectorJson.hex(VectorWriter.cut(VectorWriter.bytes(row, "a"), 33))));
    refused("hmac-empty", "an HMAC without a byte", VectorWriter.with(row, "a", "B", ""));
    refused("hmac-missing", "no HMAC", VectorWriter.without(row, "a"));
    refused("ttl-later", "another ttl", VectorWriter.with(row, "ttl", "N", "1700000061"));
    refused("ttl-missing", "no ttl", VectorWriter.without(row, "ttl"));
    refused(
        "ttl-as-string",
        "a ttl that is no number reads like none",
        VectorWriter.with(row, "ttl", "S", "1700000060"));
    refused("target-itself", "a row that points to itself", VectorWriter.with(row, "f", "S", own));
    refused(
        "target-other-rand",
        "a target with another rand",
        VectorWriter.with(
            row, "f", "S", targetKey().substring(0, 32) + (targetKey().endsWith("A") ? "B" : "A")));
    refused(
        "target-other-tag",
        "a target with a tag that nobody signed",
        VectorWriter.with(row, "f", "S", "CRED#AAAAAAAAAAAA" + targetKey().substring(17)));
    refused(
        "target-short",
        "a target of another form",
        VectorWriter.with(row, "f", "S", targetKey().substring(0, 32)));
    refused("target-profile", "the profile as target", VectorWriter.with(row, "f", "S", "PROFILE"));
    refused("target-number", "a target that is no string", VectorWriter.with(row, "f", "N", "1"));
    ObjectNode both = target.item().deepCopy();
    both.putObject("sk").put("S", own);
    both.putObject("f").put("S", targetKey());
    file.refused(
        "forwarding-on-a-credential",
        "a sealed item that has a target is a forwarding row",
        target.given("one").set("items", VectorJson.array().add(both)),
        "tampered");
    file.refused(
        "forwarding-to-nothing",
        "a forwarding row whose target is never there",
        target.given("one").set("items", VectorJson.array().add(row)),
        "tampered");
    file.refused(
        "forwarding-to-nothing-expired",
        "a forwarding row that has ended, without its target",
        target
            .given("one")
            .put("now", CredentialVectors.CREATED.toEpochMilli() + 60_000)
            .set("items", VectorJson.array().add(row)),
        "not-found");
    Item without =
        CredentialSealer.forwarding(one.userKeys(), target.credential().id(), targetKey(), null);
    ObjectNode zero = VectorWriter.with(VectorJson.item(without), "ttl", "N", "0");
    refused("ttl-zero", "no ttl and the ttl 0 are not the same", zero);
    UserKeys elsewhere = VectorVault.of("elsewhere", "user-1", "one", 1).userKeys();
    refused(
        "other-table",
        "a forwarding row of another table",
        VectorJson.item(
            CredentialSealer.forwarding(
                elsewhere, target.credential().id(), targetKey(), 1_700_000_060L)));
    UserKeys other = VectorVault.of("main", "user-9", "one", 1).userKeys();
    ObjectNode foreign =
        VectorJson.item(
            CredentialSealer.forwarding(
                other, target.credential().id(), targetKey(), 1_700_000_060L));
    refused(
        "other-user",
        "a forwarding row of another user",
        VectorWriter.with(foreign, "pk", "S", ItemKey.partition(one.user())));
    ObjectNode second =
        VectorJson.item(
            CredentialSealer.forwarding(
                one.userKeys(), target.credential().id(), targetKey(), null));
    second.putObject("sk").put("S", targetKey());
    second.putObject("f").put("S", own);
    file.refused(
        "forwarding-to-forwarding",
        "one hop only",
        target.given("one").set("items", VectorJson.array().add(row).add(second)),
        "tampered");
    file.refused(
        "forwarding-in-a-list",
        "a list checks forwarding rows too",
        CredentialVectors.list(VectorWriter.flipped(row, "a", 5), target.item()),
        "tampered");
  }

  private void refused(String name, String description, ObjectNode changed) {
    ObjectNode given = target.given("one");
    given.putArray("items").add(changed).add(target.item());
    file.refused("forwarding-" + name, description, given, "tampered");
  }
}
