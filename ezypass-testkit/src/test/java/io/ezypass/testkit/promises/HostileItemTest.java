package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static io.ezypass.testkit.promises.HostileScene.BOB;
import static io.ezypass.testkit.promises.HostileScene.tampered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Secret;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Somebody who may write to the table damages, swaps, copies or forges rows of credentials: each is
 * refused with its typed error, nothing of it is shown, and nothing is written.
 */
class HostileItemTest {
  private final HostileScene scene = new HostileScene();

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void attributesThatAreMissingOfAnotherTypeOrLengthAreRefusedEverywhere() {
    Map<String, Runnable> calls = new LinkedHashMap<>(scene.reading(scene.github.id()));
    calls.putAll(scene.listing("github.com"));
    Map<String, AttributeValue> item = scene.item(scene.github);

    scene.refuse(new Tampering(item).malformed("v", "h", "m"), calls, tampered());
  }

  @Test
  void aSecretPartThatIsMissingOfAnotherTypeOrLengthIsRefusedByWhatReadsIt() {
    Map<String, AttributeValue> item = scene.item(scene.github);

    scene.refuse(
        new Tampering(item).malformed("s"), scene.readingSecrets(scene.github.id()), tampered());
  }

  @Test
  void everyBitOfTheHeaderCounts() {
    // Version 2 names an earlier operation, which is part of the header.
    scene.vaults.vault(ALICE).update(scene.github.id(), 1, HostileScene.content("github.com"));
    Map<String, AttributeValue> item = scene.item(scene.github);
    assertThat(item.get("h").b().asByteArray()).hasSize(60);
    Map<String, Runnable> get =
        Map.of("get", () -> scene.vaults.vault(ALICE).get(scene.github.id()));

    scene.refuse(
        new Tampering(item).flipped("h", 1),
        get,
        what ->
            what.matches("h bit [0-7] flipped")
                ? UnsupportedFormatException.class
                : TamperedItemException.class);
  }

  @Test
  void someBitsOfTheHeaderThroughEveryCall() {
    Map<String, Runnable> calls = new LinkedHashMap<>(scene.reading(scene.github.id()));
    calls.putAll(scene.listing("github.com"));
    Tampering tampering =
        new Tampering(scene.item(scene.github))
            .bytes("unknown format", "h", bytes -> set(bytes, 0, 2))
            .bytes("unknown feature", "h", bytes -> set(bytes, 1, 0x80))
            .bytes("unknown generation", "h", bytes -> set(bytes, 3, 9))
            .flippedBit("h", 8 * 4)
            .flippedBit("h", 8 * 20)
            .flippedBit("h", 8 * 51 + 7);

    scene.refuse(
        tampering,
        calls,
        what ->
            what.equals("unknown format")
                ? UnsupportedFormatException.class
                : TamperedItemException.class);
  }

  @Test
  void bitsOfTheMetaPartCountEverywhere() {
    Map<String, Runnable> calls = new LinkedHashMap<>(scene.reading(scene.github.id()));
    calls.putAll(scene.listing("github.com"));

    scene.refuse(new Tampering(scene.item(scene.github)).flipped("m", 61), calls, tampered());
  }

  @Test
  void bitsOfTheSecretPartCountForWhatReadsItAndListsGoOn() {
    scene.refuse(
        new Tampering(scene.item(scene.github)).flipped("s", 37),
        scene.readingSecrets(scene.github.id()),
        tampered());

    scene.inspector.flip("U#alice", "CRED#" + scene.github.id(), "s", 5);
    assertThat(scene.vaults.vault(ALICE).open()).hasSize(3);
    // An update replaces the secrets, so it needs none of the old ones, and heals.
    scene.vaults.vault(ALICE).update(scene.github.id(), 1, HostileScene.content("github.com"));
    assertThat(scene.vaults.vault(ALICE).get(scene.github.id()).content().password())
        .isEqualTo(Secret.of("canary-password"));
  }

  @Test
  void partsThatAreSwappedInsideAnItemBetweenItemsAndBetweenUsersAreRefused() {
    Map<String, AttributeValue> own = scene.item(scene.github);
    Map<String, AttributeValue> other = scene.item(scene.example);
    Map<String, AttributeValue> bobs = scene.item(scene.bobs);
    Tampering tampering = new Tampering(own);
    Map<String, AttributeValue> swapped = new HashMap<>(own);
    swapped.put("m", own.get("s"));
    swapped.put("s", own.get("m"));
    tampering.mixed("m and s swapped", swapped, "m", "s");
    Map.of("another credential", other, "another user", bobs)
        .forEach(
            (whose, from) -> {
              tampering.mixed("header of " + whose, from, "h");
              tampering.mixed("meta part of " + whose, from, "m");
              tampering.mixed("both parts of " + whose, from, "m", "s");
              tampering.mixed("meta part and header of " + whose, from, "h", "m");
              tampering.mixed("all of " + whose, from, "v", "h", "m", "s");
            });
    Map<String, Runnable> calls = new LinkedHashMap<>(scene.reading(scene.github.id()));
    calls.putAll(scene.listing("github.com"));

    scene.refuse(tampering, calls, tampered());
    scene.refuse(
        new Tampering(own)
            .mixed("secret part of another credential", other, "s")
            .mixed("secret part of another user", bobs, "s"),
        scene.readingSecrets(scene.github.id()),
        tampered());
  }

