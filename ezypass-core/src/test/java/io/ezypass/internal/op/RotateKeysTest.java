package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.admin.JobOptions;
import io.ezypass.admin.RotationReport;
import io.ezypass.admin.RotationReport.State;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.KeysCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The steps of a rotation, and what each of them makes of every answer. */
class RotateKeysTest {
  private static final Duration SETTLED = Duration.ofMinutes(70);

  private final RotationScene scene = new RotationScene();

  @Test
  void activatesTheNextGenerationThenRewritesThenLooksOnceMore() {
    String row = scene.credential("github.com");
    Instant first = scene.now;
    scene.now = scene.now.plusSeconds(60);

    RotationReport report = scene.run();

    assertThat(scene.script.sent())
        .containsExactly(
            "GetItem",
            "Decrypt",
            "Query",
            "GenerateDataKey",
            "PutItem",
            "GetItem",
            "Decrypt",
            "Query",
            "UpdateItem",
            "Query");
    assertThat(scene.generation(row)).isEqualTo(2);
    assertThat(report)
        .isEqualTo(
            new RotationReport(
                Fixtures.USER,
                State.SETTLING,
                2,
                scene.now,
                scene.now.plus(SETTLED),
                1,
                0,
                List.of(),
                null));
    KeysCodec.Decoded next = scene.open().next(scene.now);
    assertThat(next.indexKey()).isEqualTo(Fixtures.filled(102));
    assertThat(next.pageTokenKey()).isEqualTo(Fixtures.filled(103));
    assertThat(next.generations()).hasSize(3);
    assertThat(next.generations().get(0).key()).isEqualTo(Fixtures.filled(1));
    assertThat(next.generations().get(0).activatedAt()).isEqualTo(first);
    assertThat(next.generations().get(1).key()).isEqualTo(Fixtures.filled(2));
    assertThat(next.generations().get(1).activatedAt()).isEqualTo(scene.now);
  }

  @Test
  void keysKeepTheirOtherAttributesAndTheTraceOfTheWriteBefore() {
    scene.set("KEYS", "q", AttributeValue.fromS("of a later version"));
    Header before = scene.header("KEYS");

    scene.run();

    assertThat(scene.value("KEYS", "q").s()).isEqualTo("of a later version");
    assertThat(scene.value("KEYS", "d").n()).isEqualTo("7");
    assertThat(scene.value("KEYS", "v").n()).isEqualTo("2");
    assertThat(scene.bytes("KEYS", "w")).isEqualTo(new byte[] {2});
    assertThat(scene.header("KEYS").generation()).isEqualTo(2);
    assertThat(scene.header("KEYS").names(before.operationId())).isTrue();
    PutItemRequest put = (PutItemRequest) scene.script.requests().get(4);
    assertThat(put.conditionExpression()).isEqualTo("#a = :a AND #b = :b");
    assertThat(put.expressionAttributeNames()).isEqualTo(Map.of("#a", "h", "#b", "w"));
    assertThat(put.expressionAttributeValues())
        .containsEntry(":a", AttributeValue.fromB(SdkBytes.fromByteArray(before.encode())));
  }

  @Test
  void rowsBelowAreRewrittenBeforeAnotherGenerationIsStarted() {
    String row = scene.credential("github.com");
    scene.keys(2, 0);

    assertThat(scene.run().generation()).isEqualTo(2);

    assertThat(scene.script.sent())
        .containsExactly("GetItem", "Decrypt", "Query", "Query", "UpdateItem", "Query");
    assertThat(scene.generation(row)).isEqualTo(2);
    assertThat(scene.run().generation()).isEqualTo(3);
    assertThat(scene.generation(row)).isEqualTo(3);
  }

  @Test
  void keysWhoseAnswerWasLostAreRecognised() {
    scene.next(
        "PutItem",
        put -> {
          scene.answered("PutItem", put);
          return RotationScene.refused(scene.row("KEYS"), 2);
        });
    assertThat(scene.run().generation()).isEqualTo(2);
    assertThat(scene.script.sent()).containsOnlyOnce("GenerateDataKey");
  }

  @Test
  void keysThatNobodyAnsweredForAreReadAgain() {
    scene.next(
        "PutItem",
        put -> {
          scene.answered("PutItem", put);
          return SdkClientException.builder().message("gone").build();
        });
    assertThat(scene.run().generation()).isEqualTo(2);
    assertThat(scene.script.sent()).containsOnlyOnce("GenerateDataKey");

    scene.next("PutItem", put -> SdkClientException.builder().message("never sent").build());
    assertThat(scene.run().generation()).isEqualTo(3);
  }

