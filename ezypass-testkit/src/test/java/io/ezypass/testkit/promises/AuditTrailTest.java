package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.AuditScene.AUDITED;
import static io.ezypass.testkit.promises.AuditScene.actions;
import static io.ezypass.testkit.promises.AuditScene.change;
import static io.ezypass.testkit.promises.AuditScene.events;
import static io.ezypass.testkit.promises.AuditScene.row;
import static io.ezypass.testkit.promises.AuditScene.rows;
import static io.ezypass.testkit.promises.AuditScene.trail;
import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.BatchOptions;
import io.ezypass.Vault;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.NewUser;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which writes leave which events, and what that costs. */
class AuditTrailTest {
  @ParameterizedTest
  @EnumSource(Api.class)
  void everyWriteOfACredentialLeavesItsEventInItsTransaction(Api api) {
    try (Scene scene = AuditScene.start(api)) {
      Vault vault = scene.vault();
      CredentialId id = scene.credential.id();
      Map<String, Integer> change = Map.of("GetItem", 1, "Query", 1, "TransactWriteItems", 1);

      sends(scene, change, () -> vault.update(id, 1, Scene.content("github.com", "second")));
      sends(scene, change, () -> vault.edit(id, seen -> seen.toBuilder().title("t").build()));
      sends(scene, change, () -> vault.update(id, 3, Write.otherSecret("third")));
      sends(
          scene,
          Map.of("GetItem", 2, "Query", 1, "TransactWriteItems", 1),
          () -> vault.history().revert(id, 4, 3));
      sends(scene, change, () -> vault.update(id, 5, Scene.content("gitlab.com", "moved")));
      sends(
          scene,
          Map.of("GetItem", 2, "Query", 1, "TransactWriteItems", 1),
          () -> vault.delete(id, 6));
      sends(scene, change, () -> vault.trash().restore(id, 7));
      vault.delete(id, 8);
      sends(scene, Map.of("Query", 2, "TransactWriteItems", 1), () -> vault.trash().purge(id, 9));

      assertThat(trail(scene).stream().map(event -> event.changes().get(0)))
          .containsExactly(
              new AuditedChange(Action.REGISTER, null, 1, null),
              change(Action.ADD, id, 1),
              change(Action.UPDATE, id, 2),
              change(Action.UPDATE, id, 3),
              change(Action.UPDATE, id, 4),
              change(Action.REVERT, id, 5),
              change(Action.UPDATE, id, 6),
              change(Action.TRASH, id, 7),
              change(Action.RESTORE, id, 8),
              change(Action.TRASH, id, 9),
              change(Action.PURGE, id, 9));
      assertThat(trail(scene))
          .allMatch(event -> event.actor().equals(Actor.user(ALICE)))
          .allMatch(event -> event.changes().size() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void whatIsDeletedWithoutATrashLeavesAnEvent(Api api) {
    VaultPolicies policies = AUDITED.withTrash(TrashPolicy.off());
    try (Scene scene = new Scene(api, builder -> builder.policies(policies))) {
      Vault vault = scene.vaults.as(Actor.of("support")).vault(ALICE);
      CredentialId moved = scene.credential.id();
      vault.update(moved, 1, Scene.content("gitlab.com", "moved"));
      Credential plain = vault.add(Scene.content("github.com", "plain"));
      scene.local.resetCounts();

      vault.delete(moved, 2);
      vault.delete(plain.id(), 1);
      vault.delete(plain.id(), 1);
      assertThatThrownBy(() -> vault.delete(vault.add(Scene.content("a.example", "a")).id(), 3))
          .isInstanceOf(VersionConflictException.class);

      assertThat(scene.local.calls().counts()).doesNotContainKey("DeleteItem");
      assertThat(trail(scene).stream().skip(4).map(event -> event.changes().get(0)))
          .startsWith(change(Action.DELETE, moved, 2), change(Action.DELETE, plain.id(), 1))
          .extracting(AuditedChange::action)
          .containsExactly(Action.DELETE, Action.DELETE, Action.ADD);
      assertThat(trail(scene).get(4).actor()).isEqualTo(Actor.of("support"));
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void emptyingTheTrashLeavesAnEventForEach(Api api) {
    try (Scene scene = AuditScene.start(api)) {
      scene.vault().delete(scene.credential.id(), 1);
      Credential other = scene.vault().add(Scene.content("github.com", "other"));
      scene.vault().delete(other.id(), 1);

      assertThat(scene.vault().trash().empty()).isEqualTo(2);

      assertThat(actions(scene))
          .endsWith(Action.TRASH, Action.ADD, Action.TRASH, Action.PURGE, Action.PURGE);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aBatchHasOneEventForEachChunk(Api api) {
    try (Scene scene = AuditScene.start(api)) {
      List<CredentialContent> contents =
          Collections.nCopies(150, Scene.content("github.com", "many"));
      List<CredentialId> ids =
          scene
              .vault()
              .batch()
              .add(BatchId.of("a"), contents, BatchOptions.standard())
              .items()
              .stream()
              .map(item -> item.id())
              .toList();
      assertThat(scene.local.calls().counts())
          .isEqualTo(Map.of("Query", 3, "TransactWriteItems", 2));

      scene
          .vault()
          .batch()
          .delete(
              BatchId.of("b"),
              ids.stream().limit(3).map(id -> new CredentialVersion(id, 1)).toList(),
              BatchOptions.standard());

      List<AuditEvent> events = trail(scene).subList(2, 5);
      assertThat(events).extracting(event -> event.changes().size()).containsExactly(98, 52, 3);
      List<CredentialId> added = new ArrayList<>();
      events.subList(0, 2).forEach(e -> e.changes().forEach(c -> added.add(c.credential())));
      assertThat(added).isEqualTo(ids);
      assertThat(events.get(2).changes())
          .isEqualTo(ids.stream().limit(3).map(id -> change(Action.TRASH, id, 2)).toList());
    }
  }

  @Test
  void aBatchWithoutTrashSaysWhatItDeleted() {
    VaultPolicies policies = AUDITED.withTrash(TrashPolicy.off());
    try (Scene scene = new Scene(Api.SYNC, builder -> builder.policies(policies))) {
      CredentialVersion item = new CredentialVersion(scene.credential.id(), 1);
      scene.vault().batch().delete(BatchId.of("b"), List.of(item), BatchOptions.standard());

      assertThat(trail(scene).get(2).changes())
          .containsExactly(change(Action.DELETE, scene.credential.id(), 1));
      scene.vault().batch().delete(BatchId.of("c"), List.of(item), BatchOptions.standard());
      assertThat(trail(scene)).as("what was done already leaves no event").hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void writesOfAUserLeaveEvents(Api api) {
    try (Scene scene = AuditScene.start(api)) {
      scene.vaults.updateUser(ALICE, 1, scene.alice.profile().withDisplayName("Alice"));
      scene.vaults.updateUser(ALICE, 2, scene.alice.profile().withEmail("a@example.com"));

      assertThat(trail(scene).stream().map(event -> event.changes().get(0)))
          .startsWith(new AuditedChange(Action.REGISTER, null, 1, null))
          .endsWith(
              new AuditedChange(Action.UPDATE_USER, null, 2, null),
              new AuditedChange(Action.UPDATE_USER, null, 3, null));
    }
  }

  @Test
  void aRowThatIsLeftDoesNotKeepAUserFromRegistering() {
    try (Scene scene = AuditScene.start(Api.SYNC)) {
      Map<String, AttributeValue> left = new HashMap<>(row(scene, 0));
      left.put("pk", AttributeValue.fromS("U#bob"));
      scene.local.inspector().put(left);

      scene.vaults.register(NewUser.withId(UserId.of("bob")));

      assertThat(events(scene.vaults.vault(UserId.of("bob")), AuditRange.all(), 10)).hasSize(1);
    }
  }

  @Test
  void withoutThePolicyNothingIsLeft() {
    try (Scene scene = AuditScene.start(Api.SYNC)) {
      scene.othersVault().edit(scene.credential.id(), seen -> seen.toBuilder().title("t").build());
      scene.othersVault().delete(scene.credential.id(), 2);
      scene.others.updateUser(ALICE, 1, scene.alice.profile().withDisplayName("Alice"));

      assertThat(actions(scene)).containsExactly(Action.REGISTER, Action.ADD);
    }
    try (Scene scene = new Scene(Api.SYNC)) {
      scene.vault().delete(scene.credential.id(), 1);

      assertThat(rows(scene)).isEmpty();
      assertThat(trail(scene)).isEmpty();
    }
  }

  @Test
  void aDeletedUserLeavesNoTrail() {
    try (Scene scene = AuditScene.start(Api.SYNC)) {
      scene.vaults.deleteUser(ALICE);

      assertThat(rows(scene)).isEmpty();
    }
  }

  private static void sends(Scene scene, Map<String, Integer> requests, Runnable write) {
    scene.local.resetCounts();
    int before = rows(scene).size();
    write.run();
    assertThat(scene.local.calls().counts()).isEqualTo(requests);
    assertThat(rows(scene)).hasSize(before + 1);
  }
}
