package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.error.VaultException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.dynamodb.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Others write between the attempts of one call. The operation ids that an item names tell whether
 * the first attempt took effect; beyond the last five, the outcome is unknown.
 */
class OvertakenWriteTest {
  static Stream<Arguments> laterWriters() {
    return Stream.of(Api.values())
        .flatMap(
            api -> IntStream.rangeClosed(1, 6).mapToObj(writers -> Arguments.of(api, writers)));
  }

  @ParameterizedTest
  @MethodSource("laterWriters")
  void anUpdateThatWasAppliedIsRecognisedBehindUpToFourLaterOnes(Api api, int writers) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene.local.faults().afterSend("PutItem", () -> overwrite(scene, writers));

      if (writers <= 4) {
        Credential changed = update(scene);

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.content().login()).isEqualTo("changed");
      } else {
        PendingWrite pending = unknown(() -> update(scene));

        assertThat(scene.others.resolve(pending)).isEqualTo(WriteOutcome.UNKNOWN);
      }
      assertThat(stored(scene).version()).isEqualTo(2 + writers);
    }
  }

  @ParameterizedTest
  @MethodSource("laterWriters")
  void anUpdateThatWasNotAppliedIsAConflictBehindUpToFiveOthers(Api api, int writers) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().beforeSend("PutItem", () -> overwrite(scene, writers));
      scene.local.faults().once(Fault.LOST_REQUEST, "PutItem");

      if (writers <= 5) {
        VersionConflictException conflict =
            catchThrowableOfType(VersionConflictException.class, () -> update(scene));

        assertThat(conflict.seen()).isEqualTo(1);
        assertThat(conflict.stored()).isEqualTo(1 + writers);
      } else {
        PendingWrite pending = unknown(() -> update(scene));

        assertThat(scene.others.resolve(pending)).isEqualTo(WriteOutcome.UNKNOWN);
      }
      assertThat(stored(scene).version()).isEqualTo(1 + writers);
    }
  }

  @ParameterizedTest
  @MethodSource("laterWriters")
  void aProfileThatWasAppliedIsRecognisedBehindUpToFourLaterOnes(Api api, int writers) {
    try (Scene scene = new Scene(api)) {
      UserProfile mine = new UserProfile("alice", "alice@example.com", "Alice");
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene
          .local
          .faults()
          .afterSend(
              "PutItem",
              () ->
                  IntStream.range(0, writers)
                      .forEach(
                          i ->
                              scene.others.updateUser(
                                  Scene.ALICE, 2 + i, mine.withDisplayName("Later " + i))));

      if (writers <= 4) {
        VaultUser updated = scene.vaults.updateUser(Scene.ALICE, 1, mine);

        assertThat(updated.version()).isEqualTo(2);
        assertThat(updated.displayName()).isEqualTo("Alice");
      } else {
        PendingWrite pending = unknown(() -> scene.vaults.updateUser(Scene.ALICE, 1, mine));

        assertThat(scene.others.resolve(pending)).isEqualTo(WriteOutcome.UNKNOWN);
      }
      assertThat(scene.others.findUser(Scene.ALICE).orElseThrow().version()).isEqualTo(2 + writers);
    }
  }

  @ParameterizedTest
  @MethodSource("laterWriters")
  void anAddedCredentialIsRecognisedHoweverOftenItWasChangedSince(Api api, int writers) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene.local.faults().afterSend("PutItem", () -> changeSecond(scene, writers));

      Credential added = scene.vault().add(Scene.content("example.com", "second"));

      assertThat(added.version()).isEqualTo(1);
      assertThat(scene.othersVault().get(added.id()).version()).isEqualTo(1 + writers);
      assertThat(scene.othersVault().open()).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("laterWriters")
  void anAddedCredentialResolvesAsAppliedHoweverOftenItWasChangedSince(Api api, int writers) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().wholeCall(Fault.LOST_RESPONSE, "PutItem");
      PendingWrite pending =
          unknown(() -> scene.vault().add(Scene.content("example.com", "second")));
      changeSecond(scene, writers);

      assertThat(scene.vaults.resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aChangeOfWebsiteIsAppliedOnceAlthoughOthersWriteBeforeItsRetry(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "TransactWriteItems");
      scene.local.faults().afterSend("TransactWriteItems", () -> overwrite(scene, 6));

      Credential moved =
          scene.vault().update(scene.credential.id(), 1, Scene.content("gitlab.com", "changed"));

      assertThat(moved.version()).isEqualTo(2);
      assertThat(stored(scene).version()).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anUpdateIsRecognisedWhereItsCredentialHasMovedTo(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene.local.faults().afterSend("PutItem", () -> moveOnce(scene, 2, "gitlab.com"));

      assertThat(update(scene).version()).isEqualTo(2);
      assertThat(stored(scene).content().website().value()).isEqualTo("gitlab.com");
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anUpdateThatCannotBeLookedUpWhereItHasMovedToIsNotCalledUnwritten(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene
          .local
          .faults()
          .afterSend(
              "PutItem",
              () -> {
                moveOnce(scene, 2, "gitlab.com");
                scene.local.faults().wholeCall(Fault.LOST_RESPONSE, "GetItem");
              });

      PendingWrite pending = unknown(() -> update(scene));

      assertThat(scene.others.resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anUpdateOfAMovedCredentialThatMovesOnResolvesAsApplied(Api api) {
    try (Scene scene = new Scene(api)) {
      moveOnce(scene, 1, "gitlab.com");
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene.local.faults().afterSend("PutItem", () -> moveOnce(scene, 3, "example.com"));

      PendingWrite pending =
          unknown(
              () ->
                  scene
                      .vault()
                      .update(scene.credential.id(), 2, Scene.content("gitlab.com", "changed")));

      assertThat(scene.vaults.resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anEditThatLosesDuringARetryStartsAgainAndKeepsBothChanges(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().beforeSend("PutItem", () -> overwrite(scene, 1));
      scene.local.faults().once(Fault.LOST_REQUEST, "PutItem");

      Credential edited =
          scene
              .vault()
              .edit(
                  scene.credential.id(),
                  content -> content.toBuilder().login(content.login() + " edited").build());

      assertThat(edited.version()).isEqualTo(3);
      assertThat(stored(scene).content().login()).isEqualTo("later 0 edited");
    }
  }

  /**
   * The proof that the operation id carries the promise: named otherwise, nothing is recognised.
   */
  @ParameterizedTest
  @EnumSource(Api.class)
  void withoutItsOperationIdAnAppliedUpdateIsNotRecognised(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene
          .local
          .faults()
          .afterSend("PutItem", () -> nameAnotherOperation(scene, "CRED#" + id(scene)));

      assertThat(catchThrowableOfType(VaultException.class, () -> update(scene))).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void withoutItsOperationIdAnAddedCredentialIsNotRecognised(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene
          .local
          .faults()
          .afterSend(
              "PutItem",
              () ->
                  scene.local.inspector().partition("U#alice").stream()
                      .map(item -> item.get("sk").s())
                      .filter(sk -> sk.startsWith("CRED#") && !sk.endsWith(id(scene)))
                      .forEach(sk -> nameAnotherOperation(scene, sk)));

      scene.vault().add(Scene.content("example.com", "second"));

      // It took the stored row for somebody else's, and added another one.
      assertThat(scene.local.calls().count("PutItem")).isEqualTo(2);
    }
  }

  static Stream<Arguments> sealedWrites() {
    return Stream.of(
            UserWrite.REGISTER,
            UserWrite.UPDATE_USER,
            UserWrite.UPDATE_USER_WITH_CLAIMS,
            CredentialWrite.ADD,
            CredentialWrite.UPDATE,
            CredentialWrite.CHANGE_WEBSITE,
            CredentialWrite.CHANGE_WEBSITE_BACK,
            CredentialWrite.UPDATE_KEEPING,
            CredentialWrite.REVERT,
            TrashWrite.TRASH,
            TrashWrite.RESTORE)
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("sealedWrites")
  void withoutItsOperationIdAnAppliedWriteDoesNotResolveAsApplied(Write write) {
    try (Scene scene = new Scene(Api.SYNC)) {
      write.prepare(scene);
      List<String> before = headers(scene);
      scene.local.faults().wholeCall(Fault.LOST_RESPONSE, write.operation());
      PendingWrite pending = unknown(() -> write.run(scene));
      assertThat(scene.vaults.resolve(pending)).isEqualTo(WriteOutcome.APPLIED);

      scene.local.inspector().items().stream()
          .filter(item -> item.containsKey("h") && !before.contains(item.get("h").toString()))
          .forEach(item -> scene.local.inspector().put(renamed(item)));

      assertThat(scene.vaults.resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    }
  }

  private static Credential update(Scene scene) {
    return scene.vault().update(scene.credential.id(), 1, Scene.content("github.com", "changed"));
  }

  private static Credential stored(Scene scene) {
    return scene.othersVault().get(scene.credential.id());
  }

  private static String id(Scene scene) {
    return scene.credential.id().value();
  }

  private static void overwrite(Scene scene, int writers) {
    for (int i = 0; i < writers; i++) {
      String login = "later " + i;
      scene
          .othersVault()
          .edit(scene.credential.id(), content -> content.toBuilder().login(login).build());
    }
  }

  private static void moveOnce(Scene scene, long seen, String website) {
    scene.othersVault().update(scene.credential.id(), seen, Scene.content(website, "moved"));
  }

  private static void changeSecond(Scene scene, int times) {
    scene.othersVault().open().stream()
        .filter(summary -> "second".equals(summary.login()))
        .forEach(
            summary ->
                IntStream.rangeClosed(1, times)
                    .forEach(
                        seen ->
                            scene
                                .othersVault()
                                .update(
                                    summary.id(), seen, Scene.content("example.com", "third"))));
  }

  private static PendingWrite unknown(Runnable write) {
    WriteOutcomeUnknownException unknown =
        catchThrowableOfType(WriteOutcomeUnknownException.class, write::run);
    assertThat(unknown).as("the write ends in WriteOutcomeUnknownException").isNotNull();
    return unknown.pending();
  }

  private static List<String> headers(Scene scene) {
    return scene.local.inspector().items().stream()
        .filter(item -> item.containsKey("h"))
        .map(item -> item.get("h").toString())
        .toList();
  }

  private static void nameAnotherOperation(Scene scene, String sortKey) {
    scene.local.inspector().put(renamed(scene.local.inspector().item("U#alice", sortKey)));
  }

  /** The item with another operation id in its header: bytes 4 to 20. */
  private static Map<String, AttributeValue> renamed(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    byte[] header = item.get("h").b().asByteArray();
    for (int at = 4; at < 20; at++) {
      header[at] ^= 0x55;
    }
    changed.put("h", AttributeValue.fromB(SdkBytes.fromByteArray(header)));
    return changed;
  }
}
