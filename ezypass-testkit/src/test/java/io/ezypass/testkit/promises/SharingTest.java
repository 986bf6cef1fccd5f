package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.BatchOptions;
import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import io.ezypass.testkit.kms.KmsAction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a grant opens, for how long, and what is left of it in the table. */
class SharingTest {
  private static final UserId BOB = UserId.of("bob");
  private static final UserId CARL = UserId.of("carl:1.x");

  @ParameterizedTest
  @EnumSource(Api.class)
  void aRecipientOpensTheCurrentVersionUntilItIsRevoked(Api api) {
    try (Scene scene = scene(api)) {
      Grant grant = scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
      assertThat(scene.vault().sharing().grants(id(scene))).containsExactly(grant);
      assertThat(scene.vault().sharing().given(PageRequest.first(9)).items())
          .containsExactly(grant);
      assertThat(received(scene, BOB))
          .containsExactly(new SharedCredential(Scene.ALICE, id(scene), grant.grantedAt(), null));
      assertThat(login(scene, BOB)).isEqualTo("first");
      assertThat(scene.vault().get(id(scene)).version()).isEqualTo(1);

      edit(scene.vault(), id(scene), "second");
      assertThat(login(scene, BOB)).isEqualTo("second");
      hidden(scene, CARL);

      scene.vault().sharing().revoke(id(scene), BOB);
      hidden(scene, BOB);
      assertThat(received(scene, BOB)).isEmpty();
      assertThat(scene.vault().sharing().grants(id(scene))).isEmpty();
      scene.vault().sharing().revoke(id(scene), BOB);
      assertThat(shareRows(scene)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void whatIsRefusedWritesNothing(Api api) {
    try (Scene scene = scene(api)) {
      scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
      List<Map<String, AttributeValue>> before = scene.local.inspector().items();
      assertThat(
              catchThrowableOfType(
                  AlreadySharedException.class,
                  () -> scene.vault().sharing().share(id(scene), NewGrant.to(BOB))))
          .isNotNull();
      assertThat(
              catchThrowableOfType(
                      UserNotFoundException.class,
                      () ->
                          scene
                              .vault()
                              .sharing()
                              .share(id(scene), NewGrant.to(UserId.of("nobody"))))
                  .user())
          .isEqualTo(UserId.of("nobody"));
      assertThat(
              catchThrowableOfType(
                  IllegalArgumentException.class,
                  () -> scene.vault().sharing().share(id(scene), NewGrant.to(Scene.ALICE))))
          .hasMessageContaining("recipient");
      Instant past = now(scene).minusSeconds(1);
      assertThat(
              catchThrowableOfType(
                  IllegalArgumentException.class,
                  () -> scene.vault().sharing().share(id(scene), NewGrant.to(CARL).until(past))))
          .hasMessageContaining("expiresAt");
      assertThat(scene.local.inspector().items()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void thirtyGrantsAreTheMostAndGoWithTheCredential(Api api) {
    try (Scene scene = scene(api)) {
      for (int i = 0; i < Grant.MOST; i++) {
        UserId user = UserId.of("user-" + i);
        scene.others.register(NewUser.withId(user));
        scene.vault().sharing().share(id(scene), NewGrant.to(user));
      }
      assertThat(
              catchThrowableOfType(
                  LimitExceededException.class,
                  () -> scene.vault().sharing().share(id(scene), NewGrant.to(BOB))))
          .isNotNull();
      assertThat(scene.vault().sharing().grants(id(scene))).hasSize(Grant.MOST);
      // A new end rewrites all of them.
      Instant end = now(scene).plus(Duration.ofDays(5));
      scene.vault().edit(id(scene), old -> old.toBuilder().expiresAt(end).build());
      assertThat(received(scene, UserId.of("user-7")).get(0).expiresAt()).isEqualTo(end);

      scene.vault().delete(id(scene), 2);
      assertThat(shareRows(scene)).isEmpty();
      scene.vault().trash().restore(id(scene), 3);
      IntStream.range(0, Grant.MOST).forEach(i -> hidden(scene, UserId.of("user-" + i)));
    }
  }

  /** Alone and in a batch, to the trash and for good. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void deletingEndsEveryGrant(Api api) {
    for (boolean inBatch : new boolean[] {false, true}) {
      for (boolean forGood : new boolean[] {false, true}) {
        try (Scene scene =
            prepared(
                forGood ? new Scene(api, b -> b.policies(Scene.KEEP_NOTHING)) : new Scene(api))) {
          scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
          scene.vault().sharing().share(id(scene), NewGrant.to(CARL));
          move(scene);
          if (inBatch) {
            scene
                .vault()
                .batch()
                .delete(
                    BatchId.of("b"),
                    List.of(new CredentialVersion(id(scene), 2)),
                    BatchOptions.standard());
          } else {
            scene.vault().delete(id(scene), 2);
          }
          assertThat(shareRows(scene)).isEmpty();
          hidden(scene, BOB);
          assertThat(received(scene, CARL)).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aMovedCredentialIsOpenedSharedAndRevoked(Api api) {
    try (Scene scene = scene(api)) {
      scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
      move(scene);
      assertThat(login(scene, BOB)).isEqualTo("moved");
      scene.vault().sharing().share(id(scene), NewGrant.to(CARL));
      assertThat(login(scene, CARL)).isEqualTo("moved");
      scene.local.resetCounts();
      scene.vault().sharing().revoke(id(scene), BOB);
      assertThat(scene.local.calls().counts())
          .isEqualTo(Map.of("GetItem", 2, "TransactWriteItems", 1));
      hidden(scene, BOB);
      assertThat(login(scene, CARL)).isEqualTo("moved");
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aGrantEndsAtItsTimeOrWithTheCredential(Api api) {
    try (Scene scene = scene(api)) {
      Instant tomorrow = now(scene).plus(Duration.ofDays(1));
      Instant later = now(scene).plus(Duration.ofDays(3));
      scene.vault().sharing().share(id(scene), NewGrant.to(BOB).until(tomorrow));
      scene.vault().sharing().share(id(scene), NewGrant.to(CARL));
      scene.vault().edit(id(scene), old -> old.toBuilder().expiresAt(later).build());
      assertThat(received(scene, BOB).get(0).expiresAt()).isEqualTo(tomorrow);
      assertThat(received(scene, CARL).get(0).expiresAt()).isEqualTo(later);
      assertThat(scene.vault().sharing().grants(id(scene)))
          .extracting(Grant::expiresAt)
          .containsExactly(tomorrow, null);

      scene.local.clock().advance(Duration.ofDays(1));
      hidden(scene, BOB);
      assertThat(received(scene, BOB)).isEmpty();
      assertThat(login(scene, CARL)).isEqualTo("first");
      // Sharing anew takes the place of what has ended, and a later end of the credential counts.
      scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
      scene.vault().edit(id(scene), old -> old.toBuilder().expiresAt(null).build());
      assertThat(received(scene, BOB).get(0).expiresAt()).isNull();
      scene.local.clock().advance(Duration.ofDays(9));
      assertThat(login(scene, BOB)).isEqualTo("first");
      assertThat(login(scene, CARL)).isEqualTo("first");
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void deletingEitherUserRemovesBothRows(Api api) {
    for (UserId gone : List.of(Scene.ALICE, BOB)) {
      try (Scene scene = scene(api)) {
        scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
        scene.vaults.deleteUser(gone);
        assertThat(shareRows(scene)).isEmpty();
        if (gone.equals(BOB)) {
          assertThat(scene.vault().sharing().grants(id(scene))).isEmpty();
          assertThat(
                  catchThrowableOfType(
                      UserNotFoundException.class,
                      () -> scene.vault().sharing().share(id(scene), NewGrant.to(BOB))))
              .isNotNull();
          edit(scene.vault(), id(scene), "goes on");
        } else {
          hidden(scene, BOB);
        }
      }
    }
  }

  @Test
  void nobodyCausesAKmsCallWithoutAGrant() {
    try (Scene scene = scene(Api.SYNC);
        EzyPass process = scene.local.open(b -> b)) {
      Vault bob = process.repository().vault(BOB);
      bob.open();
      scene.local.resetCounts();
      for (UserId owner : List.of(Scene.ALICE, UserId.of("nobody"))) {
        notFound(() -> bob.sharing().open(owner, id(scene)));
      }
      assertThat(scene.local.calls().counts()).isEqualTo(Map.of("TransactGetItems", 2));
      assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isZero();
    }
  }

  @Test
  void revokingNeedsNoKey() {
    try (Scene scene = scene(Api.SYNC);
        EzyPass process = scene.local.open(b -> b)) {
      scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
      scene.local.resetCounts();
      process.repository().vault(Scene.ALICE).sharing().revoke(id(scene), BOB);
      assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isZero();
      hidden(scene, BOB);
    }
  }

  /** A grant that somebody made up, changed, or moved to another user or credential. */
  @Test
  void aForgedGrantOpensNothing() {
    try (Scene scene = scene(Api.SYNC)) {
      scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
      String sk = "SHARE#" + id(scene).value() + "#";
      Map<String, AttributeValue> real =
          scene.local.inspector().partition("U#alice").stream()
              .filter(row -> row.get("sk").s().startsWith(sk))
              .findFirst()
              .orElseThrow();
      Map<String, AttributeValue> forged = new HashMap<>(real);
      forged.put("sk", AttributeValue.fromS(sk + CARL.value()));
      scene.local.inspector().put(forged);
      assertThat(
              catchThrowableOfType(
                  TamperedItemException.class,
                  () -> scene.others.vault(CARL).sharing().open(Scene.ALICE, id(scene))))
          .hasMessageContaining(CARL.value());
      assertThat(
              catchThrowableOfType(
                  TamperedItemException.class, () -> scene.vault().sharing().grants(id(scene))))
          .isNotNull();
      scene.vault().sharing().revoke(id(scene), CARL);
      assertThat(scene.vault().sharing().grants(id(scene))).hasSize(1);
    }
  }

  @Test
  void repairKnowsTheRowsAndRotationLeavesThem() {
    try (Scene scene = scene(Api.SYNC)) {
      scene.vault().sharing().share(id(scene), NewGrant.to(BOB));
      List<Map<String, AttributeValue>> before = shareRows(scene);
      scene.local.ezypass().admin().rotate(Scene.ALICE, JobOptions.unpaced());
      assertThat(shareRows(scene)).isEqualTo(before);
      assertThat(login(scene, BOB)).isEqualTo("first");
      for (UserId user : List.of(Scene.ALICE, BOB)) {
        assertThat(scene.local.ezypass().admin().repair(user, Mode.DRY_RUN).findings()).isEmpty();
      }
    }
  }

  private static Scene scene(Api api) {
    return prepared(new Scene(api));
  }

  private static Scene prepared(Scene scene) {
    for (UserId user : List.of(BOB, CARL)) {
      scene.vaults.register(NewUser.withId(user));
    }
    scene.local.resetCounts();
    return scene;
  }

  private static CredentialId id(Scene scene) {
    return scene.credential.id();
  }

  private static Instant now(Scene scene) {
    return scene.local.clock().instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static void move(Scene scene) {
    scene
        .vault()
        .edit(id(scene), old -> old.toBuilder().website("gitlab.com").login("moved").build());
  }

  private static void edit(Vault vault, CredentialId id, String login) {
    vault.edit(id, old -> Scene.with(old, login, login)).close();
  }

  private static String login(Scene scene, UserId user) {
    try (Credential opened = scene.vaults.vault(user).sharing().open(Scene.ALICE, id(scene))) {
      return opened.content().login();
    }
  }

  private static List<SharedCredential> received(Scene scene, UserId user) {
    return scene.vaults.vault(user).sharing().received(PageRequest.first(10)).items();
  }

  private static void hidden(Scene scene, UserId user) {
    notFound(() -> scene.vaults.vault(user).sharing().open(Scene.ALICE, id(scene)));
  }

  private static void notFound(Runnable call) {
    assertThat(catchThrowableOfType(CredentialNotFoundException.class, call::run)).isNotNull();
  }

  private static List<Map<String, AttributeValue>> shareRows(Scene scene) {
    return scene.local.inspector().items().stream()
        .filter(row -> row.get("sk").s().startsWith("SHARE"))
        .toList();
  }
}
