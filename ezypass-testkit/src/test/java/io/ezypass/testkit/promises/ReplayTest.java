package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static io.ezypass.testkit.promises.HostileScene.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.TableOptions;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Revision;
import io.ezypass.model.Secret;
import io.ezypass.model.UserKey;
import io.ezypass.model.VaultUser;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What somebody gains who puts back whole items of the past. The library promises no more than
 * this: an older item opens as what it was, and no rollback is detected.
 */
class ReplayTest {
  private final HostileScene scene = new HostileScene();
  private final Vault vault = scene.vaults.vault(ALICE);

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void anOlderVersionOfACredentialOpensAsThatVersionAndIsGoneOnFrom() {
    Map<String, AttributeValue> first = scene.item(scene.github);
    vault.update(scene.github.id(), 1, content("github.com", "second"));
    scene.inspector.put(first);

    try (Credential read = vault.get(scene.github.id())) {
      assertThat(read).isEqualTo(scene.github);
    }
    assertThat(vault.open()).contains(scene.github.summary());
    assertThatThrownBy(() -> vault.update(scene.github.id(), 2, content("github.com", "third")))
        .isExactlyInstanceOf(VersionConflictException.class);
    assertThat(vault.update(scene.github.id(), 1, content("github.com", "third")).version())
        .isEqualTo(2);
  }

  @Test
  void aDeletedCredentialComesBack() {
    Map<String, AttributeValue> deleted = scene.item(scene.github);
    vault.delete(scene.github.id(), 1);
    scene.inspector.put(deleted);

    assertThat(vault.open()).contains(scene.github.summary());
    assertThat(password(scene.github)).isEqualTo(Secret.of("canary-password"));
  }

  /** The table itself holds what is put back: nobody needs an older copy of it. */
  @Test
  void aRevisionInThePlaceOfItsCredentialOpensAsThatVersion() {
    vault.update(scene.github.id(), 1, content("github.com", "second"));
    String rand = scene.github.id().value().substring(12);
    Map<String, AttributeValue> moved =
        new HashMap<>(scene.item("U#alice", "REV#" + rand + "#0000000000000001"));
    moved.put("sk", AttributeValue.fromS("CRED#" + scene.github.id()));
    scene.inspector.put(moved);

    try (Credential read = vault.get(scene.github.id())) {
      assertThat(read).isEqualTo(scene.github);
    }
    assertThat(vault.history().list(scene.github.id())).isEmpty();
  }

  @Test
  void aRevisionThatIsListedNoMoreIsNotBelieved() {
    String first = "REV#" + scene.github.id().value().substring(12) + "#0000000000000001";
    vault.update(scene.github.id(), 1, content("github.com", "password 1"));
    Map<String, AttributeValue> kept = scene.item("U#alice", first);
    for (long version = 2; version <= 6; version++) {
      vault.update(scene.github.id(), version, content("github.com", "password " + version));
    }
    assertThat(scene.item("U#alice", first)).isEmpty();
    scene.inspector.put(kept);

    assertThat(vault.history().list(scene.github.id()))
        .extracting(Revision::version)
        .containsExactly(6L, 5L, 4L, 3L, 2L);
    assertThatThrownBy(() -> vault.history().get(scene.github.id(), 1))
        .isExactlyInstanceOf(RevisionNotFoundException.class);
  }

  @Test
  void aCredentialOfTheGenerationBeforeOpens() {
    Map<String, AttributeValue> before = scene.item(scene.github);
    rotate();
    assertThat(scene.item(scene.github).get("h")).isNotEqualTo(before.get("h"));
    scene.inspector.put(before);

    assertThat(password(scene.github)).isEqualTo(Secret.of("canary-password"));
    assertThat(scene.local.ezypass().admin().rotationStatus(ALICE).below()).isEqualTo(1);
  }

  @Test
  void keysOfTheGenerationBeforeOpenWhatWasSealedUnderItAndNothingNewer() {
    Map<String, AttributeValue> keys = scene.item("U#alice", "KEYS");
    Map<String, AttributeValue> before = scene.item(scene.github);
    rotate();
    Map<String, AttributeValue> rotated = scene.item("U#alice", "KEYS");
    Map<String, AttributeValue> after = scene.item(scene.github);
    scene.inspector.put(keys);

    try (EzyPass cold = scene.local.open(b -> b)) {
      Vault coldVault = cold.repository().vault(ALICE);
      assertThatThrownBy(() -> coldVault.get(scene.github.id()))
          .isExactlyInstanceOf(TamperedItemException.class);
      assertThatThrownBy(coldVault::open).isExactlyInstanceOf(TamperedItemException.class);
      assertThatThrownBy(() -> cold.repository().findUser(ALICE))
          .isExactlyInstanceOf(TamperedItemException.class);
      scene.inspector.put(before);
      assertThat(coldVault.get(scene.github.id()).version()).isEqualTo(1);
      // What is written meanwhile is sealed under the generation before, and opens later too.
      Credential added = coldVault.add(content("added.example", "added"));
      scene.inspector.put(rotated);
      scene.inspector.put(after);
      scene.local.ezypass().evict(ALICE);
      assertThat(password(added)).isEqualTo(Secret.of("added"));
      assertThat(vault.open()).hasSize(4);
    }
  }

