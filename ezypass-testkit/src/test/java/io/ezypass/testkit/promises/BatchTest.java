package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchRead;
import io.ezypass.BatchResult;
import io.ezypass.EzyPass;
import io.ezypass.VaultBatch;
import io.ezypass.admin.Finding;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RotationReport;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.UserDeletion;
import io.ezypass.testkit.dynamodb.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Batches on DynamoDB Local: seven thousand in one call, crashes, rivals, rotations. */
class BatchTest {
  private static final BatchId IMPORT = BatchId.of("import");
  private static final BatchOptions STANDARD = BatchOptions.standard();

  /** One bad row, and duplicates, in seven thousand: nothing else is lost. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void sevenThousandInOneCall(Api api) {
    try (Scene scene = new Scene(api)) {
      List<CredentialContent> contents = new ArrayList<>(contents(7_000));
      contents.set(4_711, expired(scene));
      contents.set(4_712, contents.get(0));
      VaultBatch batch = scene.vault().batch();

      BatchResult result = batch.add(IMPORT, contents, STANDARD);

      assertThat(result.count(Outcome.WRITTEN)).isEqualTo(6_999);
      assertThat(result.items().get(4_711).failure()).isInstanceOf(IllegalArgumentException.class);
      assertThat(scene.local.calls().counts())
          .containsOnlyKeys("Query", "TransactWriteItems")
          .containsEntry("Query", 1)
          .containsEntry("TransactWriteItems", 71);
      assertThat(scene.local.calls().requests())
          .filteredOn(TransactWriteItemsRequest.class::isInstance)
          .allMatch(tx -> ((TransactWriteItemsRequest) tx).transactItems().size() <= 100);

      scene.local.resetCounts();
      BatchResult again = batch.add(IMPORT, contents, STANDARD);
      assertThat(ids(again)).isEqualTo(ids(result));
      assertThat(again.count(Outcome.ALREADY_THERE)).isEqualTo(6_999);
      assertThat(scene.local.calls().counts()).containsOnlyKeys("Query").containsEntry("Query", 1);

      scene.local.resetCounts();
      List<BatchRead> read = batch.get(ids(result).stream().filter(Objects::nonNull).toList());
      assertThat(scene.local.calls().counts()).isEqualTo(Map.of("BatchGetItem", 70));
      contents.remove(4_711);
      assertThat(read).extracting(r -> r.orThrow().content()).isEqualTo(contents);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aProcessThatEndsBetweenChunksIsFollowedByAnother(Api api) {
    try (Scene scene = new Scene(api)) {
      List<CredentialContent> contents = contents(250);
      BatchOptions crashing =
          STANDARD.withJob(
              JobOptions.unpaced()
                  .observedBy(
                      progress -> {
                        throw new IllegalStateException("crash");
                      }));
      assertThatThrownBy(() -> scene.vault().batch().add(IMPORT, contents, crashing))
          .hasMessage("crash");

      BatchResult result = scene.othersVault().batch().add(IMPORT, contents, STANDARD);

      assertThat(result.count(Outcome.ALREADY_THERE)).isEqualTo(99);
      assertThat(result.count(Outcome.WRITTEN)).isEqualTo(151);
      assertThat(scene.vault().open()).hasSize(251);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void whateverIsLostOnTheWayEachItemIsWrittenOnce(Api api) {
    for (Fault fault :
        List.of(Fault.LOST_RESPONSE, Fault.LOST_REQUEST, Fault.TRANSACTION_CONFLICT)) {
      try (Scene scene = new Scene(api)) {
        scene.local.faults().once(fault, "TransactWriteItems");
        scene.local.faults().wholeCall(fault, "TransactWriteItems");

        BatchResult result = scene.vault().batch().add(IMPORT, contents(200), STANDARD);

        assertThat(result.count(Outcome.WRITTEN)).as("%s", fault).isEqualTo(200);
        assertThat(scene.othersVault().open()).hasSize(201);
      }
    }
  }

  @Test
  void unprocessedKeysAreAskedForAgain() {
    try (Scene scene = new Scene(Api.SYNC)) {
      List<CredentialId> ids = ids(scene.vault().batch().add(IMPORT, contents(150), STANDARD));
      scene.local.faults().once(Fault.UNPROCESSED, "BatchGetItem");

      assertThat(scene.vault().batch().get(ids)).allMatch(read -> read.failure() == null);
      assertThat(scene.local.faults().log()).hasSize(1);
    }
  }

  /** Every item is written by exactly one of them, and both tell the same ids. */
  @Test
  void twoProcessesThatRunABatchAtOnceShareIt() {
    try (Scene scene = new Scene(Api.ASYNC);
        EzyPass third = scene.local.open(builder -> builder)) {
      List<CredentialContent> contents = contents(1_500);
      CompletableFuture<BatchResult> one =
          third.asyncRepository().vault(Scene.ALICE).batch().add(IMPORT, contents, STANDARD);
      CompletableFuture<BatchResult> two =
          scene
              .otherProcess
              .asyncRepository()
              .vault(Scene.ALICE)
              .batch()
              .add(IMPORT, contents, STANDARD);

      List<BatchItem> first = one.join().items();
      List<BatchItem> second = two.join().items();

      for (int i = 0; i < contents.size(); i++) {
        assertThat(List.of(first.get(i).outcome(), second.get(i).outcome()))
            .as("item %d", i)
            .containsExactlyInAnyOrder(Outcome.WRITTEN, Outcome.ALREADY_THERE);
        assertThat(first.get(i).id()).isEqualTo(second.get(i).id());
      }
      assertThat(scene.vault().open()).hasSize(1_501);
    }
  }

