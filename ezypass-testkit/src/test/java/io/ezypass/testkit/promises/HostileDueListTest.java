package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static io.ezypass.testkit.promises.HostileScene.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.error.TamperedItemException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.DueCredential;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What somebody gains who changes, moves, plants or deletes rows of the due list. */
class HostileDueListTest {
  private static final LocalDate DAY = LocalDate.of(2031, 2, 28);
  private static final LocalDate LATER = DAY.plusDays(90);

  private final HostileScene scene = new HostileScene();
  private final Vault vault = scene.vaults.vault(ALICE);
  private final Credential credential = vault.add(content(DAY));
  private final Map<String, AttributeValue> row = onlyRow(ALICE);

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void aChangedRowIsRefused() {
    for (String attribute : List.of("a", "i")) {
      Map<String, AttributeValue> without = new HashMap<>(row);
      without.remove(attribute);
      refuses("no " + attribute, without);
    }
    Map<String, AttributeValue> ending = new HashMap<>(row);
    ending.put("ttl", AttributeValue.fromN("99999999999"));
    refuses("another end", ending);
    Map<String, AttributeValue> other = new HashMap<>(row);
    other.put("i", AttributeValue.fromS(scene.github.id().value()));
    refuses("another credential", other);
    scene.inspector.put(row);
    for (int bit = 0; bit < 256; bit += 17) {
      scene.inspector.flip(text(row, "pk"), text(row, "sk"), "a", bit);
      scene.refuses("bit " + bit, this::list, TamperedItemException.class);
      scene.inspector.put(row);
    }
    assertThat(list()).containsExactly(entry());
  }

  @Test
  void aRowInAnotherPlaceIsRefused() {
    vault.add(content(LATER));
    String later = text(onlyRow(ALICE, text(row, "pk")), "pk");
    scene.inspector.put(at(row, later, text(row, "sk")));
    scene.refuses("another day", () -> list(LATER), TamperedItemException.class);

    String rand = text(row, "sk").substring("alice".length());
    scene.inspector.put(at(row, text(row, "pk"), "bob" + rand));
    scene.refuses("another user", this::list, TamperedItemException.class);
    scene.inspector.delete(text(row, "pk"), "bob" + rand);
    scene.inspector.put(at(row, text(row, "pk"), "no row of this list"));
    scene.refuses("no key of a row", this::list, TamperedItemException.class);
  }

  /**
   * A whole row from before is authentic; that it is stale, only the credential's own row shows.
   */
  @Test
  void aStaleRowPutBackIsListedAndCaught() {
    vault.update(credential.id(), 1, content(LATER));
    scene.inspector.put(row);

    assertThat(list()).containsExactly(entry());
    assertThat(scene.vaults.due().check(entry())).isEmpty();
    vault.delete(credential.id(), 2);
    vault.trash().purge(credential.id(), 3);
    assertThat(list()).containsExactly(entry());
    assertThat(scene.vaults.due().check(entry())).isEmpty();
  }

  @Test
  void aCredentialThatNoLongerNamesItsRowGetsOneWithItsNextChange() {
    scene.inspector.change("U#alice", sortKey(), item -> item.remove("q"));
    scene.inspector.delete(text(row, "pk"), text(row, "sk"));
    assertThat(list()).isEmpty();

    vault.edit(credential.id(), old -> old.toBuilder().title("renamed").build());

    assertThat(list()).containsExactly(entry());
    assertThat(scene.item("U#alice", sortKey()).get("q")).isNotNull();
  }

  /** What a credential's row names is another day, whose row is somebody else's. */
  @Test
  void aNameThatWasChangedReachesNoOtherCredentialsRow() {
    Credential other = vault.add(content(LATER));
    AttributeValue name = scene.item(other).get("q");
    scene.inspector.change("U#alice", sortKey(), item -> item.put("q", name));

    vault.edit(credential.id(), old -> old.toBuilder().rotateBy(null).build());

    assertThat(list(LATER)).containsExactly(new DueCredential(ALICE, other.id(), LATER));
    assertThat(list()).as("it is left over").containsExactly(entry());
    assertThat(scene.vaults.due().check(entry())).isEmpty();
  }

  @Test
  void whatIsRestoredDoesNotBelieveANamePlantedInTheTrash() {
    try (EzyPass process =
        scene.local.open(
            b -> b.policies(VaultPolicies.defaults().withTrash(TrashPolicy.keepUntilPurged())))) {
      Vault keeping = process.repository().vault(ALICE);
      AttributeValue name = scene.item("U#alice", sortKey()).get("q");
      keeping.delete(credential.id(), 1);
      String trash = "TRASH#" + credential.id().value().substring(12);
      scene.inspector.change("U#alice", trash, item -> item.put("q", name));

      keeping.trash().restore(credential.id(), 2);

      assertThat(list()).containsExactly(entry());
    }
  }

  /** As after a restore that brought back a row of a credential that had moved since. */
  @Test
  void twoRowsThatNameTheSameDoNotStandInTheWayOfADeletedUser() {
    Map<String, AttributeValue> copy =
        at(
            scene.item("U#alice", sortKey()),
            "U#alice",
            "CRED#" + "A".repeat(12) + credential.id().value().substring(12));
    scene.inspector.put(copy);

    scene.vaults.deleteUser(ALICE);

    assertThat(list()).isEmpty();
    assertThat(scene.inspector.partition("U#alice"))
        .extracting(item -> text(item, "sk"))
        .containsExactly("KEYS");
  }

  @Test
  void anotherUsersRowsAreOutOfReach() {
    Vault bobs = scene.vaults.vault(BOB);
    Credential his = bobs.add(content(DAY));
    AttributeValue name = scene.item(his).get("q");
    scene.inspector.change("U#alice", sortKey(), item -> item.put("q", name));

    scene.vaults.deleteUser(ALICE);

    assertThat(list()).contains(new DueCredential(BOB, his.id(), DAY));
    assertThat(scene.vaults.due().check(new DueCredential(BOB, his.id(), DAY))).isPresent();
  }

  private void refuses(String what, Map<String, AttributeValue> damaged) {
    scene.inspector.put(damaged);
    scene.refuses(what, this::list, TamperedItemException.class);
  }

  private String sortKey() {
    return "CRED#" + credential.id();
  }

  private DueCredential entry() {
    return new DueCredential(ALICE, credential.id(), DAY);
  }

  private List<DueCredential> list() {
    return list(DAY);
  }

  private List<DueCredential> list(LocalDate day) {
    return scene.vaults.due().list(day, PageRequest.first(100)).items();
  }

  private Map<String, AttributeValue> onlyRow(UserId user, String... otherPartitions) {
    List<Map<String, AttributeValue>> rows = new ArrayList<>(scene.inspector.items());
    rows.removeIf(item -> !text(item, "pk").startsWith("DUE#"));
    rows.removeIf(item -> !text(item, "sk").startsWith(user + "#"));
    rows.removeIf(item -> List.of(otherPartitions).contains(text(item, "pk")));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private static Map<String, AttributeValue> at(
      Map<String, AttributeValue> item, String pk, String sk) {
    Map<String, AttributeValue> copy = new HashMap<>(item);
    copy.put("pk", AttributeValue.fromS(pk));
    copy.put("sk", AttributeValue.fromS(sk));
    return copy;
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return item.get(name).s();
  }

  private static CredentialContent content(LocalDate day) {
    return HostileScene.content("github.com").toBuilder().rotateBy(day).build();
  }
}
