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
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.kms.FakeKms;
import io.ezypass.testkit.kms.KmsAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A migration that is stopped, meets faults, or runs beside others: nothing is lost, and resumed.
 */
class MigrationFaultsTest {
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

  @Test
  void resumesAfterACancellation() {
    List<UserId> users =
        IntStream.range(0, 20).mapToObj(i -> scene.register("acme.u" + i)).toList();
    List<JobProgress> seen = new ArrayList<>();
    try (EzyPass operator = scene.switched()) {
      MigrationSummary first =
          operator
              .admin()
              .migrateAll(
                  Mode.APPLY, UNPACED.observedBy(seen::add).cancelledWhen(() -> seen.size() == 7));
      assertThat(first)
          .isEqualTo(new MigrationSummary(Map.of(State.MOVED, 7L), List.of(), 0, true));
      assertThat(seen).extracting(JobProgress::steps).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(seen.get(0).user()).as("the root comes first").isNull();

      MigrationSummary second = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(second.counts()).isEqualTo(Map.of(State.ALREADY_THERE, 7L, State.MOVED, 14L));
    }
    assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isEqualTo(21);
    assertThat(users).allSatisfy(user -> assertThat(scene.arn(user)).isEqualTo(next));
  }

  @Test
  void aJobThatIsCancelledBeforeItStartsDoesNothing() {
    scene.register("acme.alice");
    try (EzyPass operator = scene.switched()) {
      JobOptions cancelled = UNPACED.cancelledWhen(() -> true);
      assertThat(operator.admin().migrateAll(Mode.APPLY, cancelled))
          .isEqualTo(new MigrationSummary(Map.of(), List.of(), 0, true));
      assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isZero();
      assertThatThrownBy(
              () -> operator.admin().migratePage(PageRequest.first(10), Mode.APPLY, cancelled))
          .isInstanceOf(CancellationException.class);
      assertThat(scene.arn(ALICE)).isEqualTo(old);
    }
  }

  @Test
  void recognisesItsOwnWriteAfterALostAnswer() {
    scene.register("acme.alice");
    try (EzyPass operator = scene.switched()) {
      local.faults().once(Fault.LOST_RESPONSE, "UpdateItem");
      assertThat(operator.admin().migrate(ALICE, Mode.APPLY).state()).isEqualTo(State.MOVED);
      local.faults().once(Fault.LOST_RESPONSE, "UpdateItem");
      assertThat(operator.admin().migrateRoot(Mode.APPLY).state()).isEqualTo(State.MOVED);
    }
    assertThat(kms.callCount(KmsAction.RE_ENCRYPT)).isEqualTo(2);
  }

  @Test
  void aCallWhoseEveryAnswerIsLostIsDecidedByWhatIsStored() {
    scene.register("acme.alice");
    try (EzyPass operator = scene.switched()) {
      local.faults().wholeCall(Fault.LOST_RESPONSE, "UpdateItem");
      assertThat(operator.admin().migrate(ALICE, Mode.APPLY).state()).isEqualTo(State.MOVED);
      assertThat(scene.arn(ALICE)).isEqualTo(next);
      local.faults().wholeCall(Fault.LOST_REQUEST, "UpdateItem");
      assertThat(operator.admin().migrateRoot(Mode.APPLY).state()).isEqualTo(State.MOVED);
      assertThat(scene.rootArn()).isEqualTo(next);
    }
    assertThat(kms.callCount(KmsAction.RE_ENCRYPT))
        .as("the same ciphertext is written again")
        .isEqualTo(2);
  }

  @Test
  void anOutageEndsInAFailureAndTheNextRunGoesOn() {
    scene.register("acme.alice");
    try (EzyPass operator = scene.switched()) {
      local.faults().always(Fault.THROTTLED, "UpdateItem"::equals);
      MigrationSummary failed = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(failed.counts()).isEqualTo(Map.of(State.FAILED, 2L));
      assertThat(failed.failures())
          .extracting(MigrationReport::failure)
          .allSatisfy(f -> assertThat(f).isInstanceOf(StorageUnavailableException.class));
      assertThat(failed.isComplete()).isFalse();
      assertThat(scene.arn(ALICE)).isEqualTo(old);

      local.faults().clear();
      assertThat(operator.admin().migrateAll(Mode.APPLY, UNPACED).counts())
          .isEqualTo(Map.of(State.MOVED, 2L));
    }
  }

  @Test
  void whatKmsRefusesForOneUserDoesNotKeepTheOthers() {
    UserId bob = scene.register("acme.bob");
    scene.register("acme.alice");
    String gone = kms.createKey();
    local
        .inspector()
        .change("U#acme.alice", "KEYS", item -> item.put("k", AttributeValue.fromS(gone)));
    try (EzyPass operator = scene.switched()) {
      MigrationSummary summary = operator.admin().migrateAll(Mode.APPLY, UNPACED);
      assertThat(summary.counts()).isEqualTo(Map.of(State.MOVED, 2L, State.FAILED, 1L));
      MigrationReport failure = summary.failures().get(0);
      assertThat(failure.user()).isEqualTo(ALICE);
      assertThat(failure.failure())
          .isInstanceOfSatisfying(
              KeyUnavailableException.class,
              f -> assertThat(f.reason()).isEqualTo(KeyUnavailableException.Reason.NOT_ACCEPTED));
      assertThat(failure.toString()).contains("acme.alice").doesNotContain("arn:");
      assertThat(scene.arn(bob)).isEqualTo(next);
    }
  }

  @Test
  void aUserWhoIsDeletedWhileTheJobRunsIsNoFailure() {
    scene.register("acme.alice");
    try (EzyPass operator = scene.switched()) {
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
    scene.register("acme.alice");
    try (EzyPass operator = scene.switched();
        EzyPass other = scene.switched()) {
      local.faults().beforeSend("UpdateItem", () -> other.admin().migrate(ALICE, Mode.APPLY));
      assertThat(operator.admin().migrate(ALICE, Mode.APPLY).state())
          .isEqualTo(State.ALREADY_THERE);
      assertThat(operator.repository().vault(ALICE).open()).hasSize(1);
    }
  }

  @Test
  void readersAndWritersAtWorkNoticeNothing() throws Exception {
    List<UserId> users =
        IntStream.range(0, 30).mapToObj(i -> scene.register("acme.u" + i)).toList();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger added = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> work = new ArrayList<>();
    try (EzyPass service = local.open(b -> b.acceptedKmsKeys(next));
        EzyPass operator = scene.switched()) {
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
}