  /** Receipts are rewritten with the vault, and known to repair and to a user's deletion. */
  @Test
  void receiptsAreRowsOfTheVaultLikeOthers() {
    try (Scene scene = new Scene(Api.SYNC)) {
      List<CredentialContent> contents = contents(120);
      List<CredentialId> ids = ids(scene.vault().batch().add(IMPORT, contents, STANDARD));
      assertThat(scene.local.ezypass().admin().repair(Scene.ALICE, Mode.DRY_RUN).findings())
          .extracting(Finding::kind)
          .isEmpty();

      RotationReport report =
          scene.local.ezypass().admin().rotate(Scene.ALICE, JobOptions.unpaced());

      assertThat(report.below()).isZero();
      assertThat(report.rewritten()).isEqualTo(1 + 1 + 120 + 2);
      assertThat(report.problems()).isEmpty();
      assertThat(ids(scene.othersVault().batch().add(IMPORT, contents, STANDARD))).isEqualTo(ids);

      UserDeletion deletion = scene.vaults.deleteUser(Scene.ALICE);
      assertThat(deletion.user()).isEqualTo(Scene.ALICE);
      assertThat(scene.local.inspector().render()).doesNotContain("BATCH#");
    }
  }

  @Test
  void aBatchInAVaultThatIsRotatedMeanwhileGoesOn() {
    try (Scene scene = new Scene(Api.SYNC)) {
      AtomicInteger told = new AtomicInteger();
      BatchOptions rotating =
          STANDARD.withJob(
              JobOptions.unpaced()
                  .observedBy(
                      progress -> {
                        if (told.incrementAndGet() == 60) {
                          scene.otherProcess.admin().rotate(Scene.ALICE, JobOptions.unpaced());
                        }
                      }));
      List<CredentialId> ids = ids(scene.vault().batch().add(IMPORT, contents(200), rotating));
      assertThat(new HashSet<>(ids)).hasSize(200);

      List<CredentialVersion> seen = ids.stream().map(id -> new CredentialVersion(id, 1)).toList();
      told.set(0);
      BatchResult deleted = scene.vault().batch().delete(BatchId.of("clean-up"), seen, rotating);

      assertThat(deleted.count(Outcome.WRITTEN)).isEqualTo(200);
      assertThat(scene.othersVault().open()).hasSize(1);
    }
  }

  @Test
  void aReceiptThatDoesNotOpenIsReportedByRepairAndNothingElse() {
    try (Scene scene = new Scene(Api.SYNC)) {
      scene.vault().batch().add(IMPORT, contents(1), STANDARD);
      String receipt = Write.rows(scene, "BATCH#").get(0);
      scene.local.inspector().flip("U#alice", receipt, "m", 0);

      assertThat(scene.otherProcess.admin().repair(Scene.ALICE, Mode.APPLY).findings())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.ROW_UNREADABLE);
    }
  }

  @Test
  void theTableShowsNothingOfTheBatchsId() {
    try (Scene scene = new Scene(Api.SYNC)) {
      BatchId id = BatchId.of("export of tahir@example.com");
      scene.vault().batch().add(id, contents(1), STANDARD.withReceiptRetention(Duration.ofDays(2)));

      assertThat(scene.local.inspector().findPlaintext(List.of("export of", "tahir@example.com")))
          .isEmpty();
      assertThat(scene.local.inspector().render()).contains("BATCH#");
    }
  }

  private static CredentialContent expired(Scene scene) {
    CredentialContent content =
        CredentialContent.builder()
            .website("github.com")
            .expiresAt(scene.local.clock().instant().plusSeconds(1))
            .build();
    scene.local.clock().advance(Duration.ofSeconds(1));
    return content;
  }

  private static List<CredentialContent> contents(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Scene.content("site-" + i % 500 + ".example", "user-" + i))
        .toList();
  }

  private static List<CredentialId> ids(BatchResult result) {
    return result.items().stream().map(BatchItem::id).toList();
  }
}
