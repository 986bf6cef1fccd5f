package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.JobOptions;
import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.dynamodb.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Grants are given and revoked while the credential or one of the users changes. */
class SharingRacesTest {
  private static final UserId BOB = UserId.of("bob");
  private static final UserId CARL = UserId.of("carl");

  @ParameterizedTest
  @EnumSource(Api.class)
  void aGrantThatIsRevokedWhileItsEndChangesStaysRevoked(Api api) {
    try (Scene scene = shared(api)) {
      meanwhile(
          scene, "TransactWriteItems", () -> scene.othersVault().sharing().revoke(id(scene), BOB));
      scene.vault().edit(id(scene), old -> old.toBuilder().expiresAt(inDays(scene, 3)).build());
      assertThat(shareRows(scene)).isEmpty();
      hidden(scene, BOB);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void theEndThatAnUpdateOvertakesIsTheGrantsToo(Api api) {
    try (Scene scene = shared(api)) {
      meanwhile(
          scene,
          "TransactWriteItems",
          () ->
              scene
                  .othersVault()
                  .edit(id(scene), old -> old.toBuilder().expiresAt(inDays(scene, 3)).build()));
      scene.vault().sharing().share(id(scene), NewGrant.to(CARL));
      scene.local.clock().advance(Duration.ofDays(4));
      hidden(scene, BOB);
      hidden(scene, CARL);
      assertThat(shareRows(scene)).hasSize(4).allMatch(row -> row.containsKey("ttl"));
    }
  }

  /** The update compares the count of grants, and carries on the one that it finds then. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void aGrantThatOvertakesAnUpdateGoesWithTheCredential(Api api) {
    try (Scene scene = shared(api)) {
      meanwhile(
          scene,
          "PutItem",
          () -> scene.othersVault().sharing().share(id(scene), NewGrant.to(CARL)));
      scene.vault().edit(id(scene), old -> old.toBuilder().login("second").build()).close();
      assertThat(login(scene, CARL)).isEqualTo("second");
      scene.vault().delete(id(scene), 2);
      assertThat(shareRows(scene)).isEmpty();
    }
  }

  /** Both seal the row again in its version: whoever comes second starts from what is there. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void theFirstGrantAndARotationDoNotUndoEachOther(Api api) {
    for (String request : List.of("TransactWriteItems", "UpdateItem")) {
      try (Scene scene = new Scene(api)) {
        scene.vaults.register(NewUser.withId(BOB));
        Runnable share = () -> scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
        Runnable rotate =
            () -> scene.otherProcess.admin().rotate(Scene.ALICE, JobOptions.unpaced());
        if (request.equals("TransactWriteItems")) {
          meanwhile(scene, request, rotate);
          share.run();
        } else {
          meanwhile(
              scene,
              request,
              () -> scene.othersVault().sharing().share(id(scene), NewGrant.to(BOB)));
          scene.local.ezypass().admin().rotate(Scene.ALICE, JobOptions.unpaced());
        }
        assertThat(login(scene, BOB)).isEqualTo("first");
        scene.vault().edit(id(scene), old -> old.toBuilder().login("second").build()).close();
        assertThat(login(scene, BOB)).isEqualTo("second");
        scene.vault().delete(id(scene), 2);
        assertThat(shareRows(scene)).isEmpty();
      }
    }
  }

  /** Into the trash and, before and after it knows of grants, for good. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void aGrantThatOvertakesADeletionGoesWithTheCredential(Api api) {
    for (String request : List.of("TransactWriteItems", "DeleteItem")) {
      try (Scene scene = shared(api);
          EzyPass forGood = scene.local.open(b -> b.policies(Scene.KEEP_NOTHING))) {
        meanwhile(
            scene,
            request,
            () -> scene.othersVault().sharing().share(id(scene), NewGrant.to(CARL)));
        api.of(forGood).vault(Scene.ALICE).delete(id(scene), 1);
        assertThat(shareRows(scene)).isEmpty();
        assertThat(scene.local.inspector().partition("U#alice")).hasSize(2);
      }
    }
    try (Scene scene = shared(api)) {
      meanwhile(
          scene,
          "TransactWriteItems",
          () -> scene.othersVault().sharing().share(id(scene), NewGrant.to(CARL)));
      scene.vault().delete(id(scene), 1);
      assertThat(shareRows(scene)).isEmpty();
      scene.vault().trash().restore(id(scene), 2).close();
      hidden(scene, BOB);
      hidden(scene, CARL);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void whatIsDeletedWhileItIsSharedIsNotFound(Api api) {
    try (Scene scene = shared(api)) {
      meanwhile(scene, "TransactWriteItems", () -> scene.othersVault().delete(id(scene), 1));
      assertThat(
              catchThrowableOfType(
                  CredentialNotFoundException.class,
                  () -> scene.vault().sharing().share(id(scene), NewGrant.to(CARL))))
          .isNotNull();
      assertThat(shareRows(scene)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aRecipientWhoIsDeletedMeanwhileGetsNothing(Api api) {
    try (Scene scene = shared(api)) {
      meanwhile(scene, "TransactWriteItems", () -> scene.others.deleteUser(CARL));
      assertThat(
              catchThrowableOfType(
                  UserNotFoundException.class,
                  () -> scene.vault().sharing().share(id(scene), NewGrant.to(CARL))))
          .isNotNull();
      // The rows of one who is deleted while all grants are rewritten do not come back.
      meanwhile(scene, "TransactWriteItems", () -> scene.others.deleteUser(BOB));
      scene
          .vault()
          .edit(id(scene), old -> old.toBuilder().expiresAt(inDays(scene, 3)).build())
          .close();
      assertThat(shareRows(scene)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void ofTwoWhoShareAtOnceOneMakesTheGrant(Api api) {
    try (Scene scene = shared(api)) {
      meanwhile(
          scene,
          "TransactWriteItems",
          () -> scene.othersVault().sharing().share(id(scene), NewGrant.to(CARL)));
      assertThat(
              catchThrowableOfType(
                  AlreadySharedException.class,
                  () -> scene.vault().sharing().share(id(scene), NewGrant.to(CARL))))
          .isNotNull();
      assertThat(scene.vault().sharing().grants(id(scene))).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aMoveOrARevocationInBetweenStandsInNobodysWay(Api api) {
    try (Scene scene = shared(api)) {
      meanwhile(
          scene, "TransactWriteItems", () -> move(scene.othersVault(), id(scene), "gitlab.com"));
      scene.vault().sharing().revoke(id(scene), BOB);
      hidden(scene, BOB);
      meanwhile(
          scene, "TransactWriteItems", () -> move(scene.othersVault(), id(scene), "example.com"));
      scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
      // Between the two reads of the one who opens it.
      meanwhile(
          scene, "TransactGetItems", () -> move(scene.othersVault(), id(scene), "github.com"));
      assertThat(login(scene, BOB)).isEqualTo("first");
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aLostAnswerIsRecognisedOrSettled(Api api) {
    try (Scene scene = shared(api)) {
      scene.local.faults().once(Fault.LOST_RESPONSE, "TransactWriteItems");
      Grant grant = scene.vault().sharing().share(id(scene), NewGrant.to(CARL));
      assertThat(scene.vault().sharing().grants(id(scene))).contains(grant).hasSize(2);
      scene.local.faults().once(Fault.LOST_RESPONSE, "TransactWriteItems");
      scene.vault().sharing().revoke(id(scene), CARL);
      hidden(scene, CARL);

      scene.local.faults().wholeCall(Fault.LOST_RESPONSE, "TransactWriteItems");
      WriteOutcomeUnknownException share =
          catchThrowableOfType(
              WriteOutcomeUnknownException.class,
              () -> scene.vault().sharing().share(id(scene), NewGrant.to(CARL)));
      assertThat(scene.others.resolve(share.pending())).isEqualTo(WriteOutcome.APPLIED);
      scene.local.faults().wholeCall(Fault.LOST_RESPONSE, "TransactWriteItems");
      WriteOutcomeUnknownException revoke =
          catchThrowableOfType(
              WriteOutcomeUnknownException.class,
              () -> scene.vault().sharing().revoke(id(scene), CARL));
      assertThat(scene.others.resolve(revoke.pending())).isEqualTo(WriteOutcome.APPLIED);
      assertThat(scene.others.resolve(share.pending())).isEqualTo(WriteOutcome.NOT_APPLIED);
    }
  }

  private static Scene shared(Api api) {
    Scene scene = new Scene(api);
    for (UserId user : List.of(BOB, CARL)) {
      scene.vaults.register(NewUser.withId(user));
    }
    scene.vault().sharing().share(scene.credential.id(), NewGrant.to(BOB));
    return scene;
  }

  private static CredentialId id(Scene scene) {
    return scene.credential.id();
  }

  private static Instant inDays(Scene scene, int days) {
    return scene
        .local
        .clock()
        .instant()
        .truncatedTo(ChronoUnit.SECONDS)
        .plus(Duration.ofDays(days));
  }

  private static void move(Vault vault, CredentialId id, String website) {
    vault.edit(id, old -> old.toBuilder().website(website).build()).close();
  }

  private static String login(Scene scene, UserId user) {
    return scene.vaults.vault(user).sharing().open(Scene.ALICE, id(scene)).content().login();
  }

  private static void hidden(Scene scene, UserId user) {
    assertThat(
            catchThrowableOfType(
                CredentialNotFoundException.class,
                () -> scene.vaults.vault(user).sharing().open(Scene.ALICE, id(scene))))
        .isNotNull();
  }

  private static void meanwhile(Scene scene, String operation, Runnable what) {
    scene.local.faults().beforeSend(operation, what);
  }

  private static List<Map<String, AttributeValue>> shareRows(Scene scene) {
    return scene.local.inspector().items().stream()
        .filter(row -> row.get("sk").s().startsWith("SHARE"))
        .toList();
  }
}
