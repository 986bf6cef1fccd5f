package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VaultException;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What writes and deletions do on items that somebody damaged, and what heals. */
class HostileWriteTest {
  private final HostileScene scene = new HostileScene();
  private final Vault vault = scene.vaults.vault(ALICE);

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void aDamagedSecretPartLeavesListsAloneAndIsHealedByAnUpdate() {
    scene.inspector.flip("U#alice", "CRED#" + scene.github.id(), "s", 5);

    assertThat(vault.open()).hasSize(3);
    // An update replaces the secrets, so it needs none of the old ones.
    vault.update(scene.github.id(), 1, HostileScene.content("github.com"));
    assertThat(vault.get(scene.github.id()).content().password())
        .isEqualTo(Secret.of("canary-password"));
  }

  @Test
  void aRowWhoseForwardingRowIsDamagedIsNotDeletedInPart() {
    String original = "CRED#" + scene.moved.id();
    Map<String, AttributeValue> row = scene.item("U#alice", original);
    String rand = original.substring(original.length() - 16);
    Map<String, AttributeValue> targets = new LinkedHashMap<>();
    targets.put("another credential", text("CRED#" + scene.github.id()));
    targets.put("a missing one of another rand", text("CRED#" + "A".repeat(28)));
    targets.put("a missing one of the same rand", text("CRED#AAAAAAAAAAAA" + rand));
    targets.put("itself", text(original));
    targets.put("a number", AttributeValue.fromN("1"));
    targets.forEach(
        (what, target) -> {
          Map<String, AttributeValue> damaged = new HashMap<>(row);
          damaged.put("f", target);
          scene.inspector.put(damaged);
          refusedLeavingAll("to " + what, () -> vault.delete(scene.moved.id(), 2));
        });
  }

  @Test
  void aRowPlantedWhereACredentialWouldMoveToIsNotOverwrittenAndNotCalledAConflict() {
    String id = scene.github.id().value();
    Map<String, AttributeValue> planted = new HashMap<>(scene.item(scene.github));
    String tag = scene.example.id().value().substring(0, 12);
    planted.put("sk", text("CRED#" + tag + id.substring(12)));
    scene.inspector.put(planted);

    refusedLeavingAll(
        "planted", () -> vault.update(scene.github.id(), 1, HostileScene.content("example.com")));
  }

  @Test
  void aDeletionOfARowWithoutItsVersionIsRefusedAsTampering() {
    scene.inspector.change("U#alice", "CRED#" + scene.github.id(), item -> item.remove("v"));

    refusedLeavingAll("no version", () -> vault.delete(scene.github.id(), 1));
  }

  @Test
  void aClaimThatWasRedirectedIsNotGivenUpByItsFormerOwnerNorTakenOver() {
    scene.inspector.change(
        scene.claim("EMAIL#", "alice").get("pk").s(), "CLAIM", item -> item.put("u", text("bob")));

    refusedLeavingAll(
        "given up",
        () -> scene.vaults.updateUser(ALICE, 1, HostileScene.profile("new@example.com")));
    refusedLeavingAll(
        "taken over",
        AlreadyExistsException.class,
        () -> scene.vaults.register(NewUser.withEmail("alice@example.com")));
  }

  @Test
  void aDamagedTableIdOpensNoVaultAndARepairedOneDoesSoInTheSameProcess() {
    Map<String, AttributeValue> root = scene.item("TABLE", "ROOT");
    try (EzyPass fresh = scene.local.open(b -> b)) {
      scene.inspector.flip("TABLE", "ROOT", "t", 77);
      scene.refuses(
          "table id", () -> fresh.repository().vault(ALICE).open(), TamperedItemException.class);

      scene.inspector.put(root);
      assertThat(fresh.repository().vault(ALICE).open()).hasSize(3);
    }
  }

  private void refusedLeavingAll(String what, Runnable write) {
    refusedLeavingAll(what, TamperedItemException.class, write);
  }

  private void refusedLeavingAll(
      String what, Class<? extends VaultException> expected, Runnable write) {
    List<Map<String, AttributeValue>> before = scene.inspector.items();
    assertThat(catchThrowable(write::run)).as(what).isExactlyInstanceOf(expected);
    assertThat(scene.inspector.items()).as(what).isEqualTo(before);
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}