  @Test
  void aFasterRotationIsJoined() {
    String row = scene.credential("github.com");
    scene.next(
        "PutItem",
        put -> {
          scene.keys(2, 0);
          return scene.answered("PutItem", put);
        });

    RotationReport report = scene.run();

    assertThat(report.generation()).isEqualTo(2);
    assertThat(scene.generation(row)).isEqualTo(2);
    assertThat(scene.script.sent()).containsOnlyOnce("GenerateDataKey").containsOnlyOnce("PutItem");
  }

  @Test
  void aKeysItemThatWasChangedOtherwiseIsReadAndTheWriteRepeated() {
    scene.next(
        "PutItem",
        put -> {
          // Wrapped anew under another KMS key: the same header.
          scene.set("KEYS", "w", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 1})));
          return scene.answered("PutItem", put);
        });
    assertThat(scene.run().generation()).isEqualTo(2);
    assertThat(scene.script.sent()).filteredOn("PutItem"::equals).hasSize(2);
    assertThat(scene.script.pauses()).hasSize(1);
  }

  @Test
  void keysThatOthersKeepChangingEndTheRotation() {
    for (int i = 0; i < 9; i++) {
      scene.next("PutItem", put -> RotationScene.refused(scene.row("KEYS"), 1));
    }
    assertThatThrownBy(scene::run).isInstanceOf(StorageUnavailableException.class);
    assertThat(scene.generation("KEYS")).isEqualTo(1);
  }

  @Test
  void aUserWhoIsDeletedMeanwhileIsNotFound() {
    scene.next("PutItem", put -> RotationScene.refused(tombstone(), 1));
    assertThatThrownBy(scene::run).isInstanceOf(UserNotFoundException.class);
    scene.rows.put("KEYS", tombstone());
    assertThatThrownBy(scene::run).isInstanceOf(UserNotFoundException.class);
    assertThatThrownBy(scene::status).isInstanceOf(UserNotFoundException.class);
  }

  @Test
  void keysOfALaterVersionAreNotRotated() {
    scene.keys(1, 0x80);
    assertThatThrownBy(scene::run).isInstanceOf(UnsupportedFormatException.class);
    assertThat(scene.script.sent()).containsExactly("GetItem", "Decrypt");
    assertThat(scene.status().state()).isEqualTo(State.COMPLETE);
  }

  @Test
  void theLastGenerationIsKept() {
    for (int generation : new int[] {Header.MAX_GENERATION}) {
      NextKeys next = new NextKeys(scene.env, scene.access);
      UserKeys last =
          new UserKeys(
              Fixtures.USER,
              Fixtures.TABLE_ID,
              generation,
              Fixtures.filled(1),
              new KeysCodec.Decoded(
                  Fixtures.filled(2),
                  Fixtures.filled(3),
                  List.of(new KeysCodec.Generation(generation, Fixtures.NOW, null))),
              true,
              null,
              0);
      assertThatThrownBy(() -> scene.script.run(next.plan(last)))
          .isInstanceOf(LimitExceededException.class);
    }
    assertThat(scene.script.sent()).isEmpty();
  }

  @Test
  void keysThatAreOlderThanTheRowsGetNoSecondKeyOfTheSameGeneration() {
    Map<String, AttributeValue> before = scene.row("KEYS");
    scene.run();
    String row = scene.credential("github.com");
    assertThat(scene.generation(row)).isEqualTo(2);
    scene.rows.put("KEYS", before); // as after a restore of this item

    scene.script.sent().clear();
    assertThatThrownBy(scene::run).isInstanceOf(TamperedItemException.class);
    assertThat(scene.script.sent()).doesNotContain("GenerateDataKey", "PutItem");
  }

  @Test
  void keysThatWouldNotFitAreNotWritten() {
    scene.keys(9_305, 0);
    assertThatThrownBy(scene::run).isInstanceOf(LimitExceededException.class);
    assertThat(scene.script.sent()).doesNotContain("PutItem");
  }

  @Test
  void aNewerGenerationThanTheCutoffIsLeft() {
    assertThat(scene.run(scene.now, JobOptions.unpaced()).generation()).isEqualTo(1);
    assertThat(scene.script.sent()).doesNotContain("PutItem");
    assertThat(scene.run(scene.now.plusMillis(1), JobOptions.unpaced()).generation()).isEqualTo(2);
  }

  @Test
  void whatCannotBeRewrittenDoesNotKeepTheKeyFromBeingRotated() {
    String broken = scene.credential("github.com");
    scene.set(broken, "m", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[48])));
    scene.keys(2, 0);

    scene.now = scene.now.plus(SETTLED);

    RotationReport report = scene.run();

    assertThat(report.generation()).isEqualTo(3);
    assertThat(report.below()).isEqualTo(1);
    assertThat(report.problems()).hasSize(1);
    // With a cutoff it is left alone.
    assertThat(scene.run(Instant.EPOCH, JobOptions.unpaced()).generation()).isEqualTo(3);
  }

  @Test
  void rotatingUntilItIsCompleteBurnsNoGenerationsForWhatCannotBeRewritten() {
    String broken = scene.credential("github.com");
    scene.set(broken, "m", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[48])));
    assertThat(scene.run().generation()).isEqualTo(2);
    Instant completeFrom = scene.now.plus(SETTLED);

    for (Instant time : List.of(scene.now, scene.now.plusSeconds(1), completeFrom.minusMillis(1))) {
      scene.now = time;
      RotationReport report = scene.run();
      assertThat(report.generation()).isEqualTo(2);
      assertThat(report.state()).isEqualTo(State.REWRITING);
      assertThat(report.below()).isEqualTo(1);
      assertThat(report.problems()).hasSize(1);
    }
    scene.now = completeFrom;
    assertThat(scene.run().generation()).isEqualTo(3);
    assertThat(scene.run().generation()).isEqualTo(3);
  }

  @Test
  void isCompleteOnlyIfTheLookBeganLateEnough() {
    scene.credential("github.com");
    assertThat(scene.status().state()).isEqualTo(State.COMPLETE);
    Instant completeFrom = Objects.requireNonNull(scene.run().completeFrom());
    assertThat(completeFrom).isEqualTo(scene.now.plus(SETTLED));
    scene.now = completeFrom.minusMillis(1);
    // The clock goes on while it looks: what counts is when it began.
    scene.next(
        "Query",
        query -> {
          scene.now = completeFrom.plusMillis(1);
          return scene.answered("Query", query);
        });
    assertThat(scene.status().state()).isEqualTo(State.SETTLING);
    scene.now = completeFrom;
    assertThat(scene.status().state()).isEqualTo(State.COMPLETE);
    assertThat(scene.run(Instant.EPOCH, JobOptions.unpaced()).state()).isEqualTo(State.COMPLETE);
  }

  @Test
  void aRotationDuringTheLookIsNoticed() {
    scene.credential("github.com");
    scene.next(
        "Query",
        query -> {
          scene.keys(2, 0);
          return scene.answered("Query", query);
        });
    RotationReport report = scene.status();
    assertThat(report.generation()).isEqualTo(2);
    assertThat(report.state()).isEqualTo(State.REWRITING);
    assertThat(report.below()).isEqualTo(1);
  }

  @Test
  void goesAtThePaceThatItIsGivenAndTellsEveryStep() {
    List.of("a.example", "b.example", "c.example").forEach(scene::credential);
    List<Long> steps = new ArrayList<>();

    scene.run(JobOptions.paced(2).observedBy(progress -> steps.add(progress.steps())));

    assertThat(steps).containsExactly(1L, 2L, 3L);
    assertThat(scene.script.pauses())
        .containsExactly(Duration.ofMillis(500), Duration.ofMillis(1_000));
  }

  @Test
  void endsBeforeTheNextRowWhenCancelled() {
    List.of("a.example", "b.example", "c.example").forEach(scene::credential);
    List<Long> steps = new ArrayList<>();

    RotationReport report =
        scene.run(
            JobOptions.unpaced()
                .observedBy(progress -> steps.add(progress.steps()))
                .cancelledWhen(() -> steps.size() == 2));

    assertThat(report.state()).isEqualTo(State.REWRITING);
    assertThat(report.rewritten()).isEqualTo(2);
    assertThat(report.below()).isEqualTo(1);
    assertThat(scene.run().rewritten()).isEqualTo(1);
    assertThat(scene.generation("KEYS")).isEqualTo(2);
  }

  @Test
  void startsNothingIfCancelledBefore() {
    scene.credential("github.com");
    scene.run(JobOptions.unpaced().cancelledWhen(() -> true));
    assertThat(scene.generation("KEYS")).isEqualTo(1);
  }

  @Test
  void endsWhenItHasHeldTheKeysForAnHour() {
    List.of("a.example", "b.example", "c.example").forEach(scene::credential);
    scene.next(
        "UpdateItem",
        update -> {
          scene.nanos += Duration.ofHours(1).toNanos();
          return scene.answered("UpdateItem", update);
        });
    RotationReport report = scene.run();
    assertThat(report.state()).isEqualTo(State.REWRITING);
    assertThat(report.rewritten()).isEqualTo(1);
    assertThat(report.below()).isEqualTo(2);
  }

  private static Map<String, AttributeValue> tombstone() {
    return Map.of(
        "pk", AttributeValue.fromS("U#" + Fixtures.USER),
        "sk", AttributeValue.fromS("KEYS"),
        "z", AttributeValue.fromN("1"));
  }
}
