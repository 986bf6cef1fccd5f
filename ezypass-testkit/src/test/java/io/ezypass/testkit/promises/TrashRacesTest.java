package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.Vault;
import io.ezypass.admin.Mode;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.dynamodb.Fault;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Others delete, restore and purge while one call is under way, or between its attempts. */
class TrashRacesTest {
  @ParameterizedTest
  @EnumSource(Api.class)
  void ofTwoDeletionsAtOnceOneMovesItAndBothSucceed(Api api) {
    try (Scene scene = new Scene(api)) {
      meanwhile(
          scene,
          "TransactWriteItems",
          () -> scene.others.as(Actor.of("rival")).vault(Scene.ALICE).delete(id(scene), 1));

      scene.vault().delete(id(scene), 1);

      assertThat(onlyTrashed(scene).version()).isEqualTo(2);
      assertThat(onlyTrashed(scene).deletedBy()).isEqualTo(Actor.of("rival"));
      agrees(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aDeletionThatAnEditOvertakesIsAConflict(Api api) {
    try (Scene scene = new Scene(api)) {
      meanwhile(scene, "TransactWriteItems", () -> edit(scene.othersVault(), id(scene), "rival"));

      VersionConflictException conflict = conflict(() -> scene.vault().delete(id(scene), 1));

      assertThat(conflict.stored()).isEqualTo(2);
      assertThat(stored(scene).content().login()).isEqualTo("rival");
      assertThat(trash(scene)).isEmpty();
      agrees(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aChangeThatADeletionOvertakesIsNotFoundAndLeavesNothing(Api api) {
    for (String password : List.of("correct horse", "staple")) {
      try (Scene scene = new Scene(api)) {
        meanwhile(
            scene,
            password.equals("staple") ? "TransactWriteItems" : "PutItem",
            () -> scene.othersVault().delete(id(scene), 1));

        assertThat(
                catchThrowableOfType(
                    CredentialNotFoundException.class,
                    () -> scene.vault().edit(id(scene), old -> Scene.with(old, password, "mine"))))
            .isNotNull();

        assertThat(scene.othersVault().open()).isEmpty();
        assertThat(onlyTrashed(scene).summary().login()).isEqualTo("first");
        agrees(scene);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void ofTwoThatRestoreAtOnceOneWins(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.othersVault().delete(id(scene), 1);
      meanwhile(
          scene, "TransactWriteItems", () -> scene.othersVault().trash().restore(id(scene), 2));

      VersionConflictException conflict =
          conflict(() -> scene.vault().trash().restore(id(scene), 2));

      assertThat(conflict.stored()).isEqualTo(3);
      assertThat(stored(scene).version()).isEqualTo(3);
      assertThat(trash(scene)).isEmpty();
      agrees(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void whatIsPurgedWhileItIsRestoredIsNotFoundAndStaysGone(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.othersVault().edit(id(scene), old -> Scene.with(old, "staple", "second"));
      scene.othersVault().delete(id(scene), 2);
      meanwhile(scene, "TransactWriteItems", () -> scene.othersVault().trash().purge(id(scene), 3));

      assertThat(
              catchThrowableOfType(
                  CredentialNotFoundException.class,
                  () -> scene.vault().trash().restore(id(scene), 3)))
          .isNotNull();

      assertThat(scene.local.inspector().partition("U#alice")).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void whatIsRestoredWhileItIsPurgedStaysWithItsRevisions(Api api) {
    for (boolean hasRevisions : new boolean[] {true, false}) {
      try (Scene scene = new Scene(api)) {
        long seen = 2;
        if (hasRevisions) {
          scene.othersVault().edit(id(scene), old -> Scene.with(old, "staple", "second"));
          seen++;
        }
        long trashed = seen;
        scene.othersVault().delete(id(scene), trashed - 1);
        meanwhile(
            scene,
            hasRevisions ? "TransactWriteItems" : "DeleteItem",
            () -> scene.othersVault().trash().restore(id(scene), trashed));
        scene
            .local
            .faults()
            .once(Fault.LOST_REQUEST, hasRevisions ? "TransactWriteItems" : "DeleteItem");

        VersionConflictException conflict =
            conflict(() -> scene.vault().trash().purge(id(scene), trashed));

        assertThat(conflict.stored()).isEqualTo(trashed + 1);
        assertThat(stored(scene).version()).isEqualTo(trashed + 1);
        assertThat(scene.othersVault().history().list(id(scene))).hasSize(hasRevisions ? 1 : 0);
        agrees(scene);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anEmptiedTrashLeavesWhatIsRestoredMeanwhile(Api api) {
    try (Scene scene = new Scene(api)) {
      Credential other = scene.othersVault().add(Scene.content("github.com", "other"));
      scene.othersVault().delete(id(scene), 1);
      scene.othersVault().delete(other.id(), 1);
      meanwhile(scene, "DeleteItem", () -> scene.othersVault().trash().restore(id(scene), 2));

      int purged = scene.vault().trash().empty();

      assertThat(trash(scene)).isEmpty();
      assertThat(purged + scene.othersVault().open().size()).isEqualTo(2);
      agrees(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anUpdateWhoseCredentialGoesToTheTrashBeforeItsRetryResolvesAsAppliedThere(Api api) {
    try (Scene scene = new Scene(api)) {
      PendingWrite pending =
          unknownAfter(scene, () -> scene.othersVault().delete(scene.credential.id(), 2));

      assertThat(scene.others.resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
      assertThat(scene.othersVault().open()).isEmpty();
      Credential restored = scene.othersVault().trash().restore(scene.credential.id(), 3);
      assertThat(restored.content().login()).isEqualTo("changed");
      assertThat(scene.others.resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anUpdateWhoseCredentialIsPurgedBeforeItsRetryIsUnknownAndStaysSo(Api api) {
    try (Scene scene = new Scene(api)) {
      PendingWrite pending =
          unknownAfter(
              scene,
              () -> {
                scene.othersVault().delete(scene.credential.id(), 2);
                scene.othersVault().trash().purge(scene.credential.id(), 3);
              });

      assertThat(scene.others.resolve(pending)).isEqualTo(WriteOutcome.UNKNOWN);
      assertThat(scene.othersVault().open()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anUpdateThatDidNotGetThroughBeforeItsCredentialWentToTheTrashResolvesAsNotApplied(Api api) {
    try (Scene scene = new Scene(api)) {
      scene
          .local
          .faults()
          .beforeSend("PutItem", () -> scene.othersVault().delete(scene.credential.id(), 1));
      scene.local.faults().once(Fault.LOST_REQUEST, "PutItem");

      PendingWrite pending = unknown(() -> update(scene));

      assertThat(scene.others.resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aDeletionIsAppliedOnceAlthoughOthersRestoreAndChangeBeforeItsRetry(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "TransactWriteItems");
      scene
          .local
          .faults()
          .afterSend(
              "TransactWriteItems",
              () -> {
                scene.othersVault().trash().restore(scene.credential.id(), 2);
                overwrite(scene, 6);
              });

      scene.vault().delete(scene.credential.id(), 1);

      assertThat(stored(scene).version()).isEqualTo(9);
    }
  }

  /** The second stated exception: an add that is repeated late brings back what was deleted. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void anAddThatIsRepeatedAfterItsDeletionStandsBesideItsCopyInTheTrash(Api api) {
    try (Scene scene = new Scene(api)) {
      CredentialId added =
          addedAgain(scene, second -> scene.othersVault().delete(second.id(), 1)).id();

      assertThat(scene.othersVault().get(added).version()).isEqualTo(1);
      assertThat(onlyTrashed(scene).version()).isEqualTo(2);
      assertThat(conflict(() -> scene.vault().trash().restore(added, 2)).stored()).isEqualTo(1);

      scene.vault().delete(added, 1);
      assertThat(onlyTrashed(scene).version()).isEqualTo(2);
      agrees(scene);
      assertThat(scene.vault().trash().restore(added, 2).version()).isEqualTo(3);
      agrees(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anAddThatIsRepeatedAfterItsMoveAndDeletionIsAConflictForWhoRestores(Api api) {
    try (Scene scene = new Scene(api)) {
      CredentialId added =
          addedAgain(
                  scene,
                  second -> {
                    scene
                        .othersVault()
                        .update(second.id(), 1, Scene.content("example.com", "moved"));
                    scene.othersVault().delete(second.id(), 2);
                  })
              .id();

      assertThat(conflict(() -> scene.vault().trash().restore(added, 3)).stored()).isEqualTo(1);

      scene.vault().delete(added, 1);
      assertThat(onlyTrashed(scene).summary().login()).isEqualTo("second");
      agrees(scene);
    }
  }

  private interface Deed {
    void with(CredentialSummary second);
  }

  /** An add that takes effect twice: others undo it before its retry. */
  private static Credential addedAgain(Scene scene, Deed undo) {
    scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
    scene
        .local
        .faults()
        .afterSend(
            "PutItem",
            () ->
                scene.othersVault().open().stream()
                    .filter(summary -> "second".equals(summary.login()))
                    .forEach(undo::with));
    return scene.vault().add(Scene.content("gitlab.com", "second"));
  }

  /** Before the next request of that kind is sent. */
  private static void meanwhile(Scene scene, String operation, Runnable others) {
    scene.local.faults().beforeSend(operation, others);
  }

  private static void edit(Vault vault, CredentialId id, String login) {
    vault.edit(id, old -> old.toBuilder().login(login).build());
  }

  private static CredentialId id(Scene scene) {
    return scene.credential.id();
  }

  private static Credential stored(Scene scene) {
    return scene.othersVault().get(id(scene));
  }

  private static List<TrashedCredential> trash(Scene scene) {
    return scene.othersVault().trash().list(PageRequest.first(10)).items();
  }

  private static TrashedCredential onlyTrashed(Scene scene) {
    assertThat(trash(scene)).hasSize(1);
    return trash(scene).get(0);
  }

  private static VersionConflictException conflict(Runnable call) {
    VersionConflictException conflict =
        catchThrowableOfType(VersionConflictException.class, call::run);
    assertThat(conflict).isNotNull();
    return conflict;
  }

  private static Credential update(Scene scene) {
    return scene.vault().update(id(scene), 1, Scene.content("github.com", "changed"));
  }

  private static void overwrite(Scene scene, int writers) {
    for (int i = 0; i < writers; i++) {
      edit(scene.othersVault(), id(scene), "later " + i);
    }
  }

  /** An update that took effect, and whose answer got lost before somebody did that. */
  private static PendingWrite unknownAfter(Scene scene, Runnable others) {
    scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
    scene.local.faults().afterSend("PutItem", others);
    return unknown(() -> update(scene));
  }

  private static PendingWrite unknown(Runnable write) {
    WriteOutcomeUnknownException unknown =
        catchThrowableOfType(WriteOutcomeUnknownException.class, write::run);
    assertThat(unknown).as("the write ends in WriteOutcomeUnknownException").isNotNull();
    return unknown.pending();
  }

  /** Every row is one that another row says is there, and ends when that one says. */
  private static void agrees(Scene scene) {
    assertThat(scene.otherProcess.admin().repair(Scene.ALICE, Mode.DRY_RUN).findings()).isEmpty();
  }
}