  @Test
  void aWholePartitionOpensAsItWas() {
    List<Map<String, AttributeValue>> past = scene.inspector.partition("U#alice");
    List<CredentialSummary> list = vault.open();
    vault.update(scene.github.id(), 1, content("github.com", "second"));
    vault.delete(scene.example.id(), 1);
    vault.add(content("added.example", "added"));
    rotate();
    scene
        .inspector
        .partition("U#alice")
        .forEach(item -> scene.inspector.delete("U#alice", item.get("sk").s()));
    past.forEach(scene.inspector::put);

    try (EzyPass cold = scene.local.open(b -> b)) {
      assertThat(cold.repository().vault(ALICE).open()).isEqualTo(list);
      assertThat(cold.repository().vault(ALICE).get(scene.github.id())).isEqualTo(scene.github);
    }
  }

  @Test
  void anOlderProfileOpensAndItsClaimsDecideWhoIsFound() {
    Map<String, AttributeValue> profile = scene.item("U#alice", "PROFILE");
    Map<String, AttributeValue> claim = scene.claim("EMAIL#", "alice");
    VaultUser before = scene.vaults.findUser(ALICE).orElseThrow();
    scene.vaults.updateUser(ALICE, 1, HostileScene.profile("new@example.com"));
    scene.inspector.put(profile);

    assertThat(scene.vaults.findUser(ALICE)).contains(before);
    assertThat(scene.vaults.findUserBy(UserKey.username("alice"))).contains(before);
    assertThat(scene.vaults.findUserBy(UserKey.email("alice@example.com"))).isEmpty();
    scene.refuses(
        "the newer claim",
        () -> scene.vaults.findUserBy(UserKey.email("new@example.com")),
        TamperedItemException.class);
    scene.inspector.put(claim);
    assertThat(scene.vaults.findUserBy(UserKey.email("alice@example.com"))).contains(before);
  }

  @Test
  void aClaimThatWasGivenUpLeadsNowhere() {
    Map<String, AttributeValue> claim = scene.claim("EMAIL#", "alice");
    scene.vaults.updateUser(ALICE, 1, HostileScene.profile("new@example.com"));
    scene.inspector.put(claim);

    scene.refuses(
        "put back",
        () -> scene.vaults.findUserBy(UserKey.email("alice@example.com")),
        TamperedItemException.class);
    assertThat(scene.vaults.findUserBy(UserKey.email("new@example.com"))).isPresent();
  }

  @Test
  void anOlderForwardingRowIsRefusedUnlessTheRowItPointsToIsPutBackToo() {
    String original = "CRED#" + scene.moved.id();
    Map<String, AttributeValue> forwarding = scene.item("U#alice", original);
    Map<String, AttributeValue> row = scene.item("U#alice", forwarding.get("f").s());
    vault.update(scene.moved.id(), 2, content("third.example", "third"));
    scene.inspector.put(forwarding);
    scene.refuses("alone", () -> vault.get(scene.moved.id()), TamperedItemException.class);

    scene.inspector.put(row);
    assertThat(vault.get(scene.moved.id()).version()).isEqualTo(2);
    assertThat(vault.open())
        .filteredOn(summary -> summary.id().equals(scene.moved.id()))
        .extracting(CredentialSummary::version)
        .containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void aCredentialFromBeforeItsMoveHidesTheMovedOneFromReadsByIdAndIsListedBesideIt() {
    Credential added = vault.add(content("before.example", "before"));
    Map<String, AttributeValue> before = scene.item(added);
    vault.update(added.id(), 1, content("after.example", "after"));
    scene.inspector.put(before);

    assertThat(vault.get(added.id()).version()).isEqualTo(1);
    assertThat(vault.open())
        .filteredOn(summary -> summary.id().equals(added.id()))
        .extracting(CredentialSummary::version)
        .containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void anotherTablesRootOpensNoVaultAndAPinnedTableIdRefusesItAtOnce() {
    String name = DynamoDbLocal.shared().newTableName("vault");
    try (EzyPass other = scene.local.open(b -> b.table(name))) {
      other.admin().createTable(TableOptions.minimal());
      other.admin().initialise();
    }
    scene.inspector.put(
        new TableInspector(DynamoDbLocal.shared().client(), name).item("TABLE", "ROOT"));
    try (EzyPass cold = scene.local.open(b -> b);
        EzyPass pinned = scene.local.open(b -> b.tableId(scene.local.tableId()))) {
      VaultRepository vaults = cold.repository();
      scene.refuses("open", () -> vaults.vault(ALICE).open(), TamperedItemException.class);
      scene.refuses("find", () -> vaults.findUser(BOB), TamperedItemException.class);
      scene.refuses(
          "list", () -> vaults.listUsers(PageRequest.first(10)), TamperedItemException.class);
      // Its lookup key is genuine, and gives other tags: nobody is found.
      assertThat(vaults.findUserBy(UserKey.email("alice@example.com"))).isEmpty();
      scene.refuses(
          "pinned", () -> pinned.repository().vault(ALICE).open(), NotInitialisedException.class);
    }
    assertThat(vault.open()).as("a process that read the root before").hasSize(3);
  }

  private void rotate() {
    var unused = scene.local.ezypass().admin().rotate(ALICE, JobOptions.unpaced());
  }

  private Secret password(Credential credential) {
    try (Credential read = vault.get(credential.id())) {
      Secret password = read.content().password();
      assertThat(password).isNotNull();
      return password.use((char[] chars) -> Secret.of(chars));
    }
  }

  private static CredentialContent content(String website, String password) {
    return HostileScene.content(website).toBuilder().password(Secret.of(password)).build();
  }
}
