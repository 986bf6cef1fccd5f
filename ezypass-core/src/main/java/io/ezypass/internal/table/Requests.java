package io.ezypass.internal.table;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Builds every request on items. Reads are strongly consistent; conditional writes ask for the old
 * item on failure; writes end, retries included, within the write deadline.
 */
public final class Requests {
  private final String table;
  private final Duration writeDeadline;

  /** Requests on one table. */
  public Requests(String table, Duration writeDeadline) {
    this.table = table;
    this.writeDeadline = writeDeadline;
  }

  /** Reads one item. */
  public GetItemRequest get(ItemKey key) {
    return GetItemRequest.builder()
        .tableName(table)
        .key(key.attributes())
        .consistentRead(true)
        .build();
  }

  /** Reads up to 100 items; no snapshot. */
  public BatchGetItemRequest batchGet(List<ItemKey> keys) {
    return BatchGetItemRequest.builder()
        .requestItems(
            Map.of(
                table,
                KeysAndAttributes.builder()
                    .keys(keys.stream().map(ItemKey::attributes).toList())
                    .consistentRead(true)
                    .build()))
        .build();
  }

  /** Reads up to 100 items as they are at one moment. */
  public TransactGetItemsRequest transactGet(List<ItemKey> keys) {
    return TransactGetItemsRequest.builder()
        .transactItems(
            keys.stream()
                .map(
                    key ->
                        TransactGetItem.builder()
                            .get(Get.builder().tableName(table).key(key.attributes()).build())
                            .build())
                .toList())
        .build();
  }

  /** The items that a transaction returned, by key; what is not there is missing. */
  public static Map<ItemKey, Item> itemsOf(List<ItemResponse> responses) {
    Map<ItemKey, Item> items = new HashMap<>();
    for (ItemResponse response : responses) {
      Item item = Item.of(response.item());
      if (item != null) {
        items.put(item.key(), item);
      }
    }
    return items;
  }

  /** The items that a batch returned. */
  public List<Item> items(Map<String, List<Map<String, AttributeValue>>> responses) {
    return items(responses.getOrDefault(table, List.of()));
  }

