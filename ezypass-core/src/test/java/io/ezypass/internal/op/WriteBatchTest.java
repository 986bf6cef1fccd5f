package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchResult;
import io.ezypass.admin.JobOptions;
import io.ezypass.error.BatchMismatchException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.table.Item;
import io.ezypass.model.CredentialContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Batches of additions, with answers that DynamoDB Local never gives. */
class WriteBatchTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final BatchScene scene = new BatchScene();

  @Test
  void aChunkHasNinetyNineItemsAndItsReceipt() {
    BatchResult result = scene.add(BatchScene.contents(250));

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(250);
    assertThat(scene.script.sent()).hasSize(4).startsWith("Query").containsOnlyOnce("Query");
    assertThat(scene.transactions)
        .extracting(tx -> tx.transactItems().size())
        .containsExactly(100, 100, 53);
    assertThat(scene.transactions)
        .allMatch(tx -> lastKey(tx).startsWith("BATCH#"))
        .extracting(TransactWriteItemsRequest::clientRequestToken)
        .doesNotHaveDuplicates();
    assertThat(scene.sortKeys("BATCH#"))
        .hasSize(3)
        .allMatch(sk -> sk.matches("BATCH#.{16}#00000[012]"));
    assertThat(scene.sortKeys("CRED#")).hasSize(250);
  }

  @Test
  void aChunkHasFourMegabytes() {
    BatchResult result = scene.add(Collections.nCopies(30, BatchScene.large(300_000)));

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(30);
    assertThat(scene.transactions)
        .extracting(tx -> tx.transactItems().size())
        .containsExactly(14, 14, 5);
  }

  @Test
  void badItemsTakeNoActionAndAreToldAgain() {
    List<CredentialContent> contents = new ArrayList<>(BatchScene.contents(3));
    contents.set(
        0, CredentialContent.builder().website("a").expiresAt(scene.now.plusSeconds(1)).build());
    contents.set(2, BatchScene.large(500_000));
    scene.now = scene.now.plusSeconds(1);

    for (int run = 0; run < 2; run++) {
      List<BatchItem> items = scene.add(contents).items();
      assertThat(items.get(0).failure()).isInstanceOf(IllegalArgumentException.class);
      assertThat(items.get(1).outcome())
          .isEqualTo(run == 0 ? Outcome.WRITTEN : Outcome.ALREADY_THERE);
      assertThat(items.get(2).failure()).isInstanceOf(LimitExceededException.class);
    }
    assertThat(scene.transactions).hasSize(1);
    assertThat(scene.transactions.get(0).transactItems()).hasSize(2);
  }

  /** Time stands still here, so the third chunk waits for both before it. */
  @Test
  void aChunkHasNoMoreThanTheStepsOfASecond() {
    scene.add(BatchScene.contents(25), BatchOptions.standard().withJob(JobOptions.paced(10)));

    assertThat(scene.transactions)
        .extracting(tx -> tx.transactItems().size())
        .containsExactly(11, 11, 6);
    assertThat(scene.script.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void anotherPaceMeetsTheSameReceipts() {
    List<CredentialContent> contents = BatchScene.contents(25);
    scene.add(contents, BatchOptions.standard().withJob(JobOptions.paced(10)));

    BatchResult again = scene.add(contents, BatchOptions.standard().withJob(JobOptions.paced(7)));

    assertThat(again.count(Outcome.ALREADY_THERE)).isEqualTo(25);
    assertThat(scene.transactions).hasSize(3);
  }

  @Test
  void aTakenPlaceIsLeftOutRecordedAndTheChunkIsSentWithoutItUnderAnotherToken() {
    List<CredentialContent> contents = BatchScene.contents(4);
    scene.next(tx -> BatchScene.cancelled(tx, 2, "ConditionalCheckFailed"));

    BatchResult result = scene.add(contents);

    assertThat(BatchScene.outcomes(result))
        .containsExactly(Outcome.WRITTEN, Outcome.WRITTEN, Outcome.CONFLICT, Outcome.WRITTEN);
    assertThat(scene.transactions)
        .extracting(tx -> tx.transactItems().size())
        .containsExactly(5, 4);
    assertThat(scene.transactions)
        .extracting(TransactWriteItemsRequest::clientRequestToken)
        .doesNotHaveDuplicates();
    assertThat(BatchScene.outcomes(scene.add(contents)))
        .containsExactly(
            Outcome.ALREADY_THERE, Outcome.ALREADY_THERE, Outcome.CONFLICT, Outcome.ALREADY_THERE);
  }

  @Test
  void aChunkWhoseAnswerWasLostIsRecognisedByItsReceipt() {
    scene.next(scene::lost);

    BatchResult result = scene.add(BatchScene.contents(3));

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(3);
    assertThat(scene.script.pauses()).hasSize(1);
    assertThat(scene.sortKeys("CRED#")).hasSize(3);
  }

  @Test
  void aLostAnswerAtTheDeadlineIsSettledByReading() {
    scene.next(scene::carryOut).next(tx -> late(scene.lost(tx)));

    BatchResult result = scene.add(BatchScene.contents(250));

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(198);
    assertThat(result.count(Outcome.NOT_ATTEMPTED)).isEqualTo(52);
    assertThat(result.items().get(249).failure()).isInstanceOf(LimitExceededException.class);
    assertThat(scene.script.sent()).endsWith("TransactWriteItems", "GetItem");
  }

  @Test
  void whatIsNotThereAtTheDeadlineMayStillCome() {
    List<CredentialContent> contents = BatchScene.contents(150);
    scene.next(tx -> late(scene.noAnswer(tx)));

    BatchResult first = scene.add(contents);

    assertThat(first.isSettled()).isFalse();
    assertThat(first.items().subList(0, 99))
        .containsOnly(new BatchItem(Outcome.UNKNOWN, null, null));
    assertThat(first.count(Outcome.NOT_ATTEMPTED)).isEqualTo(51);

    // It does, after the caller has called again.
    TransactWriteItemsRequest late = scene.transactions.get(0);
    scene.next(scene::carryOut);
    assertThat(scene.add(contents).count(Outcome.WRITTEN)).isEqualTo(150);
    scene.carryOut(late);
    assertThat(scene.sortKeys("CRED#")).hasSize(150);
  }

  @Test
  void throttlingIsRetriedUntilTheDeadlineAndThenTold() {
    scene.next(scene::carryOut);
    for (int i = 0; i < 20; i++) {
      scene.next(tx -> BatchScene.cancelled(tx, 0, "ThrottlingError"));
    }
    scene.next(tx -> late(BatchScene.cancelled(tx, 0, "ThrottlingError")));
    for (int i = 0; i < 8; i++) {
      scene.next(tx -> BatchScene.cancelled(tx, 0, "ThrottlingError"));
    }

    BatchResult result = scene.add(BatchScene.contents(100));

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(99);
    assertThat(result.items().get(99).outcome()).isEqualTo(Outcome.NOT_ATTEMPTED);
    assertThat(result.items().get(99).failure())
        .isInstanceOfSatisfying(
            StorageUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(StorageUnavailableException.Reason.THROTTLED));
    assertThat(scene.script.pauses()).isNotEmpty().allMatch(pause -> !pause.isZero());
  }

  @Test
  void aRefusalIsToldAtOnce() {
    scene.next(scene::carryOut).next(tx -> denied());

    BatchResult result = scene.add(BatchScene.contents(100));

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(99);
    assertThat(result.items().get(99).failure()).isInstanceOf(StorageUnavailableException.class);
    assertThat(scene.script.pauses()).isEmpty();
  }

  @Test
  void aRefusalBeforeAnythingWasWrittenIsThrown() {
    scene.next(tx -> denied());

    assertThatThrownBy(() -> scene.add(BatchScene.contents(100)))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(scene.rows).isEmpty();
  }

  @Test
  void whatAnotherProcessWritesMeanwhileIsTakenOverAtItsBounds() {
    List<CredentialContent> contents = BatchScene.contents(250);
    BatchOptions slower = BatchOptions.standard().withJob(JobOptions.paced(60));
    scene.next(
        tx -> {
          scene.another(contents, stoppingAfter(slower, 60));
          return scene.carryOut(tx);
        });

    BatchResult result = scene.add(contents);

    assertThat(result.items().subList(0, 60))
        .allMatch(item -> item.outcome() == Outcome.ALREADY_THERE);
    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(190);
    assertThat(scene.sortKeys("CRED#")).hasSize(250);
  }

  @Test
  void otherContentIsRefusedWhoeverWasFaster() {
    scene.next(
        tx -> {
          scene.another(BatchScene.contents(2), BatchOptions.standard());
          return scene.carryOut(tx);
        });

    assertThatThrownBy(() -> scene.add(BatchScene.contents(3)))
        .isInstanceOf(BatchMismatchException.class);
    assertThat(scene.sortKeys("CRED#")).hasSize(2);
  }

  @Test
  void anExpiredReceiptIsReplacedAlsoIfItIsDeletedMeanwhile() {
    scene.add(BatchScene.contents(100));
    scene.now = scene.now.plus(Duration.ofDays(31));
    String second = scene.sortKeys("BATCH#").get(1);
    scene
        .next(scene::carryOut)
        .next(
            tx -> {
              scene.rows.remove(second);
              return scene.carryOut(tx);
            });

    BatchResult result = scene.add(BatchScene.contents(101));

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(101);
    assertThat(scene.sortKeys("CRED#")).hasSize(201);
    assertThat(scene.add(BatchScene.contents(101)).count(Outcome.ALREADY_THERE)).isEqualTo(101);
  }

  @Test
  void everyReceiptOfABatchEndsWhenTheFirstDoes() {
    List<CredentialContent> contents = BatchScene.contents(150);
    scene.next(scene::carryOut).next(tx -> denied());
    scene.add(contents);
    scene.now = scene.now.plus(Duration.ofDays(20));
    scene.add(contents);

    assertThat(scene.sortKeys("BATCH#"))
        .hasSize(2)
        .extracting(sk -> Objects.requireNonNull(scene.row(sk).get("ttl")).n())
        .containsOnly(Long.toString(Fixtures.NOW.plus(Duration.ofDays(30)).getEpochSecond()));
  }

  @Test
  void everyBitOfAReceiptCounts() {
    scene.add(BatchScene.contents(1));
    String sk = scene.sortKeys("BATCH#").get(0);
    for (String name : List.of("h", "m")) {
      int length = Objects.requireNonNull(scene.row(sk).get(name)).b().asByteArray().length;
      for (int at = 0; at < length; at++) {
        if (name.equals("h") && at < 4) {
          continue; // Another format, feature or generation.
        }
        scene.flip(sk, name, at);
        assertThatThrownBy(() -> scene.add(BatchScene.contents(1)))
            .as("%s[%d]", name, at)
            .isInstanceOf(TamperedItemException.class);
        scene.flip(sk, name, at);
      }
    }
    assertThat(scene.transactions).hasSize(1);
  }

  @Test
  void aReceiptInAnotherPlaceIsRefused() {
    scene.add(BatchScene.contents(100));
    List<String> receipts = scene.sortKeys("BATCH#");
    scene.rows.put(receipts.get(0), at(receipts.get(0), receipts.get(1)));

    assertThatThrownBy(() -> scene.add(BatchScene.contents(100)))
        .isInstanceOf(TamperedItemException.class);

    String other = receipts.get(1).replaceAll("#.{16}#", "#AAAAAAAAAAAAAAAA#");
    UserKeys keys = scene.keys;
    scene.rows.put(other, at(other, receipts.get(1)));
    assertThatThrownBy(
            () -> BatchReceipt.open(keys, Objects.requireNonNull(Item.of(scene.row(other)))))
        .isInstanceOf(TamperedItemException.class);
  }

  /** Who can write the table can bring that about. */
  @Test
  void whatHasNoReceiptIsWrittenOnceMore() {
    scene.add(BatchScene.contents(1));
    scene.rows.remove(scene.sortKeys("BATCH#").get(0));

    assertThat(scene.add(BatchScene.contents(1)).count(Outcome.WRITTEN)).isEqualTo(1);
    assertThat(scene.sortKeys("CRED#")).hasSize(2);
  }

  @Test
  void whatTheObserverThrowsEndsTheBatch() {
    ArithmeticException mine = new ArithmeticException();
    BatchOptions observed =
        BatchOptions.standard()
            .withJob(
                JobOptions.unpaced()
                    .observedBy(
                        progress -> {
                          throw mine;
                        }));

    assertThatThrownBy(() -> scene.add(BatchScene.contents(1), observed)).isSameAs(mine);
    assertThat(scene.add(BatchScene.contents(1)).count(Outcome.ALREADY_THERE)).isEqualTo(1);
  }

  private Map<String, AttributeValue> at(String sk, String from) {
    Map<String, AttributeValue> copy = new TreeMap<>(scene.row(from));
    copy.put("sk", AttributeValue.fromS(sk));
    return copy;
  }

  private Object late(Object answer) {
    scene.nanos += HOUR / 2;
    return answer;
  }

  private static BatchOptions stoppingAfter(BatchOptions options, int items) {
    List<Object> told = new ArrayList<>();
    return options.withJob(
        options.job().observedBy(told::add).cancelledWhen(() -> told.size() >= items));
  }

  private static RuntimeException denied() {
    return (RuntimeException)
        DynamoDbException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("AccessDeniedException").build())
            .statusCode(400)
            .numAttempts(1)
            .build();
  }

  private static String lastKey(TransactWriteItemsRequest tx) {
    return Objects.requireNonNull(
            tx.transactItems().get(tx.transactItems().size() - 1).put().item().get("sk"))
        .s();
  }
}
