package io.ezypass.testkit.dynamodb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A batch request cut in two: one part to send, the other to report as unprocessed. So what is
 * reported is really undone. Immutable.
 *
 * @param sent the part to send, never empty
 * @param addUnprocessed adds the other part to the response
 */
record PartialBatch(SdkRequest sent, UnaryOperator<SdkResponse> addUnprocessed) {

  /** Whether this is a batch of two items or more. */
  static boolean canCut(SdkRequest request) {
    if (request instanceof BatchWriteItemRequest write) {
      return Cut.size(write.requestItems()) > 1;
    }
    return request instanceof BatchGetItemRequest get && Cut.size(keys(get.requestItems())) > 1;
  }

  /** Cuts a batch of two items or more after a random number of them. */
  static PartialBatch cut(SdkRequest request, RandomGenerator random) {
    return request instanceof BatchWriteItemRequest write
        ? cutWrite(write, random)
        : cutGet((BatchGetItemRequest) request, random);
  }

  private static PartialBatch cutWrite(BatchWriteItemRequest request, RandomGenerator random) {
    Cut<WriteRequest> cut = new Cut<>(request.requestItems(), random);
    return new PartialBatch(
        request.toBuilder().requestItems(cut.sent).build(),
        response -> {
          BatchWriteItemResponse real = (BatchWriteItemResponse) response;
          Map<String, List<WriteRequest>> unprocessed = merge(real.unprocessedItems(), cut.kept);
          return real.toBuilder().unprocessedItems(unprocessed).build();
        });
  }

  private static PartialBatch cutGet(BatchGetItemRequest request, RandomGenerator random) {
    Map<String, KeysAndAttributes> asked = request.requestItems();
    Cut<Map<String, AttributeValue>> cut = new Cut<>(keys(asked), random);
    return new PartialBatch(
        request.toBuilder().requestItems(withKeys(asked, cut.sent)).build(),
        response -> {
          BatchGetItemResponse real = (BatchGetItemResponse) response;
          Map<String, KeysAndAttributes> unprocessed =
              withKeys(asked, merge(keys(real.unprocessedKeys()), cut.kept));
          return real.toBuilder().unprocessedKeys(unprocessed).build();
        });
  }

  private static Map<String, List<Map<String, AttributeValue>>> keys(
      Map<String, KeysAndAttributes> requested) {
    Map<String, List<Map<String, AttributeValue>>> keys = new HashMap<>();
    requested.forEach((table, value) -> keys.put(table, value.keys()));
    return keys;
  }

  private static Map<String, KeysAndAttributes> withKeys(
      Map<String, KeysAndAttributes> asked, Map<String, List<Map<String, AttributeValue>>> keys) {
    Map<String, KeysAndAttributes> result = new HashMap<>(asked);
    result.keySet().retainAll(keys.keySet());
    result.replaceAll((table, value) -> value.toBuilder().keys(keys.get(table)).build());
    return result;
  }

  private static <T> Map<String, List<T>> merge(
      Map<String, List<T>> first, Map<String, List<T>> second) {
    Map<String, List<T>> merged = new HashMap<>();
    for (Map<String, List<T>> part : List.of(first, second)) {
      part.forEach(
          (table, items) -> merged.computeIfAbsent(table, name -> new ArrayList<>()).addAll(items));
    }
    return merged;
  }

  private static final class Cut<T> {
    final Map<String, List<T>> sent = new HashMap<>();
    final Map<String, List<T>> kept = new HashMap<>();

    Cut(Map<String, List<T>> items, RandomGenerator random) {
      int left = random.nextInt(1, size(items));
      for (Map.Entry<String, List<T>> table : items.entrySet()) {
        for (T item : table.getValue()) {
          Map<String, List<T>> part = left-- > 0 ? sent : kept;
          part.computeIfAbsent(table.getKey(), name -> new ArrayList<>()).add(item);
        }
      }
    }

    static <T> int size(Map<String, List<T>> items) {
      return items.values().stream().mapToInt(List::size).sum();
    }
  }
}