  @Test
  void anOlderVersionUnderTheNumberOfTheNewerOneIsRefused() {
    Map<String, AttributeValue> first = scene.item(scene.github);
    scene.vaults.vault(ALICE).update(scene.github.id(), 1, HostileScene.content("github.com"));
    Tampering tampering = new Tampering(scene.item(scene.github));
    tampering.mixed("version 1 as version 2", first, "h", "m", "s");
    tampering.mixed("version 2 as version 1", first, "v");

    scene.refuse(tampering, scene.reading(scene.github.id()), tampered());
  }

  @Test
  void aRowCopiedUnderAnotherSortKeyIsRefusedAndNeverListedTwice() {
    String own = scene.github.id().value();
    String others = scene.example.id().value();
    Map<String, String> copies =
        Map.of(
            "another tag, same rand", others.substring(0, 12) + own.substring(12),
            "same tag, another rand", own.substring(0, 12) + others.substring(12),
            "nobody's tag, same rand", "AAAAAAAAAAAA" + own.substring(12));
    copies.forEach(
        (what, id) -> {
          Map<String, AttributeValue> copy = new HashMap<>(scene.item(scene.github));
          copy.put("sk", AttributeValue.fromS("CRED#" + id));
          scene.inspector.put(copy);
          Map<String, Runnable> calls = new LinkedHashMap<>(scene.reading(CredentialId.of(id)));
          Map<String, Runnable> listing = scene.listing("github.com");
          if (!what.startsWith("same tag")) {
            // The copy does not stand where that website is looked for.
            listing.remove("find by website");
          }
          calls.putAll(listing);
          calls.forEach(
              (name, call) -> scene.refuses(what + ", " + name, call, TamperedItemException.class));
          scene.othersStayReadable(what);
          assertThat(scene.vaults.vault(ALICE).get(scene.github.id()).version()).isEqualTo(1);
          scene.inspector.delete("U#alice", "CRED#" + id);
        });
  }

  @Test
  void aRowCopiedIntoAnotherUsersPartitionIsRefusedThere() {
    Map<String, AttributeValue> copy = new HashMap<>(scene.item(scene.bobs));
    copy.put("pk", AttributeValue.fromS("U#alice"));
    scene.inspector.put(copy);
    Map<String, Runnable> calls = new LinkedHashMap<>(scene.reading(scene.bobs.id()));
    Map<String, Runnable> listing = scene.listing("github.com");
    listing.remove("find by website");
    calls.putAll(listing);

    calls.forEach(
        (name, call) -> scene.refuses("copy, " + name, call, TamperedItemException.class));
    scene.othersStayReadable("copy");
    assertThat(scene.vaults.vault(BOB).open()).hasSize(1);
  }

  @Test
  void aRowOfNoKnownKindAmongTheCredentialsIsRefused() {
    for (String sortKey : new String[] {"CRED#", "CRED#short", "CRED#" + "x".repeat(29), "HEAD"}) {
      Map<String, AttributeValue> copy = new HashMap<>(scene.item(scene.github));
      copy.put("sk", AttributeValue.fromS(sortKey));
      scene.inspector.put(copy);
      scene.refuses(sortKey, () -> scene.vaults.vault(ALICE).open(), TamperedItemException.class);
      scene.othersStayReadable(sortKey);
      scene.inspector.delete("U#alice", sortKey);
    }
  }

  @Test
  void anExpiryInTheClearIsNotBelieved() {
    scene.inspector.change(
        "U#alice", "CRED#" + scene.github.id(), item -> item.put("ttl", AttributeValue.fromN("1")));

    assertThat(scene.vaults.vault(ALICE).get(scene.github.id()).content().meta().expiresAt())
        .isNull();
    assertThat(scene.vaults.vault(ALICE).open()).hasSize(3);
  }

