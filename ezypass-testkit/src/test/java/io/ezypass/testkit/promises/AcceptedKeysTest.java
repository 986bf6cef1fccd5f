package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.TableOptions;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.KeyUnavailableException.Reason;
import io.ezypass.error.TamperedItemException;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.kms.FakeKms;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsCall;
import io.ezypass.testkit.kms.KmsErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a KMS key that is not usable means: typed and closed to whoever has no keys cached, nothing
 * written, and no longer than it lasts.
 */
class KmsStatesTest {
  /** A way in which KMS refuses or fails. */
  enum State {
    DISABLED(Reason.REVOKED) {
      @Override
      void set(FakeKms kms, String key) {
        kms.disable(key);
      }

      @Override
      void clear(FakeKms kms, String key) {
        kms.enable(key);
      }
    },
    PENDING_DELETION(Reason.REVOKED) {
      @Override
      void set(FakeKms kms, String key) {
        kms.scheduleDeletion(key);
      }

      @Override
      void clear(FakeKms kms, String key) {
        kms.cancelDeletion(key);
        kms.enable(key);
      }
    },
    DENIED(Reason.DENIED) {
      @Override
      void set(FakeKms kms, String key) {
        kms.deny(KmsAction.DECRYPT);
        kms.deny(KmsAction.GENERATE_DATA_KEY);
      }

      @Override
      void clear(FakeKms kms, String key) {
        kms.allow(KmsAction.DECRYPT);
        kms.allow(KmsAction.GENERATE_DATA_KEY);
      }
    },
    THROTTLED(Reason.THROTTLED) {
      @Override
      void set(FakeKms kms, String key) {
        kms.throttleNext(1_000);
      }
    },
    UNREACHABLE(Reason.UNREACHABLE) {
      @Override
      void set(FakeKms kms, String key) {
        for (KmsAction action : KmsAction.values()) {
          kms.failNext(action, 1_000, KmsErrors::unreachable);
        }
      }
    },
    FAILING(Reason.UNREACHABLE) {
      @Override
      void set(FakeKms kms, String key) {
        for (KmsAction action : KmsAction.values()) {
          kms.failNext(action, 1_000, KmsErrors::internalError);
        }
      }
    };

    final Reason reason;

    State(Reason reason) {
      this.reason = reason;
    }

    abstract void set(FakeKms kms, String key);

    void clear(FakeKms kms, String key) {
      kms.clearFailures();
    }
  }

  static Stream<Arguments> states() {
    return Stream.of(State.values())
        .flatMap(state -> Stream.of(Api.values()).map(api -> Arguments.of(state, api)));
  }

