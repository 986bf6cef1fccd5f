package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.MigrationReport;
import io.ezypass.admin.MigrationReport.State;
import io.ezypass.admin.MigrationSummary;
import io.ezypass.admin.Mode;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.kms.FakeKms;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;

/** Moving wrapped keys to other KMS keys: one ReEncrypt each, and no item touched. */
class MigrationTest {
  private static final UserId ALICE = UserId.of("acme.alice");
  private static final JobOptions UNPACED = JobOptions.unpaced();

  private final MigrationScene scene = new MigrationScene();
  private final EzyPassLocal local = scene.local;
  private final FakeKms kms = scene.kms;
  private final String old = scene.old;
  private final String next = scene.next;

  @AfterEach
  void close() {
    scene.close();
  }

  /** All items but for the two attributes that a migration may change. */
  private Map<String, Map<String, AttributeValue>> itemsWithoutWrappedKeys() {
    Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    for (Map<String, AttributeValue> item : local.inspector().items()) {
      Map<String, AttributeValue> rest = new HashMap<>(item);
      boolean holdsAWrappedKey =
          item.get("sk").s().equals("KEYS") || item.get("sk").s().equals("ROOT");
      if (holdsAWrappedKey) {
        assertThat(rest.remove("w")).isNotNull();
        assertThat(rest.remove("k")).isNotNull();
      }
      items.put(item.get("pk").s() + " " + item.get("sk").s(), rest);
    }
    return items;
  }

  @Test
  void aThousandUsersCostAThousandReEncryptsAndNoItemIsRewritten() {
    List<UserId> users =
        IntStream.range(0, 1_000)
            .mapToObj(i -> UserId.of("u" + i))
            .peek(user -> local.repository().register(NewUser.withId(user)))
            .toList();
    local.repository().vault(users.get(0)).add(Scene.content("github.com", "first"));
    Map<String, Map<String, AttributeValue>> before = itemsWithoutWrappedKeys();
    local.resetCounts();

    try (EzyPass operator = scene.switched()) {
      MigrationSummary moved = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(moved.counts()).isEqualTo(Map.of(State.MOVED, 1_001L));
      assertThat(moved.isComplete()).isTrue();
      assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isEqualTo(1_001);
      // For the directory, whose rows are checked under the lookup key.
      assertThat(kms.callCount(KmsAction.DECRYPT)).isEqualTo(1);
      assertThat(kms.callCount()).isEqualTo(1_002);
      assertThat(local.calls().counts()).containsEntry("UpdateItem", 1_001);
      assertThat(local.calls().counts()).containsOnlyKeys("GetItem", "UpdateItem", "Query");
      assertThat(itemsWithoutWrappedKeys()).isEqualTo(before);
      assertThat(users).allSatisfy(user -> assertThat(scene.arn(user)).isEqualTo(next));
      assertThat(scene.rootArn()).isEqualTo(next);

      local.resetCounts();
      MigrationSummary again = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(again.counts()).isEqualTo(Map.of(State.ALREADY_THERE, 1_001L));
      assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isZero();
      assertThat(local.calls().counts()).containsOnlyKeys("GetItem", "Query");
    }

    kms.disable(old);
    try (EzyPass later = local.open(builder -> builder.kmsKey(next))) {
      assertThat(later.repository().vault(users.get(0)).open()).hasSize(1);
      assertThat(later.repository().vault(users.get(999)).open()).isEmpty();
      assertThat(later.repository().listUsers(PageRequest.first(10)).items()).hasSize(10);
    }
  }

  @Test
  void sendsTheAcceptedArnTheTargetAndOneContextForBothSides() {
    scene.register("acme.alice");
    try (EzyPass operator = scene.switched()) {
      MigrationReport report = operator.admin().migrate(ALICE, Mode.APPLY);

      assertThat(report)
          .isEqualTo(new MigrationReport(ALICE, State.MOVED, old, next, null))
          .hasToString("MigrationReport[acme.alice, MOVED]");
      List<KmsCall> calls = kms.calls();
      assertThat(calls).extracting(KmsCall::action).containsExactly(KmsAction.RE_ENCRYPT);
      ReEncryptRequest request = (ReEncryptRequest) calls.get(0).request();
      assertThat(request.sourceKeyId()).isEqualTo(old);
      assertThat(request.destinationKeyId()).isEqualTo(next);
      assertThat(request.destinationEncryptionContext())
          .isEqualTo(request.sourceEncryptionContext())
          .containsEntry("ezypass:user", ALICE.value())
          .containsEntry("ezypass:purpose", "vault-key")
          .hasSize(4);
      assertThat(operator.repository().vault(ALICE).open()).hasSize(1);
    }
  }

  @Test
  void aDryRunReEncryptsNothingAndWritesNothing() {
    scene.register("acme.alice");
    List<Map<String, AttributeValue>> before = local.inspector().items();
    try (EzyPass operator = scene.switched()) {
      assertThat(operator.admin().migrate(ALICE, Mode.DRY_RUN))
          .isEqualTo(new MigrationReport(ALICE, State.WOULD_MOVE, old, next, null));
      assertThat(operator.admin().migrateRoot(Mode.DRY_RUN).state()).isEqualTo(State.WOULD_MOVE);
      MigrationSummary summary = operator.admin().migrateAll(Mode.DRY_RUN, UNPACED);
      assertThat(summary.counts()).isEqualTo(Map.of(State.WOULD_MOVE, 2L));
      assertThat(summary.isComplete()).isFalse();
    }
    assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isZero();
    assertThat(local.calls().counts()).containsOnlyKeys("GetItem", "Query");
    assertThat(local.inspector().items()).isEqualTo(before);
  }