  /** The items of a page. */
  public static List<Item> items(List<Map<String, AttributeValue>> raw) {
    List<Item> items = new ArrayList<>(raw.size());
    for (Map<String, AttributeValue> attributes : raw) {
      Item item = Item.of(attributes);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  /** The keys that a batch did not process. */
  public List<ItemKey> unprocessed(Map<String, KeysAndAttributes> unprocessed) {
    KeysAndAttributes mine = unprocessed.get(table);
    return mine == null ? List.of() : mine.keys().stream().map(ItemKey::of).toList();
  }

  /** Everything that opens a vault, descending: profile, keys, credentials. */
  public QueryRequest open(String partition, @Nullable String afterSk) {
    return query(
        partition,
        "#p = :p AND #s BETWEEN :a AND :b",
        Map.of(
            ":a", AttributeValue.fromS(ItemKey.CREDENTIAL_PREFIX),
            ":b", AttributeValue.fromS(ItemKey.PROFILE_SK)),
        false,
        afterSk,
        null);
  }

  /** Rows whose sort key begins so, ascending. */
  public QueryRequest beginsWith(
      String partition, String prefix, @Nullable String afterSk, @Nullable Integer limit) {
    return query(
        partition,
        "#p = :p AND begins_with(#s, :a)",
        Map.of(":a", AttributeValue.fromS(prefix)),
        true,
        afterSk,
        limit);
  }

  /**
   * Rows whose sort key begins so, descending.
   *
   * @param upTo the last sort key that is wanted; null for all that begin so
   */
  public QueryRequest descending(
      String partition, String prefix, @Nullable String upTo, @Nullable String afterSk, int limit) {
    Map<String, AttributeValue> from = Map.of(":a", AttributeValue.fromS(prefix));
    if (upTo == null) {
      return query(partition, "#p = :p AND begins_with(#s, :a)", from, false, afterSk, limit);
    }
    Map<String, AttributeValue> between = new HashMap<>(from);
    between.put(":b", AttributeValue.fromS(upTo));
    return query(partition, "#p = :p AND #s BETWEEN :a AND :b", between, false, afterSk, limit);
  }

  /** The keys of rows whose sort key begins so, ascending. */
  public QueryRequest keysBeginningWith(String partition, String prefix, @Nullable String afterSk) {
    QueryRequest query = beginsWith(partition, prefix, afterSk, null);
    return query.toBuilder().projectionExpression("#p, #s").build();
  }

  /** All rows of a partition, ascending. */
  public QueryRequest partition(
      String partition, @Nullable String afterSk, @Nullable Integer limit) {
    return query(partition, "#p = :p", Map.of(), true, afterSk, limit);
  }

  /** The headers of all rows of a partition, and whether a row is a tombstone, ascending. */
  public QueryRequest headers(String partition, @Nullable String afterSk) {
    QueryRequest query = partition(partition, afterSk, null);
    Map<String, String> names = new HashMap<>(query.expressionAttributeNames());
    names.put("#k", ItemKey.SK);
    names.put("#h", Item.HEADER);
    names.put("#z", Item.TOMBSTONE);
    return query.toBuilder()
        .projectionExpression("#p, #k, #h, #z")
        .expressionAttributeNames(names)
        .build();
  }

  /** Writes an item if the condition holds. */
  public PutItemRequest put(Item item, Condition condition) {
    return PutItemRequest.builder()
        .tableName(table)
        .item(item.attributes())
        .conditionExpression(condition.expression())
        .expressionAttributeNames(condition.names())
        .expressionAttributeValues(condition.valuesOrNull())
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .overrideConfiguration(c -> c.apiCallTimeout(writeDeadline))
        .build();
  }

  /** Deletes an item if the condition holds. */
  public DeleteItemRequest delete(ItemKey key, Condition condition) {
    return DeleteItemRequest.builder()
        .tableName(table)
        .key(key.attributes())
        .conditionExpression(condition.expression())
        .expressionAttributeNames(condition.names())
        .expressionAttributeValues(condition.valuesOrNull())
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .overrideConfiguration(c -> c.apiCallTimeout(writeDeadline))
        .build();
  }

  /**
   * Sets attributes of an item and leaves the others as they are, if the condition holds.
   *
   * @param set an item with the key of the one to change, and the attributes to set
   */
  public UpdateItemRequest update(Item set, Condition condition) {
    Change change = Change.of(set, List.of(), condition);
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(set.key().attributes())
        .updateExpression(change.expression())
        .conditionExpression(condition.expression())
        .expressionAttributeNames(change.names())
        .expressionAttributeValues(change.values())
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .overrideConfiguration(c -> c.apiCallTimeout(writeDeadline))
        .build();
  }

  /** One page of the whole table: keys, and what shows whether claims and directory fit. */
  public ScanRequest scan(@Nullable ItemKey after) {
    ScanRequest.Builder scan =
        ScanRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .projectionExpression("#p, #s, #u, #a")
            .expressionAttributeNames(
                Map.of("#p", ItemKey.PK, "#s", ItemKey.SK, "#u", Item.USER, "#a", Item.ROW_HMAC));
    return after == null ? scan.build() : scan.exclusiveStartKey(after.attributes()).build();
  }

  /** The key behind which a Scan goes on; null if it has ended. */
  public static @Nullable ItemKey lastKey(Map<String, AttributeValue> lastEvaluatedKey) {
    return lastEvaluatedKey.isEmpty() ? null : ItemKey.of(lastEvaluatedKey);
  }

  /** The same write, to end sooner, retries included. */
  @SuppressWarnings("unchecked") // a request's builder builds a request of the same class
  public static <Q extends DynamoDbRequest> Q endingWithin(Q request, Duration left) {
    return (Q) request.toBuilder().overrideConfiguration(c -> c.apiCallTimeout(left)).build();
  }

  /**
   * Starts a transaction.
   *
   * @param token fresh randomness; what is sent depends on the content too
   */
  public Transaction transaction(UUID token) {
    return new Transaction(table, writeDeadline, token);
  }

  /** The sort key behind which a Query goes on; null if it has ended. */
  public static @Nullable String lastSortKey(Map<String, AttributeValue> lastEvaluatedKey) {
    return lastEvaluatedKey.isEmpty() ? null : ItemKey.of(lastEvaluatedKey).sk();
  }

  private QueryRequest query(
      String partition,
      String condition,
      Map<String, AttributeValue> values,
      boolean ascending,
      @Nullable String afterSk,
      @Nullable Integer limit) {
    Map<String, String> names = new HashMap<>(Map.of("#p", ItemKey.PK));
    if (condition.contains("#s")) {
      names.put("#s", ItemKey.SK);
    }
    Map<String, AttributeValue> all = new HashMap<>(values);
    all.put(":p", AttributeValue.fromS(partition));
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(table)
            .consistentRead(true)
            .scanIndexForward(ascending)
            .keyConditionExpression(condition)
            .expressionAttributeNames(names)
            .expressionAttributeValues(all);
    if (afterSk != null) {
      query.exclusiveStartKey(new ItemKey(partition, afterSk).attributes());
    }
    if (limit != null) {
      query.limit(limit);
    }
    return query.build();
  }
}
