package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.VaultRepository;
import io.ezypass.admin.Mode;
import io.ezypass.admin.TableOptions;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.testkit.kms.FakeKms;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsCall;
import io.ezypass.testkit.kms.KmsErrors;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which KMS key wraps, and which stored ones are accepted. */
class AcceptedKeysTest {
  private static final UserId BOB = UserId.of("bob");

  private final Scene scene = new Scene(Api.SYNC);
  private final FakeKms kms = scene.local.kms();
  private final String tableKey = scene.local.kmsKey();

  @AfterEach
  void close() {
    scene.close();
  }

  private EzyPass process(UnaryOperator<EzyPass.Builder> config) {
    return scene.local.open(config);
  }

  private String storedArn(UserId user) {
    return scene.local.inspector().item("U#" + user, "KEYS").get("k").s();
  }

  private void store(UserId user, String arn) {
    AttributeValue value = AttributeValue.fromS(arn);
    scene.local.inspector().change("U#" + user, "KEYS", keys -> keys.put("k", value));
  }

  private static void opens(EzyPass process, UserId user) {
    process.evict(user);
    assertThat(catchThrowable(() -> process.repository().vault(user).open())).isNull();
  }

  private static void refuses(EzyPass process, UserId user, KmsAnswer answer) {
    process.evict(user);
    assertThat(KmsAnswer.refusal(catchThrowable(() -> process.repository().vault(user).open())))
        .isEqualTo(answer.refusal());
  }

  // A selector from user to key.

  @Test
  void eachTenantHasItsOwnKeyAndTheTableItsOwn() {
    Map<UserId, String> tenants = Map.of(ALICE, kms.createKey(), BOB, kms.createKey());
    try (EzyPass process = process(b -> b.kmsKeyPerUser(tenants::get))) {
      process.repository().register(NewUser.withId(BOB).email("bob@example.com"));
      assertThat(storedArn(BOB)).isEqualTo(tenants.get(BOB));
      assertThat(scene.local.inspector().item("TABLE", "ROOT").get("k").s()).isEqualTo(tableKey);
      opens(process, BOB);
      opens(process, ALICE);
      kms.disable(tenants.get(BOB));
      opens(process, ALICE);
      refuses(process, BOB, KmsAnswer.DISABLED);
    }
  }

  @Test
  void oneTenantsKeyIsNotAcceptedForAnother() {
    Map<UserId, String> tenants = Map.of(ALICE, kms.createKey(), BOB, kms.createKey());
    try (EzyPass process = process(b -> b.kmsKeyPerUser(tenants::get))) {
      process.repository().register(NewUser.withId(BOB));
      process.admin().migrate(ALICE, Mode.APPLY);
      opens(process, ALICE);
      store(ALICE, tenants.get(BOB));
      kms.resetCalls();
      refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
      assertThat(kms.callCount()).as("refused before KMS is asked").isZero();
    }
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = " ")
  void aSelectorThatGivesNoKeyIsNamed(String nothing) {
    try (EzyPass process = process(b -> b.kmsKeyPerUser(user -> nothing))) {
      List<Runnable> calls =
          List.of(
              () -> process.repository().vault(ALICE).open(),
              () -> process.repository().register(NewUser.withId(BOB)),
              () -> process.admin().migrate(ALICE, Mode.APPLY));
      for (Runnable call : calls) {
        assertThatThrownBy(call::run)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("kmsKeyPerUser");
      }
    }
  }

  @Test
  void whatASelectorThrowsReachesItsCaller() {
    IllegalStateException unknown = new IllegalStateException("unknown tenant");
    Function<UserId, String> throwing =
        user -> {
          throw unknown;
        };
    try (EzyPass process = process(b -> b.kmsKeyPerUser(throwing))) {
      assertThatThrownBy(() -> process.repository().vault(ALICE).open()).isSameAs(unknown);
    }
  }

