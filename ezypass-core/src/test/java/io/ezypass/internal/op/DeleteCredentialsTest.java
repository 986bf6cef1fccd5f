package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchResult;
import io.ezypass.error.TamperedItemException;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Batches of deletions beside others who change what they delete. */
class DeleteCredentialsTest {
  private static final BatchId CLEAN_UP = BatchId.of("clean-up");

  private final BatchScene scene = new BatchScene();
  private final List<CredentialId> ids =
      scene.add(BatchScene.contents(60)).items().stream()
          .map(item -> Objects.requireNonNull(item.id()))
          .toList();
  private final List<CredentialVersion> seen =
      ids.stream().map(id -> new CredentialVersion(id, 1)).toList();

  @Test
  void aChunkHasFortyNineItems() {
    scene.transactions.clear();
    BatchResult result = scene.delete(CLEAN_UP, seen);

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(60);
    assertThat(scene.transactions)
        .extracting(tx -> tx.transactItems().size())
        .containsExactly(99, 23);
    assertThat(scene.sortKeys("CRED#")).isEmpty();
    assertThat(scene.sortKeys("TRASH#")).hasSize(60);
  }

  @Test
  void whoeverWasFasterMakesItAConflictAndTheOthersGoOn() {
    scene.transactions.clear();
    scene.next(
        tx -> {
          scene.set(place(7), "v", AttributeValue.fromN("2"));
          scene.rows.remove(place(9));
          Object answer = scene.carryOut(tx);
          scene.rows.remove(place(7));
          return answer;
        });

    BatchResult result = scene.delete(CLEAN_UP, seen);

    // Both are gone by the time that they are read again; neither is in the trash.
    assertThat(result.items().get(7).outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(result.items().get(9).outcome()).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(58);
    assertThat(scene.sortKeys("TRASH#")).hasSize(58);
    assertThat(scene.transactions.get(0).clientRequestToken())
        .isNotEqualTo(scene.transactions.get(1).clientRequestToken());
  }

  @Test
  void whatDoesNotOpenFailsAlone() {
    scene.flip(place(3), "m", 0);

    BatchResult result = scene.delete(CLEAN_UP, seen);

    BatchItem item = result.items().get(3);
    assertThat(item.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(item.id()).isEqualTo(ids.get(3));
    assertThat(item.failure()).isInstanceOf(TamperedItemException.class);
    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(59);
  }

  @Test
  void whatAnAddBroughtBackReplacesItsCopyInTheTrash() {
    Map<String, AttributeValue> live = scene.row(place(0));
    scene.delete(CLEAN_UP, seen.subList(0, 1));
    scene.rows.put(place(0), new TreeMap<>(live));

    BatchResult result = scene.delete(BatchId.of("again"), seen.subList(0, 1));

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(1);
    assertThat(scene.rows).doesNotContainKey(place(0));
  }

  @Test
  void aLostAnswerIsRecognisedByItsReceipt() {
    scene.next(scene::lost);

    BatchResult result = scene.delete(CLEAN_UP, seen);

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(60);
    assertThat(scene.delete(CLEAN_UP, seen).count(Outcome.ALREADY_THERE)).isEqualTo(60);
  }

  private String place(int index) {
    return "CRED#" + ids.get(index).value();
  }
}
