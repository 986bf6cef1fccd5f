package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.JobProgress;
import io.ezypass.admin.MigrationReport;
import io.ezypass.admin.MigrationReport.State;
import io.ezypass.admin.MigrationSummary;
import io.ezypass.admin.Mode;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.kms.FakeKms;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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

  private final EzyPassLocal local = EzyPassLocal.start();
  private final FakeKms kms = local.kms();
  private final String old = local.kmsKey();
  private final String next = kms.createKey();

  @AfterEach
  void close() {
    local.close();
  }

  /** A process that wraps under the new key and accepts the old one. */
  private EzyPass switched() {
    return local.open(builder -> builder.kmsKey(next).acceptedKmsKeys(old));
  }

  private UserId register(String id) {
    UserId user = UserId.of(id);
    local.repository().register(NewUser.withId(user).username(id));
    local.repository().vault(user).add(Scene.content("github.com", id));
    local.resetCounts();
    return user;
  }

  private Map<String, AttributeValue> keys(UserId user) {
    return local.inspector().item("U#" + user, "KEYS");
  }

  private String arn(UserId user) {
    return keys(user).get("k").s();
  }

  private String rootArn() {
    return local.inspector().item("TABLE", "ROOT").get("k").s();
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

    try (EzyPass operator = switched()) {
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
      assertThat(users).allSatisfy(user -> assertThat(arn(user)).isEqualTo(next));
      assertThat(rootArn()).isEqualTo(next);

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
    register("acme.alice");
    try (EzyPass operator = switched()) {
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
    register("acme.alice");
    List<Map<String, AttributeValue>> before = local.inspector().items();
    try (EzyPass operator = switched()) {
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
        List.of(register("acme.alice"), register("acme.bob"), register("initech.carol"));
    UnaryOperator<EzyPass.Builder> perTenant = builder -> builder.kmsKeyPerUser(tenants(tenants));
    try (EzyPass operator = local.open(perTenant)) {
      assertThat(operator.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.MOVED, 3L, State.ALREADY_THERE, 1L));
      users.forEach(user -> assertThat(arn(user)).isEqualTo(tenants(tenants).apply(user)));
      assertThat(rootArn()).isEqualTo(old);
      users.forEach(user -> assertThat(operator.repository().vault(user).open()).hasSize(1));
      UserId dave = UserId.of("initech.dave");
      operator.repository().register(NewUser.withId(dave));
      assertThat(arn(dave)).isEqualTo(tenants.get("initech"));
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
  void resumesAfterACancellation() {
    List<UserId> users =
        IntStream.range(0, 20).mapToObj(i -> register("acme.u" + i)).toList();
    List<JobProgress> seen = new ArrayList<>();
    try (EzyPass operator = switched()) {
      MigrationSummary first =
          operator
              .admin()
              .migrateAll(
                  Mode.APPLY, UNPACED.observedBy(seen::add).cancelledWhen(() -> seen.size() == 7));
      assertThat(first).isEqualTo(new MigrationSummary(Map.of(State.MOVED, 7L), List.of(), true));
      assertThat(seen).extracting(JobProgress::steps).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(seen.get(0).user()).as("the root comes first").isNull();

      MigrationSummary second = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(second.counts())
          .isEqualTo(Map.of(State.ALREADY_THERE, 7L, State.MOVED, 14L));
    }
    assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isEqualTo(21);
    assertThat(users).allSatisfy(user -> assertThat(arn(user)).isEqualTo(next));
  }

  @Test
  void aJobThatIsCancelledBeforeItStartsDoesNothing() {
    register("acme.alice");
    try (EzyPass operator = switched()) {
      JobOptions cancelled = UNPACED.cancelledWhen(() -> true);
      assertThat(operator.admin().migrateAll(Mode.APPLY, cancelled))
          .isEqualTo(new MigrationSummary(Map.of(), List.of(), true));
      assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isZero();
      assertThatThrownBy(
              () -> operator.admin().migratePage(PageRequest.first(10), Mode.APPLY, cancelled))
          .isInstanceOf(CancellationException.class);
      assertThat(arn(ALICE)).isEqualTo(old);
    }
  }

  @Test
  void pagesCoverAllUsersAndLeaveTheRoot() {
    List<UserId> users =
        IntStream.range(0, 25).mapToObj(i -> register("acme.u" + i)).toList();
    try (EzyPass operator = switched()) {
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
      assertThat(rootArn()).isEqualTo(old);
      assertThat(operator.admin().migrateRoot(Mode.APPLY))
          .isEqualTo(new MigrationReport(null, State.MOVED, old, next, null))
          .hasToString("MigrationReport[table, MOVED]");
      assertThat(operator.repository().findUserBy(UserKey.username("acme.u3"))).isPresent();
    }
  }

  @Test
  void recognisesItsOwnWriteAfterALostAnswer() {
    register("acme.alice");
    try (EzyPass operator = switched()) {
      local.faults().once(Fault.LOST_RESPONSE, "UpdateItem");
      assertThat(operator.admin().migrate(ALICE, Mode.APPLY).state()).isEqualTo(State.MOVED);
      local.faults().once(Fault.LOST_RESPONSE, "UpdateItem");
      assertThat(operator.admin().migrateRoot(Mode.APPLY).state()).isEqualTo(State.MOVED);
    }
    assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isEqualTo(2);
  }

  @Test
  void aCallWhoseEveryAnswerIsLostIsDecidedByWhatIsStored() {
    register("acme.alice");
    try (EzyPass operator = switched()) {
      local.faults().wholeCall(Fault.LOST_RESPONSE, "UpdateItem");
      assertThat(operator.admin().migrate(ALICE, Mode.APPLY).state()).isEqualTo(State.MOVED);
      assertThat(arn(ALICE)).isEqualTo(next);
      local.faults().wholeCall(Fault.LOST_REQUEST, "UpdateItem");
      assertThat(operator.admin().migrateRoot(Mode.APPLY).state()).isEqualTo(State.MOVED);
      assertThat(rootArn()).isEqualTo(next);
    }
    assertThat(kms.callCount(KmsAction.RE_ENCRYPT))
        .as("the same ciphertext is written again")
        .isEqualTo(2);
  }

  @Test
  void anOutageEndsInAFailureAndTheNextRunGoesOn() {
    register("acme.alice");
    try (EzyPass operator = switched()) {
      local.faults().always(Fault.THROTTLED, "UpdateItem"::equals);
      MigrationSummary failed = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(failed.counts()).isEqualTo(Map.of(State.FAILED, 2L));
      assertThat(failed.failures())
          .extracting(MigrationReport::failure)
          .allSatisfy(f -> assertThat(f).isInstanceOf(StorageUnavailableException.class));
      assertThat(failed.isComplete()).isFalse();
      assertThat(arn(ALICE)).isEqualTo(old);

      local.faults().clear();
      assertThat(operator.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.MOVED, 2L));
    }
  }

  @Test
  void whatKmsRefusesForOneUserDoesNotKeepTheOthers() {
    UserId bob = register("acme.bob");
    register("acme.alice");
    String gone = kms.createKey();
    local
        .inspector()
        .change("U#acme.alice", "KEYS", item -> item.put("k", AttributeValue.fromS(gone)));
    try (EzyPass operator = switched()) {
      MigrationSummary summary = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(summary.counts()).isEqualTo(Map.of(State.MOVED, 2L, State.FAILED, 1L));
      MigrationReport failure = summary.failures().get(0);
      assertThat(failure.user()).isEqualTo(ALICE);
      assertThat(failure.failure())
          .isInstanceOfSatisfying(
              KeyUnavailableException.class,
              f -> assertThat(f.reason()).isEqualTo(KeyUnavailableException.Reason.NOT_ACCEPTED));
      assertThat(failure.toString()).contains("acme.alice").doesNotContain("arn:");
      assertThat(arn(bob)).isEqualTo(next);
    }
  }

  @Test
  void aUserWhoIsNotThereIsSaidSo() {
    register("acme.alice");
    local.repository().deleteUser(ALICE);
    try (EzyPass operator = switched()) {
      for (UserId absent : List.of(ALICE, UserId.of("nobody"))) {
        assertThatThrownBy(() -> operator.admin().migrate(absent, Mode.APPLY))
            .isInstanceOf(UserNotFoundException.class);
      }
      assertThat(kms.callCount()).isZero();
    }
  }

  @Test
  void aUserWhoIsDeletedWhileTheJobRunsIsNoFailure() {
    register("acme.alice");
    try (EzyPass operator = switched()) {
      MigrationSummary summary =
          operator
              .admin()
              .migrateAll(
                  Mode.APPLY,
                  // After the root and before the first user there is no step: hook the listing.
                  UNPACED.cancelledWhen(
                      new BooleanSupplier() {
                        private int asked;

                        @Override
                        public boolean getAsBoolean() {
                          if (++asked == 2) {
                            local.repository().deleteUser(ALICE);
                          }
                          return false;
                        }
                      }));
      assertThat(summary.counts()).isEqualTo(Map.of(State.MOVED, 1L, State.DELETED, 1L));
      assertThat(summary.isComplete()).isTrue();
    }
  }

  @Test
  void keysThatChangeBetweenReadAndWriteAreReadAgain() {
    register("acme.alice");
    try (EzyPass operator = switched();
        EzyPass other = switched()) {
      local
          .faults()
          .beforeSend("UpdateItem", () -> other.admin().migrate(ALICE, Mode.APPLY));
      assertThat(operator.admin().migrate(ALICE, Mode.APPLY).state())
          .isEqualTo(State.ALREADY_THERE);
      assertThat(operator.repository().vault(ALICE).open()).hasSize(1);
    }
  }

  @Test
  void readersAndWritersAtWorkNoticeNothing() throws Exception {
    List<UserId> users =
        IntStream.range(0, 30).mapToObj(i -> register("acme.u" + i)).toList();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger added = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> work = new ArrayList<>();
    try (EzyPass service = local.open(b -> b.acceptedKmsKeys(next));
        EzyPass operator = switched()) {
      VaultRepository vaults = service.repository();
      for (int thread = 0; thread < 4; thread++) {
        int first = thread;
        work.add(
            threads.submit(
                () -> {
                  for (int i = first; !stop.get() || i < 60; i += 3) {
                    UserId user = users.get(i % users.size());
                    Vault vault = vaults.vault(user);
                    assertThat(vault.open()).isNotEmpty();
                    vault.add(Scene.content("example.com", "n" + i));
                    added.incrementAndGet();
                    service.evict(user);
                  }
                }));
      }
      MigrationSummary summary = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      stop.set(true);
      for (Future<?> each : work) {
        each.get();
      }
      assertThat(summary.counts()).isEqualTo(Map.of(State.MOVED, 31L));
    } finally {
      threads.shutdownNow();
    }
    kms.disable(old);
    try (EzyPass fresh = local.open(b -> b.kmsKey(next))) {
      int stored = users.stream().mapToInt(u -> fresh.repository().vault(u).open().size()).sum();
      assertThat(stored).isEqualTo(users.size() + added.get());
    }
  }

  @Test
  void aReplicaOfTheTargetCountsAsThere() {
    String primary = kms.createMultiRegionKey();
    String replica =
        kms.replicateKey(primary, Region.EU_WEST_1);
    register("acme.alice");
    try (EzyPass operator = local.open(b -> b.kmsKey(primary).acceptedKmsKeys(old))) {
      operator.admin().migrateAll(Mode.APPLY, UNPACED);
    }
    local.resetCounts();
    try (EzyPass abroad =
        local.open(
            b ->
                b.clients(
                        local.dynamoDb(),
                        kms.client(Region.EU_WEST_1))
                    .kmsKey(replica))) {
      assertThat(abroad.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.ALREADY_THERE, 2L));
      assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isZero();
    }
  }

  @Test
  void anAliasAsTargetIsResolvedOnce() {
    register("acme.alice");
    register("acme.bob");
    kms.createAlias("alias/next", next);
    try (EzyPass operator =
        local.open(b -> b.kmsKey("alias/next").acceptedKmsKeys(old))) {
      assertThat(operator.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.MOVED, 3L));
    }
    assertThat(kms.callCount(KmsAction.DESCRIBE_KEY)).isEqualTo(1);
    assertThat(kms.calls())
        .filteredOn(call -> call.action() == KmsAction.RE_ENCRYPT)
        .extracting(KmsCall::keyId)
        .containsOnly(next);
    assertThat(arn(ALICE)).isEqualTo(next);
  }
}