  @Test
  void blankIdsAreRefusedWhenTheLibraryIsBuilt() {
    assertThatThrownBy(() -> process(b -> b.kmsKey(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kmsKey ");
    for (String[] ids : List.of(new String[] {tableKey, ""}, new String[] {null})) {
      assertThatThrownBy(() -> process(b -> b.acceptedKmsKeys(ids)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("acceptedKmsKeys");
    }
  }

  // Further keys that are accepted.

  @Test
  void acceptedKeysOpenAndNeverWrap() {
    String next = kms.createKey();
    try (EzyPass process = process(b -> b.kmsKey(next).acceptedKmsKeys(tableKey))) {
      opens(process, ALICE);
      process.repository().register(NewUser.withId(BOB));
      assertThat(storedArn(BOB)).isEqualTo(next);
    }
    try (EzyPass process = process(b -> b.kmsKey(next))) {
      refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
      opens(process, BOB);
    }
  }

  @Test
  void keysMayBeNamedByIdAndByTheArnOfAnAlias() {
    String id = tableKey.substring(tableKey.indexOf("key/") + 4);
    kms.createAlias("alias/vault", tableKey);
    String aliasArn = tableKey.replace("key/" + id, "alias/vault");
    for (String name : List.of(id, aliasArn)) {
      try (EzyPass process = process(b -> b.kmsKey(name))) {
        opens(process, ALICE);
        opens(process, ALICE);
      }
    }
    assertThat(kms.callCount(KmsAction.DESCRIBE_KEY)).as("once for each process").isEqualTo(2);
  }

  @Test
  void anAliasThatNoLongerExistsDoesNotCloseWhatAnotherKeyWrapped() {
    kms.createAlias("alias/vault", tableKey);
    List<UnaryOperator<EzyPass.Builder>> configs =
        List.of(
            b -> b.kmsKey("alias/vault").acceptedKmsKeys("alias/gone"),
            b -> b.kmsKey("alias/gone").acceptedKmsKeys("alias/vault"),
            b -> b.kmsKeyPerUser(user -> "alias/gone").kmsKey("alias/vault"));
    for (UnaryOperator<EzyPass.Builder> config : configs) {
      try (EzyPass process = process(config)) {
        opens(process, ALICE);
      }
    }
  }

  @Test
  void aKeyThatCannotBeResolvedDoesNotHideAnotherOne() {
    kms.createAlias("alias/next", kms.createKey());
    for (RuntimeException failure :
        List.of(
            KmsErrors.accessDenied(KmsAction.DESCRIBE_KEY),
            KmsErrors.throttled(),
            KmsErrors.unreachable())) {
      kms.createAlias("alias/vault", tableKey);
      try (EzyPass process = process(b -> b.kmsKey("alias/next").acceptedKmsKeys("alias/vault"))) {
        kms.failNext(KmsAction.DESCRIBE_KEY, failure);
        opens(process, ALICE);
      }
    }
  }

  @Test
  void ifNoKeyIsItWhatCouldNotBeResolvedIsSaidAndWhatMayPassGoesFirst() {
    kms.createAlias("alias/next", kms.createKey());
    String[] names = {"alias/one", "alias/two"};
    try (EzyPass process = process(b -> b.kmsKey("alias/next").acceptedKmsKeys(names))) {
      RuntimeException denied = KmsErrors.accessDenied(KmsAction.DESCRIBE_KEY);
      kms.failNext(KmsAction.DESCRIBE_KEY, denied);
      refuses(process, ALICE, KmsAnswer.ACCESS_DENIED);
    }
    try (EzyPass process = process(b -> b.kmsKey("alias/next").acceptedKmsKeys(names))) {
      kms.failNext(KmsAction.DESCRIBE_KEY, KmsErrors.accessDenied(KmsAction.DESCRIBE_KEY));
      kms.failNext(KmsAction.DESCRIBE_KEY, KmsErrors.throttled());
      refuses(process, ALICE, KmsAnswer.THROTTLED);
      // A failure is not kept: asked again, all three are known, and none of them is it.
      kms.resetCalls();
      refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
      assertThat(kms.callCount()).isEqualTo(2);
      refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
      assertThat(kms.callCount()).isEqualTo(2);
    }
  }

  // Aliases.

  @ParameterizedTest
  @EnumSource(Api.class)
  void anAliasIsDescribedOncePerProcessAndNeverSentForDecrypting(Api api) {
    kms.createAlias("alias/vault", tableKey);
    try (EzyPass aliased = process(b -> b.kmsKey("alias/vault"))) {
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
          .containsOnly(tableKey);
      assertThat(kms.calls())
          .filteredOn(call -> call.action() == KmsAction.GENERATE_DATA_KEY)
          .extracting(KmsCall::keyId)
          .containsExactly("alias/vault");
    }
  }

  @Test
  void aRunningProcessOutlivesItsAliasBeingPointedElsewhere() {
    kms.createAlias("alias/vault", tableKey);
    String next = kms.createKey();
    try (EzyPass running = process(b -> b.kmsKey("alias/vault"))) {
      opens(running, ALICE);
      kms.updateAlias("alias/vault", next);
      running.repository().register(NewUser.withId(BOB));

      assertThat(storedArn(BOB)).isEqualTo(next);
      opens(running, ALICE);
      opens(running, BOB);
      assertThat(kms.callCount(KmsAction.DESCRIBE_KEY))
          .as("what GenerateDataKey named is known")
          .isEqualTo(1);
    }
    try (EzyPass later = process(b -> b.kmsKey("alias/vault"))) {
      refuses(later, ALICE, KmsAnswer.NOT_ACCEPTED);
      opens(later, BOB);
    }
    try (EzyPass later = process(b -> b.kmsKey("alias/vault").acceptedKmsKeys(tableKey))) {
      opens(later, ALICE);
      later.admin().migrate(ALICE, Mode.APPLY);
    }
    try (EzyPass later = process(b -> b.kmsKey("alias/vault"))) {
      opens(later, ALICE);
    }
  }

  @Test
  void anAliasIsResolvedAgainAtMostOnceAMinute() {
    String next = kms.createKey();
    kms.createAlias("alias/vault", next);
    try (EzyPass process = process(b -> b.kmsKey("alias/vault"))) {
      for (int i = 0; i < 3; i++) {
        refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
      }
      assertThat(kms.callCount()).isEqualTo(1);

      kms.updateAlias("alias/vault", tableKey);
      refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
      scene.local.clock().advance(Duration.ofSeconds(61));
      opens(process, ALICE);
      scene.local.clock().advance(Duration.ofHours(1));
      opens(process, ALICE);
      assertThat(kms.callCount(KmsAction.DESCRIBE_KEY)).as("it is known now").isEqualTo(2);

      store(ALICE, kms.createKey());
      refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
      refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
      assertThat(kms.callCount(KmsAction.DESCRIBE_KEY)).isEqualTo(3);
    }
  }

  @Test
  void aMigrationSeesWithinAMinuteThatItsAliasPointsElsewhere() {
    String first = kms.createKey();
    String second = kms.createKey();
    kms.createAlias("alias/next", first);
    try (EzyPass process = process(b -> b.kmsKey("alias/next").acceptedKmsKeys(tableKey))) {
      assertThat(process.admin().migrate(ALICE, Mode.APPLY).to()).isEqualTo(first);
      kms.updateAlias("alias/next", second);
      scene.local.clock().advance(Duration.ofSeconds(61));
      assertThat(process.admin().migrate(ALICE, Mode.APPLY).to()).isEqualTo(second);
      assertThat(storedArn(ALICE)).isEqualTo(second);
    }
  }

  @Test
  void anAliasAsTargetThatDoesNotExistIsAFailureAndNothingIsWritten() {
    List<Map<String, AttributeValue>> before = scene.local.inspector().items();
    try (EzyPass process = process(b -> b.kmsKey("alias/gone").acceptedKmsKeys(tableKey))) {
      assertThat(
              KmsAnswer.refusal(catchThrowable(() -> process.admin().migrate(ALICE, Mode.APPLY))))
          .isEqualTo(KmsAnswer.NOT_FOUND.refusal());
    }
    assertThat(scene.local.inspector().items()).isEqualTo(before);
  }

  // Multi-Region keys and grants.

  @Test
  void aReplicaOfAMultiRegionKeyOpensWhatThePrimaryWrapped() {
    String primary = kms.createMultiRegionKey();
    String replica = kms.replicateKey(primary, Region.EU_WEST_1);
    String table = scene.local.table() + "-mrk";
    try (EzyPass home = process(b -> b.table(table).kmsKey(primary));
        EzyPass abroad =
            process(
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

  @Test
  void aKeyOfTheSameIdInAnotherRegionIsNoReplicaUnlessItIsMultiRegion() {
    store(ALICE, tableKey.replace("us-east-1", "eu-west-1"));
    try (EzyPass process = process(b -> b)) {
      refuses(process, ALICE, KmsAnswer.NOT_ACCEPTED);
    }
  }

  @Test
  void grantTokensGoWithEveryCall() {
    kms.createAlias("alias/vault", kms.createKey());
    List<String> tokens = List.of("token-1", "token-2");
    try (EzyPass process =
        process(
            b -> b.kmsKey("alias/vault").acceptedKmsKeys(tableKey).kmsGrantTokens(() -> tokens))) {
      process.repository().register(NewUser.withId(BOB));
      opens(process, BOB);
      process.admin().migrate(ALICE, Mode.APPLY);
    }
    assertThat(kms.callCounts().keySet())
        .isEqualTo(
            EnumSet.of(
                KmsAction.GENERATE_DATA_KEY,
                KmsAction.DECRYPT,
                KmsAction.RE_ENCRYPT,
                KmsAction.DESCRIBE_KEY));
    assertThat(kms.calls()).allSatisfy(c -> assertThat(c.grantTokens()).isEqualTo(tokens));
  }

  @Test
  void grantTokensAreAskedForAtEachCallAndMayBeNoneButNotNull() {
    kms.resetCalls();
    try (EzyPass process = process(b -> b.kmsGrantTokens(List::of))) {
      opens(process, ALICE);
    }
    assertThat(kms.calls()).hasSize(1).allSatisfy(c -> assertThat(c.grantTokens()).isEmpty());
    try (EzyPass process = process(b -> b.kmsGrantTokens(() -> null))) {
      assertThatThrownBy(() -> process.repository().vault(ALICE).open())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("kmsGrantTokens");
    }
  }
}
