package io.ezypass.testkit.tamper;

import io.ezypass.BatchOptions;
import io.ezypass.VaultRepository;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.UserId;
import io.ezypass.testkit.TableInspector;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What Alice's writes have left in one table: receipts of batches, and events of her audit trail.
 * Under the second generation of her vault key, but for what says otherwise.
 *
 * @param receipt of the batch {@link #BATCH}
 * @param secondReceipt of another one
 * @param event one in the middle of the trail
 * @param nextEvent the one after it
 * @param lastEvent the newest one
 */
record LogRows(
    Map<String, AttributeValue> receipt,
    Map<String, AttributeValue> receiptBefore,
    Map<String, AttributeValue> secondReceipt,
    Map<String, AttributeValue> bobsReceipt,
    Map<String, AttributeValue> event,
    Map<String, AttributeValue> eventBefore,
    Map<String, AttributeValue> nextEvent,
    Map<String, AttributeValue> lastEvent,
    Map<String, AttributeValue> bobsEvent) {

  static final BatchId BATCH = BatchId.of("batch-" + TamperScene.CANARY);

  private static final BatchId SECOND = BatchId.of("second-" + TamperScene.CANARY);
  private static final int NUMBER = 3;

  /** What the batch adds. */
  static List<CredentialContent> contents() {
    return List.of(TamperScene.content("batch.example"));
  }

  /** Before the vault key rotated. */
  record Draft(
      Map<String, AttributeValue> receipt,
      Map<String, AttributeValue> secondReceipt,
      Map<String, AttributeValue> event) {

    /** Afterwards. */
    LogRows rotated(TableInspector raw) {
      List<Map<String, AttributeValue>> events = rows(raw, TamperScene.ALICE, "AUDIT#");
      return new LogRows(
          again(raw, receipt),
          receipt,
          again(raw, secondReceipt),
          rows(raw, TamperScene.BOB, "BATCH#").get(0),
          again(raw, event),
          event,
          events.get(NUMBER),
          events.get(events.size() - 1),
          rows(raw, TamperScene.BOB, "AUDIT#").get(NUMBER - 1));
    }
  }

  /** Runs the batches. */
  static Draft write(VaultRepository vaults, TableInspector raw) {
    Map<String, AttributeValue> first = run(vaults, raw, TamperScene.ALICE, BATCH);
    run(vaults, raw, TamperScene.ALICE, SECOND);
    run(vaults, raw, TamperScene.BOB, BATCH);
    Map<String, AttributeValue> second =
        rows(raw, TamperScene.ALICE, "BATCH#").stream()
            .filter(row -> !RawItem.isSameKey(row, first))
            .findFirst()
            .orElseThrow();
    return new Draft(first, second, rows(raw, TamperScene.ALICE, "AUDIT#").get(NUMBER - 1));
  }

  private static Map<String, AttributeValue> run(
      VaultRepository vaults, TableInspector raw, UserId user, BatchId id) {
    vaults.vault(user).batch().add(id, contents(), BatchOptions.standard());
    return rows(raw, user, "BATCH#").get(0);
  }

  /** In the order of their sort keys, which for events is that of the writes. */
  private static List<Map<String, AttributeValue>> rows(
      TableInspector raw, UserId user, String prefix) {
    return raw.partition("U#" + user).stream()
        .filter(row -> RawItem.text(row, "sk").startsWith(prefix))
        .toList();
  }

  private static Map<String, AttributeValue> again(
      TableInspector raw, Map<String, AttributeValue> row) {
    return raw.item(RawItem.text(row, "pk"), RawItem.text(row, "sk"));
  }

  /** Shows nothing of the rows. */
  @Override
  public String toString() {
    return "LogRows[redacted]";
  }
}
