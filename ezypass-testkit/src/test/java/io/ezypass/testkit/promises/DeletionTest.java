package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Deletions.FILLED;
import static io.ezypass.testkit.promises.Deletions.afterwards;
import static io.ezypass.testkit.promises.Deletions.buried;
import static io.ezypass.testkit.promises.Deletions.fill;
import static io.ezypass.testkit.promises.Deletions.finish;
import static io.ezypass.testkit.promises.Deletions.nothingIsLeft;
import static io.ezypass.testkit.promises.Deletions.unfinished;
import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.VaultRepository;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VaultException;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserDeletion.State;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.dynamodb.Faults;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Deleting a user: at once for everybody without cached keys, in the end for good. */
class DeletionTest {
  private static final PageRequest PAGE = PageRequest.first(100);

  @ParameterizedTest
  @EnumSource(Api.class)
  void nothingCanBeOpenedOrChangedAnyMoreNotEvenByAProcessWithCachedKeys(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.vaults.deleteUser(ALICE);

      for (VaultRepository each : List.of(scene.vaults, scene.others)) {
        assertThat(each.findUser(ALICE)).isEmpty();
        assertThat(each.findUserBy(UserKey.email("alice@example.com"))).isEmpty();
        assertThat(each.findUserBy(UserKey.username("alice"))).isEmpty();
        assertThat(each.listUsers(PAGE).items()).isEmpty();
        refuses(UserNotFoundException.class, () -> each.vault(ALICE).open());
        // With cached keys or without, whichever it still has.
        Class<?>[] either = {UserNotFoundException.class, CredentialNotFoundException.class};
        assertThat(catchThrowable(() -> each.vault(ALICE).get(scene.credential.id())))
            .isInstanceOfAny(either);
        assertThat(
                catchThrowable(
                    () ->
                        each.vault(ALICE)
                            .update(scene.credential.id(), 1, Scene.content("github.com", "x"))))
            .isInstanceOfAny(either);
        refuses(
            UserNotFoundException.class,
            () -> each.updateUser(ALICE, 1, new UserProfile("alice", null, "x")));
        refuses(
            AlreadyExistsException.class,
            () -> each.register(NewUser.withId(ALICE).username("other")));
      }
      try (EzyPass fresh = scene.local.open(b -> b)) {
        refuses(UserNotFoundException.class, () -> api.of(fresh).vault(ALICE).open());
        refuses(
            UserNotFoundException.class,
            () -> api.of(fresh).vault(ALICE).add(Scene.content("github.com", "x")));
      }
      buried(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void whatACachedWriterAddsIsSweptByTheNextCallAndByTheLastOne(Api api) {
    try (Scene scene = new Scene(api)) {
      UserDeletion first = scene.vaults.deleteUser(ALICE);
      assertThat(first.rowsDeleted()).isEqualTo(1);
      scene.othersVault().add(Scene.content("github.com", "late"));
      assertThat(scene.local.inspector().partition("U#alice")).hasSize(2);

      UserDeletion second = scene.vaults.deleteUser(ALICE);
      assertThat(second.state()).isEqualTo(State.PENDING);
      assertThat(second.rowsDeleted()).isEqualTo(1);
      assertThat(second.finalFrom()).isEqualTo(first.finalFrom());
      assertThat(second.recoverableUntil()).isNull();
      buried(scene);

      scene.othersVault().add(Scene.content("github.com", "later"));
      finish(scene, second);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void revisionsAndTheTrashGoToo(Api api) {
    try (Scene scene = new Scene(api)) {
      fill(scene);
      assertThat(scene.local.inspector().partition("U#alice"))
          .hasSize(FILLED + 2)
          .anyMatch(item -> item.get("sk").s().startsWith("REV#"))
          .anyMatch(item -> item.get("sk").s().startsWith("TRASH#"));
      CredentialId trashed = scene.vault().trash().list(PAGE).items().get(0).id();

      UserDeletion receipt = scene.vaults.deleteUser(ALICE);

      assertThat(receipt.rowsDeleted()).isEqualTo(FILLED);
      buried(scene);
      for (VaultRepository each : List.of(scene.vaults, scene.others)) {
        Class<?>[] either = {UserNotFoundException.class, CredentialNotFoundException.class};
        assertThat(catchThrowable(() -> each.vault(ALICE).trash().restore(trashed, 4)))
            .isInstanceOfAny(either);
        assertThat(catchThrowable(() -> each.vault(ALICE).history().list(scene.credential.id())))
            .isInstanceOfAny(either);
      }
      finish(scene, receipt);
    }
  }

  @Test
  void theIdIsFreeAgainOnlyWhenTheDeletionIsFinalTheClaimsAtOnce() {
    try (Scene scene = new Scene(Api.SYNC)) {
      UserDeletion receipt = scene.vaults.deleteUser(ALICE);
      NewUser again = NewUser.withId(ALICE).username("again");
      refuses(AlreadyExistsException.class, () -> scene.vaults.register(again));
      NewUser heir = NewUser.withEmail("alice@example.com").username("alice");
      assertThat(scene.vaults.register(heir).version()).isEqualTo(1);

      finish(scene, receipt);
      refuses(UserNotFoundException.class, () -> scene.vaults.deleteUser(ALICE));
      scene.local.ezypass().evict(ALICE);
      scene.vaults.register(again);
      assertThat(scene.vault().open()).isEmpty();
      assertThat(scene.vaults.listUsers(PAGE).items()).hasSize(2).contains(ALICE);
      assertThat(scene.vaults.findUserBy(UserKey.email("alice@example.com"))).isPresent();
    }
  }

  @Test
  void aDeletionNeedsNoKeyAndNoKmsCall() {
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass fresh = scene.local.open(b -> b)) {
      fill(scene);
      scene.local.kms().deleteNow(scene.local.kmsKey());
      scene.local.resetCounts();

      UserDeletion receipt = fresh.repository().deleteUser(ALICE);
      afterwards(scene, receipt);
      assertThat(fresh.repository().deleteUser(ALICE).state()).isEqualTo(State.FINAL);

      assertThat(scene.local.kms().callCount()).isZero();
      assertThat(scene.local.inspector().items()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(UserKey.Kind.class)
  void aClaimThatNamesSomebodyElseIsLeftAndReportedInEveryReceipt(UserKey.Kind kind) {
    try (Scene scene = new Scene(Api.SYNC)) {
      String prefix = kind == UserKey.Kind.EMAIL ? "EMAIL#" : "NAME#";
      String pk =
          scene.local.inspector().items().stream()
              .map(item -> item.get("pk").s())
              .filter(key -> key.startsWith(prefix))
              .findFirst()
              .orElseThrow();
      scene
          .local
          .inspector()
          .change(pk, "CLAIM", item -> item.put("u", AttributeValue.fromS("somebody")));

      UserDeletion receipt = scene.vaults.deleteUser(ALICE);
      assertThat(receipt.claimsLeft()).containsExactly(kind);
      assertThat(scene.vaults.deleteUser(ALICE).claimsLeft()).containsExactly(kind);
      afterwards(scene, receipt);
      UserDeletion last = scene.vaults.deleteUser(ALICE);
      assertThat(last.state()).isEqualTo(State.FINAL);
      assertThat(last.claimsLeft()).containsExactly(kind);

      assertThat(scene.local.inspector().items())
          .extracting(item -> item.get("pk").s())
          .containsExactlyInAnyOrder("TABLE", pk);
    }
  }

  @Test
  void damagedRowsOfAUserDoNotStandInTheWay() {
    for (String damage : List.of("no profile", "no header", "no tags", "no claims", "no row")) {
      try (Scene scene = new Scene(Api.SYNC)) {
        damage(scene, damage);

        UserDeletion receipt = scene.vaults.deleteUser(ALICE);
        afterwards(scene, receipt);
        assertThat(scene.vaults.deleteUser(ALICE).state()).as(damage).isEqualTo(State.FINAL);
        assertThat(scene.local.inspector().items())
            .as(damage)
            .noneMatch(item -> item.get("pk").s().equals("U#alice"))
            .noneMatch(item -> item.get("sk").s().equals("alice"));
      }
    }
  }

  @Test
  void aProfileThatChangesMeanwhileIsDeletedWithItsNewClaims() {
    try (Scene scene = new Scene(Api.SYNC)) {
      scene
          .local
          .faults()
          .beforeSend(
              "TransactWriteItems",
              () ->
                  scene.others.updateUser(
                      ALICE, 1, new UserProfile("renamed", "new@example.com", null)));

      UserDeletion receipt = scene.vaults.deleteUser(ALICE);
      assertThat(receipt.claimsLeft()).isEmpty();
      buried(scene);
      finish(scene, receipt);
    }
  }

  @Test
  void aVaultOfManyRowsIsSweptInAsManyTransactionsAsItTakes() {
    try (Scene scene = new Scene(Api.SYNC)) {
      IntStream.range(0, 249)
          .forEach(i -> scene.othersVault().add(Scene.content("example.com", "login " + i)));
      scene.local.resetCounts();

      UserDeletion receipt = scene.vaults.deleteUser(ALICE);
      assertThat(receipt.rowsDeleted()).isEqualTo(250);
      assertThat(scene.local.calls().count("TransactWriteItems")).isEqualTo(1 + 3);
      buried(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aSweepThatWasHeldUpDoesNotTouchTheNextUserOfTheId(Api api) {
    try (Scene scene = new Scene(api);
        EzyPass third = scene.local.open(b -> b)) {
      UserDeletion receipt = third.repository().deleteUser(ALICE);
      scene.othersVault().add(Scene.content("github.com", "late"));
      // Having seen the tombstone, the sweep is held up until the id belongs to somebody else.
      scene
          .local
          .faults()
          .beforeSend(
              "Query",
              () -> {
                afterwards(scene, receipt);
                assertThat(scene.others.deleteUser(ALICE).state()).isEqualTo(State.FINAL);
                scene.others.register(NewUser.withId(ALICE).username("heir"));
                scene.othersVault().add(Scene.content("github.com", "the heir's"));
              });

      scene.vaults.deleteUser(ALICE);

      assertThat(scene.others.findUserBy(UserKey.username("heir"))).isPresent();
      assertThat(scene.othersVault().open())
          .extracting(summary -> summary.login())
          .containsExactly("the heir's");
    }
  }

  @Test
  void aTombstoneThatLandsLateLeavesTimeForTheLatestWriteUnderKeysReadBeforeIt() {
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass late =
            scene.local.open(
                b -> b.keyCacheTtl(Duration.ofHours(1)).writeDeadline(Duration.ofMinutes(5)))) {
      MutableClock clock = scene.local.clock();
      Faults faults = scene.local.faults();
      faults.beforeSend(
          "TransactWriteItems",
          () -> {
            clock.advance(Duration.ofSeconds(50));
            late.repository().findUser(ALICE); // the keys that are about to go
          });
      UserDeletion receipt = scene.vaults.deleteUser(ALICE);
      clock.advance(Duration.ofMinutes(59).plusSeconds(59));
      faults.beforeSend(
          "PutItem",
          () -> {
            clock.advance(Duration.ofMinutes(4).plusSeconds(50));
            assertThat(scene.others.deleteUser(ALICE).state()).isEqualTo(State.PENDING);
          });
      late.repository().vault(ALICE).add(Scene.content("github.com", "late"));
      assertThat(scene.local.inspector().partition("U#alice")).hasSize(2);

      clock.advance(Duration.between(clock.instant(), receipt.finalFrom()));
      assertThat(scene.others.deleteUser(ALICE).state()).isEqualTo(State.FINAL);
      nothingIsLeft(scene);
    }
  }

  @Test
  void unfinishedDeletionsAreListedUntilTheyAreFinal() {
    try (Scene scene = new Scene(Api.SYNC)) {
      UserId bob = scene.vaults.register(NewUser.withUsername("bob")).id();
      assertThat(unfinished(scene)).isEmpty();
      UserDeletion receipt = scene.vaults.deleteUser(ALICE);

      assertThat(unfinished(scene)).containsExactly(ALICE);
      assertThat(scene.vaults.listUsers(PAGE).items()).containsExactly(bob);
      finish(scene, receipt);
      assertThat(unfinished(scene)).isEmpty();
      assertThat(scene.vaults.listUsers(PAGE).items()).containsExactly(bob);
    }
  }

  private static void damage(Scene scene, String damage) {
    switch (damage) {
      case "no profile" -> scene.local.inspector().delete("U#alice", "PROFILE");
      case "no header" -> {
        scene.local.inspector().change("U#alice", "PROFILE", item -> item.remove("h"));
        scene.local.inspector().change("U#alice", "KEYS", item -> item.remove("h"));
      }
      case "no tags" ->
          scene
              .local
              .inspector()
              .change(
                  "U#alice",
                  "PROFILE",
                  item -> {
                    item.remove("e");
                    item.put("n", AttributeValue.fromS("x"));
                  });
      case "no claims" ->
          scene.local.inspector().items().stream()
              .filter(item -> item.get("sk").s().equals("CLAIM"))
              .forEach(item -> scene.local.inspector().delete(item.get("pk").s(), "CLAIM"));
      default ->
          scene.local.inspector().items().stream()
              .filter(item -> item.get("pk").s().startsWith("USERS#"))
              .forEach(item -> scene.local.inspector().delete(item.get("pk").s(), "alice"));
    }
  }

  private static void refuses(Class<? extends VaultException> expected, Runnable call) {
    assertThat(catchThrowable(call::run)).isExactlyInstanceOf(expected);
  }
}