  @ParameterizedTest
  @MethodSource("states")
  void coldEveryCallIsRefusedWithItsReasonAndNothingIsWritten(State state, Api api) {
    try (Scene scene = new Scene(api);
        EzyPass cold = scene.local.open(b -> b)) {
      VaultRepository vaults = api.of(cold);
      List<Map<String, AttributeValue>> before = scene.local.inspector().items();
      state.set(scene.local.kms(), scene.local.kmsKey());

      calls(scene, vaults).forEach((name, call) -> refuses(name, call, state.reason));
      assertThat(scene.local.inspector().items()).isEqualTo(before);

      // The failure is not kept.
      state.clear(scene.local.kms(), scene.local.kmsKey());
      assertThat(vaults.vault(ALICE).open()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("states")
  void warmTheVaultIsServedUntilItsKeysAreEvicted(State state, Api api) {
    try (Scene scene = new Scene(api)) {
      state.set(scene.local.kms(), scene.local.kmsKey());

      assertThat(scene.vault().open()).hasSize(1);
      scene.vault().add(Scene.content("example.com", "second"));
      assertThat(scene.vault().get(scene.credential.id()).version()).isEqualTo(1);
      assertThat(scene.local.kms().callCount()).isZero();

      scene.local.ezypass().evict(ALICE);
      refuses("open", () -> scene.vault().open(), state.reason);

      state.clear(scene.local.kms(), scene.local.kmsKey());
      assertThat(scene.vault().open()).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("states")
  void noUserIsRegisteredInHalf(State state, Api api) {
    try (Scene scene = new Scene(api)) {
      NewUser carol = NewUser.withEmail("carol@example.com");
      List<Map<String, AttributeValue>> before = scene.local.inspector().items();
      state.set(scene.local.kms(), scene.local.kmsKey());

      refuses("register", () -> scene.vaults.register(carol), state.reason);
      assertThat(scene.local.inspector().items()).isEqualTo(before);

      state.clear(scene.local.kms(), scene.local.kmsKey());
      assertThat(scene.vaults.register(carol).version()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aDeletedKmsKeyClosesTheVaultForGoodButItsUserCanStillBeDeleted(Api api) {
    try (Scene scene = new Scene(api)) {
      scene.local.kms().deleteNow(scene.local.kmsKey());
      scene.local.ezypass().evict(ALICE);

      refuses("open", () -> scene.vault().open(), Reason.REVOKED);
      refuses("register", () -> scene.vaults.register(NewUser.withUsername("x")), Reason.REVOKED);
      scene.vault().delete(scene.credential.id(), 1);
      assertThat(scene.vaults.deleteUser(ALICE).state()).isEqualTo(UserDeletion.State.PENDING);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void keysThatAreWrappedAnewWhileKmsRefusesTheOldOnesAreReadAgainAndOpened(Api api) {
    try (Scene scene = new Scene(api)) {
      TableInspector inspector = scene.local.inspector();
      Map<String, AttributeValue> keys = inspector.item("U#alice", "KEYS");
      inspector.flip("U#alice", "KEYS", "w", 500);
      scene.local.ezypass().evict(ALICE);
      scene
          .local
          .kms()
          .failNext(
              KmsAction.DECRYPT,
              1,
              () -> {
                inspector.put(keys);
                return KmsErrors.invalidCiphertext();
              });

      assertThat(scene.vault().open()).hasSize(1);
      assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(2);
    }
  }

  @Test
  void keysThatAreTheSameAfterARefusalAreNotTriedAgain() {
    try (Scene scene = new Scene(Api.SYNC)) {
      scene.local.inspector().flip("U#alice", "KEYS", "w", 500);
      scene.local.ezypass().evict(ALICE);

      assertThat(catchThrowableOfType(TamperedItemException.class, () -> scene.vault().open()))
          .isNotNull();
      assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anAliasIsDescribedOncePerProcessAndNeverSentForDecrypting(Api api) {
    try (Scene scene = new Scene(api)) {
      FakeKms kms = scene.local.kms();
      kms.createAlias("alias/vault", scene.local.kmsKey());
      try (EzyPass aliased = scene.local.open(b -> b.kmsKey("alias/vault"))) {
        VaultRepository vaults = api.of(aliased);
        kms.resetCalls();
        for (int i = 0; i < 3; i++) {
          assertThat(vaults.vault(ALICE).open()).hasSize(1);
          aliased.evict(ALICE);
        }
        vaults.register(NewUser.withUsername("carol"));

        assertThat(kms.callCount(KmsAction.DESCRIBE_KEY)).isEqualTo(1);
        assertThat(kms.calls())
            .filteredOn(call -> call.action() == KmsAction.DECRYPT)
            .hasSize(4)
            .extracting(KmsCall::keyId)
            .containsOnly(scene.local.kmsKey());
        assertThat(kms.calls())
            .filteredOn(call -> call.action() == KmsAction.GENERATE_DATA_KEY)
            .extracting(KmsCall::keyId)
            .containsExactly("alias/vault");
      }
    }
  }

  @Test
  void anAliasThatPointsElsewhereOpensNothingInANewProcessUntilItPointsBack() {
    try (Scene scene = new Scene(Api.SYNC)) {
      FakeKms kms = scene.local.kms();
      kms.createAlias("alias/vault", kms.createKey());
      List<Map<String, AttributeValue>> before = scene.local.inspector().items();
      try (EzyPass fresh = scene.local.open(b -> b.kmsKey("alias/vault"))) {
        calls(scene, fresh.repository())
            .forEach((name, call) -> refuses(name, call, Reason.NOT_ACCEPTED));
      }
      assertThat(scene.local.inspector().items()).isEqualTo(before);

      kms.updateAlias("alias/vault", scene.local.kmsKey());
      try (EzyPass fresh = scene.local.open(b -> b.kmsKey("alias/vault"))) {
        assertThat(fresh.repository().vault(ALICE).open()).hasSize(1);
      }
    }
  }

  @Test
  void aProcessWhoseAliasIsPointedElsewhereOpensWhatItHasAndWhatItAdds() {
    try (Scene scene = new Scene(Api.SYNC)) {
      FakeKms kms = scene.local.kms();
      kms.createAlias("alias/vault", scene.local.kmsKey());
      try (EzyPass running = scene.local.open(b -> b.kmsKey("alias/vault"))) {
        VaultRepository vaults = running.repository();
        assertThat(vaults.vault(ALICE).open()).hasSize(1);
        String next = kms.createKey();
        kms.updateAlias("alias/vault", next);
        UserId carol = vaults.register(NewUser.withUsername("carol")).id();
        running.evict(ALICE);
        running.evict(carol);

        assertThat(vaults.vault(ALICE).open()).hasSize(1);
        assertThat(vaults.vault(carol).open()).isEmpty();
        assertThat(scene.local.inspector().item("U#" + carol, "KEYS").get("k").s()).isEqualTo(next);
        assertThat(kms.callCount(KmsAction.DESCRIBE_KEY)).isEqualTo(1);
      }
    }
  }

  @Test
  void aReplicaOfAMultiRegionKeyOpensWhatThePrimaryWrapped() {
    try (Scene scene = new Scene(Api.SYNC)) {
      FakeKms kms = scene.local.kms();
      String primary = kms.createMultiRegionKey();
      String replica = kms.replicateKey(primary, Region.EU_WEST_1);
      String table = scene.local.table() + "-mrk";
      try (EzyPass home = scene.local.open(b -> b.table(table).kmsKey(primary));
          EzyPass abroad =
              scene.local.open(
                  b ->
                      b.clients(scene.local.dynamoDb(), kms.client(Region.EU_WEST_1))
                          .table(table)
                          .kmsKey(replica))) {
        home.admin().createTable(TableOptions.minimal());
        home.admin().initialise();
        UserId carol = home.repository().register(NewUser.withUsername("carol")).id();
        home.repository().vault(carol).add(Scene.content("example.com", "carol"));
        kms.resetCalls();

        assertThat(abroad.repository().vault(carol).open()).hasSize(1);
        assertThat(kms.calls()).extracting(KmsCall::keyId).containsOnly(replica);
      }
    }
  }

  private static Map<String, Runnable> calls(Scene scene, VaultRepository vaults) {
    Vault vault = vaults.vault(ALICE);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("open", vault::open);
    calls.put("get", () -> vault.get(scene.credential.id()));
    calls.put("list", () -> vault.list(PageRequest.first(10)));
    calls.put("summaries", () -> vault.summaries().forEach(summary -> {}));
    calls.put("find", () -> vault.findByWebsite(Website.of("github.com"), WebsiteMatch.EXACT));
    calls.put("add", () -> vault.add(Scene.content("github.com", "second")));
    calls.put(
        "update", () -> vault.update(scene.credential.id(), 1, Scene.content("github.com", "x")));
    calls.put("edit", () -> vault.edit(scene.credential.id(), content -> content));
    calls.put("find user", () -> vaults.findUser(ALICE));
    calls.put("register", () -> vaults.register(NewUser.withUsername("carol")));
    calls.put(
        "update user", () -> vaults.updateUser(ALICE, 1, new UserProfile("alice", null, null)));
    calls.put("list users", () -> vaults.listUsers(PageRequest.first(10)));
    return calls;
  }

  private static void refuses(String what, Runnable call, Reason reason) {
    KeyUnavailableException failure =
        catchThrowableOfType(KeyUnavailableException.class, call::run);
    assertThat(failure).as(what).isNotNull();
    assertThat(failure.reason()).as(what).isEqualTo(reason);
    assertThat(failure.getMessage()).as(what).doesNotContain("arn:", FakeKms.ACCOUNT_ID, "sts");
    assertThat(failure).as(what).hasNoCause();
  }
}