  @Test
  void forwardingRowsThatAreRedirectedOrDamagedAreRefused() {
    String original = "CRED#" + scene.moved.id();
    Map<String, AttributeValue> row = scene.item("U#alice", original);
    String rand = original.substring(original.length() - 16);
    Tampering tampering =
        new Tampering(row)
            .malformed("f", "a")
            .flipped("a", 17)
            .with("to another credential", "f", text("CRED#" + scene.github.id()))
            .with("to a missing one of the same rand", "f", text("CRED#AAAAAAAAAAAA" + rand))
            .with("to a missing one of another rand", "f", text("CRED#" + "A".repeat(28)))
            .with("to itself", "f", text(original))
            .with("to the keys", "f", text("KEYS"))
            .with("with an expiry", "ttl", AttributeValue.fromN("4102444800"));
    tampering.items().remove("f missing");
    Map<String, Runnable> calls = new LinkedHashMap<>(scene.reading(scene.moved.id()));
    Map<String, Runnable> listing = scene.listing("old.example");
    calls.putAll(listing);

    scene.refuse(tampering, calls, tampered());
  }

  @Test
  void aRowWhoseForwardingRowIsDamagedIsNotDeletedInPart() {
    String original = "CRED#" + scene.moved.id();
    Map<String, AttributeValue> row = scene.item("U#alice", original);
    String rand = original.substring(original.length() - 16);
    Tampering tampering =
        new Tampering(row)
            .with("to another credential", "f", text("CRED#" + scene.github.id()))
            .with("to a missing one of another rand", "f", text("CRED#" + "A".repeat(28)))
            .with("to a missing one of the same rand", "f", text("CRED#AAAAAAAAAAAA" + rand))
            .with("to itself", "f", text(original))
            .with("a number", "f", AttributeValue.fromN("1"));
    tampering
        .items()
        .forEach(
            (what, item) -> {
              scene.inspector.put(item);
              List<Map<String, AttributeValue>> before = scene.inspector.items();
              assertThat(
                      catchThrowable(() -> scene.vaults.vault(ALICE).delete(scene.moved.id(), 2)))
                  .as(what)
                  .isExactlyInstanceOf(TamperedItemException.class);
              assertThat(scene.inspector.items()).as(what).isEqualTo(before);
            });
  }

  @Test
  void aMovedRowThatIsMissingOrThatStandsWithoutItsForwardingRowIsNotTakenForAnother() {
    String original = "CRED#" + scene.moved.id();
    Map<String, AttributeValue> forwarding = scene.item("U#alice", original);
    String target = forwarding.get("f").s();
    Map<String, AttributeValue> row = scene.item("U#alice", target);

    scene.inspector.delete("U#alice", target);
    scene.refuses(
        "row missing",
        () -> scene.vaults.vault(ALICE).get(scene.moved.id()),
        TamperedItemException.class);

    scene.inspector.put(row);
    scene.inspector.delete("U#alice", original);
    scene.refuses(
        "forwarding row missing",
        () -> scene.vaults.vault(ALICE).get(scene.moved.id()),
        CredentialNotFoundException.class);
    assertThat(scene.vaults.vault(ALICE).open())
        .extracting(CredentialSummary::id)
        .contains(scene.moved.id());
    // Its own sort key is not its id.
    scene.refuses(
        "sort key as id",
        () -> scene.vaults.vault(ALICE).get(CredentialId.of(target.substring(5))),
        TamperedItemException.class);
  }

  @Test
  void aRowPlantedWhereACredentialWouldMoveToIsNotOverwrittenAndNotCalledAConflict() {
    String id = scene.github.id().value();
    Map<String, AttributeValue> planted = new HashMap<>(scene.item(scene.github));
    String tag = scene.example.id().value().substring(0, 12);
    planted.put("sk", AttributeValue.fromS("CRED#" + tag + id.substring(12)));
    scene.inspector.put(planted);
    List<Map<String, AttributeValue>> before = scene.inspector.items();

    assertThat(
            catchThrowable(
                () ->
                    scene
                        .vaults
                        .vault(ALICE)
                        .update(scene.github.id(), 1, HostileScene.content("example.com"))))
        .isExactlyInstanceOf(TamperedItemException.class);
    assertThat(scene.inspector.items()).isEqualTo(before);
  }

  @Test
  void aDeletionOfARowWithoutItsVersionIsRefusedAsTampering() {
    scene.inspector.change("U#alice", "CRED#" + scene.github.id(), item -> item.remove("v"));
    List<Map<String, AttributeValue>> before = scene.inspector.items();

    assertThat(catchThrowable(() -> scene.vaults.vault(ALICE).delete(scene.github.id(), 1)))
        .isExactlyInstanceOf(TamperedItemException.class);
    assertThat(scene.inspector.items()).isEqualTo(before);
  }

  @Test
  void theOriginalPutBackOpensAsBefore() {
    Map<String, AttributeValue> original = scene.item(scene.github);
    scene.inspector.flip("U#alice", "CRED#" + scene.github.id(), "h", 300);
    scene.inspector.put(original);

    try (Credential github = scene.vaults.vault(ALICE).get(scene.github.id())) {
      assertThat(github.content().password()).isEqualTo(Secret.of("canary-password"));
    }
  }

  private static byte[] set(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