  @Test
  void movesFromOneKeyToOnePerTenantAndBack() {
    Map<String, String> tenants = Map.of("acme", kms.createKey(), "initech", kms.createKey());
    List<UserId> users =
        List.of(
            scene.register("acme.alice"),
            scene.register("acme.bob"),
            scene.register("initech.carol"));
    UnaryOperator<EzyPass.Builder> perTenant = builder -> builder.kmsKeyPerUser(tenants(tenants));
    try (EzyPass operator = local.open(perTenant)) {
      assertThat(operator.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.MOVED, 3L, State.ALREADY_THERE, 1L));
      users.forEach(user -> assertThat(scene.arn(user)).isEqualTo(tenants(tenants).apply(user)));
      assertThat(scene.rootArn()).isEqualTo(old);
      users.forEach(user -> assertThat(operator.repository().vault(user).open()).hasSize(1));
      UserId dave = UserId.of("initech.dave");
      operator.repository().register(NewUser.withId(dave));
      assertThat(scene.arn(dave)).isEqualTo(tenants.get("initech"));
    }
    String[] all = tenants.values().toArray(String[]::new);
    try (EzyPass operator = local.open(builder -> builder.acceptedKmsKeys(all))) {
      assertThat(operator.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.MOVED, 4L, State.ALREADY_THERE, 1L));
    }
    tenants.values().forEach(kms::disable);
    try (EzyPass fresh = local.open(builder -> builder)) {
      users.forEach(user -> assertThat(fresh.repository().vault(user).open()).hasSize(1));
    }
  }

  private static Function<UserId, String> tenants(Map<String, String> keys) {
    return user -> keys.get(user.value().split("\\.", -1)[0]);
  }

  @Test
  void whomTheSelectorHasNoKeyForDoesNotKeepTheOthersFromBeingMoved() {
    scene.register("acme.alice");
    UserId unknown = scene.register("gone.bob");
    scene.register("acme.carol");
    Map<String, String> tenants = Map.of("acme", next);
    try (EzyPass operator = local.open(b -> b.kmsKeyPerUser(tenants(tenants)))) {
      MigrationSummary summary = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(summary.counts())
          .isEqualTo(Map.of(State.MOVED, 2L, State.FAILED, 1L, State.ALREADY_THERE, 1L));
      assertThat(summary.failures()).extracting(MigrationReport::user).containsExactly(unknown);
      assertThat(operator.admin().rotateAll(Instant.MAX, UNPACED).failed()).isEqualTo(1);
    }
  }

  @Test
  void pagesCoverAllUsersAndLeaveTheRoot() {
    List<UserId> users =
        IntStream.range(0, 25).mapToObj(i -> scene.register("acme.u" + i)).toList();
    try (EzyPass operator = scene.switched()) {
      List<UserId> moved = new ArrayList<>();
      PageRequest request = PageRequest.first(10);
      while (true) {
        Page<MigrationReport> page = operator.admin().migratePage(request, Mode.APPLY, UNPACED);
        page.items().forEach(report -> moved.add(report.user()));
        assertThat(page.items()).extracting(MigrationReport::state).containsOnly(State.MOVED);
        if (page.next() == null) {
          break;
        }
        request = new PageRequest(10, page.next());
      }
      assertThat(moved).containsExactlyInAnyOrderElementsOf(users);
      assertThat(scene.rootArn()).isEqualTo(old);
      assertThat(operator.admin().migrateRoot(Mode.APPLY))
          .isEqualTo(new MigrationReport(null, State.MOVED, old, next, null))
          .hasToString("MigrationReport[table, MOVED]");
      assertThat(operator.repository().findUserBy(UserKey.username("acme.u3"))).isPresent();
    }
  }

  @Test
  void aUserWhoIsNotThereIsSaidSo() {
    scene.register("acme.alice");
    local.repository().deleteUser(ALICE);
    try (EzyPass operator = scene.switched()) {
      for (UserId absent : List.of(ALICE, UserId.of("nobody"))) {
        assertThatThrownBy(() -> operator.admin().migrate(absent, Mode.APPLY))
            .isInstanceOf(UserNotFoundException.class);
      }
      assertThat(kms.callCount()).isZero();
    }
  }

  @Test
  void aReplicaOfTheTargetCountsAsThere() {
    String primary = kms.createMultiRegionKey();
    String replica = kms.replicateKey(primary, Region.EU_WEST_1);
    scene.register("acme.alice");
    try (EzyPass operator = local.open(b -> b.kmsKey(primary).acceptedKmsKeys(old))) {
      operator.admin().migrateAll(Mode.APPLY, UNPACED);
    }
    local.resetCounts();
    try (EzyPass abroad =
        local.open(
            b -> b.clients(local.dynamoDb(), kms.client(Region.EU_WEST_1)).kmsKey(replica))) {
      assertThat(abroad.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.ALREADY_THERE, 2L));
      assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isZero();
    }
  }

  @Test
  void anAliasAsTargetIsResolvedOnce() {
    scene.register("acme.alice");
    scene.register("acme.bob");
    kms.createAlias("alias/next", next);
    try (EzyPass operator = local.open(b -> b.kmsKey("alias/next").acceptedKmsKeys(old))) {
      assertThat(operator.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.MOVED, 3L));
    }
    assertThat(kms.callCount(KmsAction.DESCRIBE_KEY)).isEqualTo(1);
    assertThat(kms.calls())
        .filteredOn(call -> call.action() == KmsAction.RE_ENCRYPT)
        .extracting(KmsCall::keyId)
        .containsOnly(next);
    assertThat(scene.arn(ALICE)).isEqualTo(next);
  }
}
