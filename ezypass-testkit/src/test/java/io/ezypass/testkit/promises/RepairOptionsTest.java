package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.bytes;
import static io.ezypass.testkit.promises.RepairScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.Finding;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.JobProgress;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RepairSummary;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.model.NewGrant;
import io.ezypass.testkit.kms.KmsAction;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a repair costs, and how it is watched, cancelled, and kept going where one user fails. */
class RepairOptionsTest {
  private final RepairScene scene = new RepairScene();
  private final EzyPass operator = scene.local.open(b -> b);

  @AfterEach
  void stop() {
    operator.close();
    scene.close();
  }

  @Test
  void aUserOfWhomNothingIsTornCostsOneLook() {
    operator.admin().repair(BOB, Mode.DRY_RUN);
    scene.local.resetCounts();

    operator.admin().repair(ALICE, Mode.APPLY);

    assertThat(scene.local.calls().counts())
        .isEqualTo(Map.of("GetItem", 1, "BatchGetItem", 2, "Query", 1));
    assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
  }

  @Test
  void dueDatesAndGrantsCostOneBatchGetItemForAHundredRowsThatTheyName() {
    Vault vault = scene.vaults.vault(ALICE);
    LocalDate day = LocalDate.of(2031, 2, 28);
    vault.edit(scene.plain, old -> old.toBuilder().rotateBy(day).build()).close();
    vault.sharing().share(scene.plain, NewGrant.to(BOB));
    operator.admin().repair(BOB, Mode.DRY_RUN);
    scene.local.resetCounts();

    operator.admin().repair(ALICE, Mode.APPLY);

    assertThat(scene.local.calls().counts())
        .isEqualTo(Map.of("GetItem", 1, "BatchGetItem", 3, "Query", 1));
    for (int i = 0; i < 98; i++) {
      vault.add(RepairScene.content("due.example", "due " + i).rotateBy(day).build()).close();
    }
    scene.local.resetCounts();

    operator.admin().repair(ALICE, Mode.APPLY);

    assertThat(scene.local.calls().counts())
        .isEqualTo(Map.of("GetItem", 1, "BatchGetItem", 4, "Query", 1));
  }

  @Test
  void whatIsMendedCostsOneTransactionMore() {
    operator.admin().repair(BOB, Mode.DRY_RUN);
    scene.remove(scene.row(scene.moved));
    scene.local.resetCounts();

    operator.admin().repair(ALICE, Mode.APPLY);

    assertThat(scene.local.calls().counts())
        .isEqualTo(Map.of("GetItem", 1, "BatchGetItem", 2, "Query", 1, "TransactWriteItems", 1));
  }

  @Test
  void stepsAreUsersLookedAtAndFindingsMended() {
    scene.remove(scene.row(scene.moved));
    List<JobProgress> steps = new ArrayList<>();

    operator.admin().repairAll(Mode.APPLY, JobOptions.unpaced().observedBy(steps::add));

    assertThat(steps).extracting(JobProgress::steps).containsExactly(1L, 2L, 3L);
    assertThat(steps).extracting(JobProgress::user).containsOnly(ALICE, BOB);
  }

  @Test
  void whatWasCancelledIsGoneOnWithByRunningItAgain() {
    scene.remove(scene.row(scene.moved));
    scene.remove(scene.row(scene.movedTwice));
    scene.remove(scene.claim("EMAIL#", BOB));
    List<JobProgress> steps = new ArrayList<>();
    long mended = 0;
    RepairSummary summary;
    int runs = 0;
    do {
      int limit = steps.size() + 2;
      JobOptions options =
          JobOptions.unpaced().observedBy(steps::add).cancelledWhen(() -> steps.size() >= limit);
      summary = operator.admin().repairAll(Mode.APPLY, options);
      mended += summary.count(Finding.Outcome.MENDED);
      runs++;
    } while (summary.cancelled() && runs < 20);

    RepairSummary last = operator.admin().repairAll(Mode.APPLY, JobOptions.unpaced());
    assertThat(mended + last.count(Finding.Outcome.MENDED)).isEqualTo(3);
    assertThat(runs).isGreaterThan(1);
    assertThat(scene.repairs()).isEmpty();
  }

  @Test
  void forgedClaimsThatNameAUserCostNoKmsCallEach() {
    for (char c = 'A'; c < 'K'; c++) {
      scene.inspector.put(
          Map.of(
              "pk", text("EMAIL#" + String.valueOf(c).repeat(42) + "A"),
              "sk", text("CLAIM"),
              "u", text("alice"),
              "a", bytes(32)));
    }
    scene.local.resetCounts();

    RepairSummary summary = operator.admin().repairAll(Mode.APPLY, JobOptions.unpaced());

    assertThat(summary.counts())
        .isEqualTo(Map.of(Finding.Kind.CLAIM_FORGED, Map.of(Finding.Outcome.REPORTED, 10L)));
    assertThat(scene.local.kms().callCount(KmsAction.DECRYPT))
        .as("the table and 2 users")
        .isEqualTo(3);
  }

  @Test
  void whoeverSawThatItWasCancelledSaysSo() {
    scene.remove(scene.row(scene.moved));
    List<Map<String, AttributeValue>> torn = scene.inspector.items();
    AtomicInteger asked = new AtomicInteger();
    BooleanSupplier count = () -> asked.incrementAndGet() < 0;
    assertThat(
            operator
                .admin()
                .repairAll(Mode.APPLY, JobOptions.unpaced().cancelledWhen(count))
                .cancelled())
        .isFalse();
    int times = asked.get();

    for (int time = 1; time <= times; time++) {
      scene.restore(torn);
      asked.set(0);
      int when = time;
      JobOptions options =
          JobOptions.unpaced().cancelledWhen(() -> asked.incrementAndGet() >= when);
      assertThat(operator.admin().repairAll(Mode.APPLY, options).cancelled())
          .as("cancelled when asked the %sth of %s times", time, times)
          .isTrue();
      assertThat(asked).as("not asked again").hasValue(time);
    }
  }

  @Test
  void aUserWhoseKeyIsNotAcceptedDoesNotKeepItFromTheOthers() {
    String other = scene.local.kms().createKey();
    Map<String, AttributeValue> keys = scene.inspector.item("U#alice", "KEYS");
    scene.change("KEYS", item -> item.put("k", text(other)));
    scene.remove(scene.claim("EMAIL#", BOB));

    RepairSummary summary = operator.admin().repairAll(Mode.APPLY, JobOptions.unpaced());

    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.user()).isEqualTo(ALICE);
              assertThat(failure.reason()).isInstanceOf(KeyUnavailableException.class);
            });
    assertThat(summary.counts())
        .isEqualTo(Map.of(Finding.Kind.CLAIM_MISSING, Map.of(Finding.Outcome.MENDED, 1L)));
    assertThatThrownBy(() -> operator.admin().repair(ALICE, Mode.APPLY))
        .isInstanceOf(KeyUnavailableException.class);
    scene.inspector.put(keys);
    assertThat(scene.repairs()).isEmpty();
  }
}
