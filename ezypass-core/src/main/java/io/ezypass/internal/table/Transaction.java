package io.ezypass.internal.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Builds one TransactWriteItems. Each action gives a handle, so that a cancellation is read by what
 * was asked, never by an index. The token makes a retry of the same content idempotent for ten
 * minutes, which is longer than the write deadline; it depends on the content, so that a cloned
 * process that repeats its randomness with another transaction has another one.
 */
public final class Transaction {
  /** Names one action of a transaction. */
  public static final class Handle {
    private final int index;

    private Handle(int index) {
      this.index = index;
    }
  }

  private final String table;
  private final Duration writeDeadline;
  private final UUID random;
  private final List<TransactWriteItem> actions = new ArrayList<>();
  private long bytes;

  Transaction(String table, Duration writeDeadline, UUID random) {
    this.table = table;
    this.writeDeadline = writeDeadline;
    this.random = random;
  }

  /** Writes an item. */
  public Handle put(Item item, Condition condition) {
    return add(
        TransactWriteItem.builder()
            .put(
                Put.builder()
                    .tableName(table)
                    .item(item.attributes())
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(condition.names())
                    .expressionAttributeValues(condition.valuesOrNull())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build())
            .build());
  }

  /** Writes an item, whatever is there. */
  public Handle put(Item item) {
    return add(
        TransactWriteItem.builder()
            .put(Put.builder().tableName(table).item(item.attributes()).build())
            .build());
  }

  /** Deletes an item. */
  public Handle delete(ItemKey key, Condition condition) {
    return add(
        TransactWriteItem.builder()
            .delete(
                Delete.builder()
                    .tableName(table)
                    .key(key.attributes())
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(condition.names())
                    .expressionAttributeValues(condition.valuesOrNull())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build())
            .build());
  }

  /** Deletes an item, whatever it is. */
  public Handle delete(ItemKey key) {
    return add(
        TransactWriteItem.builder()
            .delete(Delete.builder().tableName(table).key(key.attributes()).build())
            .build());
  }

  /** Only makes sure of an item. */
  public Handle check(ItemKey key, Condition condition) {
    return add(
        TransactWriteItem.builder()
            .conditionCheck(
                ConditionCheck.builder()
                    .tableName(table)
                    .key(key.attributes())
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(condition.names())
                    .expressionAttributeValues(condition.valuesOrNull())
                    .build())
            .build());
  }

  /**
   * Changes attributes of an item and leaves the others as they are.
   *
   * @param set an item with the key of the one to change, and the attributes to set
   * @param remove the attributes that shall be gone
   */
  public Handle change(Item set, List<String> remove, Condition condition) {
    Change change = Change.of(set, remove, condition);
    return add(
        TransactWriteItem.builder()
            .update(
                Update.builder()
                    .tableName(table)
                    .key(set.key().attributes())
                    .updateExpression(change.expression())
                    .conditionExpression(condition.expression())
                    .expressionAttributeNames(change.names())
                    .expressionAttributeValues(change.valuesOrNull())
                    .build())
            .build());
  }

  /** Sets one number of an item that is there. */
  public Handle setNumber(ItemKey key, String name, long value) {
    return add(
        TransactWriteItem.builder()
            .update(
                Update.builder()
                    .tableName(table)
                    .key(key.attributes())
                    .updateExpression("SET #a = :a")
                    .conditionExpression(Condition.present().expression())
                    .expressionAttributeNames(Map.of("#a", name, "#p", ItemKey.PK))
                    .expressionAttributeValues(
                        Map.of(":a", AttributeValue.fromN(Long.toString(value))))
                    .build())
            .build());
  }

  /** How many actions it has. */
  public int actions() {
    return actions.size();
  }

  /** How large the items are that it puts, as DynamoDB counts them. */
  public long bytes() {
    return bytes;
  }

  /** Takes back what was added after it had so many actions. */
  public void truncate(int count) {
    while (actions.size() > count) {
      bytes -= size(actions.remove(actions.size() - 1));
    }
  }

  /** The request. */
  public TransactWriteItemsRequest build() {
    return TransactWriteItemsRequest.builder()
        .clientRequestToken(ContentToken.of(random, actions).toString())
        .transactItems(actions)
        .overrideConfiguration(c -> c.apiCallTimeout(writeDeadline))
        .build();
  }

  /** Reads why a transaction of this content was cancelled. */
  public Cancellation cancellation(TransactionCanceledException failure) {
    return new Cancellation(failure.cancellationReasons());
  }

  /** Why a transaction was cancelled. */
  public static final class Cancellation {
    private final List<CancellationReason> reasons;

    private Cancellation(List<CancellationReason> reasons) {
      this.reasons = reasons;
    }

    /** Whether the condition of that action did not hold. */
    public boolean failed(Handle handle) {
      return is(handle.index, "ConditionalCheckFailed");
    }

    /** The item that was there when the condition did not hold; null if there was none. */
    public @Nullable Item old(Handle handle) {
      return handle.index < reasons.size() ? Item.of(reasons.get(handle.index).item()) : null;
    }

    /** Whether another transaction was at work on one of the items. */
    public boolean conflicted() {
      return any("TransactionConflict");
    }

    /** Whether the table or the account is over its request rate. */
    public boolean throttled() {
      return any("ThrottlingError") || any("ProvisionedThroughputExceeded");
    }

    /** Whether any condition did not hold. */
    public boolean anyFailed() {
      return any("ConditionalCheckFailed");
    }

    private boolean any(String code) {
      return reasons.stream().anyMatch(reason -> code.equals(reason.code()));
    }

    private boolean is(int index, String code) {
      return index < reasons.size() && code.equals(reasons.get(index).code());
    }
  }

  private static long size(TransactWriteItem action) {
    return action.put() == null ? 0 : ItemSize.of(action.put().item());
  }

  private Handle add(TransactWriteItem action) {
    actions.add(action);
    bytes += size(action);
    return new Handle(actions.size() - 1);
  }
}
