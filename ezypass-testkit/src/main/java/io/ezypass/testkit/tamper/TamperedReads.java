package io.ezypass.testkit.tamper;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;

/**
 * Shows one item other than it is stored, in every answer that has it: the library sees what it
 * would see if the item had been written over. Meanwhile the table must not change, and so each
 * read is answered by DynamoDB once and from memory from then on. That makes every bit of every
 * item affordable. While no item is shown, nothing is remembered or changed. Thread safe.
 */
final class TamperedReads {
  private final Map<DynamoDbRequest, DynamoDbResponse> answers = new ConcurrentHashMap<>();
  private final AtomicInteger times = new AtomicInteger();
  private final Set<String> writes = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Map<String, AttributeValue> shown;

  /** From now on this item is shown in place of the one with the same key. */
  void show(Map<String, AttributeValue> item) {
    times.set(0);
    forgetWrites();
    shown = item;
  }

  /** From now on everything is shown as it is. */
  void showAll() {
    shown = null;
  }

  /** How often the item was shown. */
  int times() {
    return times.get();
  }

  /** Forgets the writes that were asked for. */
  void forgetWrites() {
    writes.clear();
  }

  /** The writes that were asked for since they were forgotten, by the names of their requests. */
  Set<String> writes() {
    return Set.copyOf(writes);
  }

  <Q extends DynamoDbRequest, S extends DynamoDbResponse> S read(
      Q request, Class<S> type, Function<Q, S> send) {
    Map<String, AttributeValue> item = shown;
    if (item == null) {
      return send.apply(request);
    }
    DynamoDbResponse answer = answers.computeIfAbsent(request, missing -> send.apply(request));
    return type.cast(replace(answer, item));
  }

  <Q extends DynamoDbRequest, S extends DynamoDbResponse> CompletableFuture<S> readAsync(
      Q request, Class<S> type, Function<Q, CompletableFuture<S>> send) {
    Map<String, AttributeValue> item = shown;
    if (item == null) {
      return send.apply(request);
    }
    DynamoDbResponse known = answers.get(request);
    if (known != null) {
      return CompletableFuture.completedFuture(type.cast(replace(known, item)));
    }
    return send.apply(request)
        .thenApply(
            answer -> {
              answers.put(request, answer);
              return type.cast(replace(answer, item));
            });
  }

  <Q extends DynamoDbRequest, S> S write(Q request, Function<Q, S> send) {
    writes.add(request.getClass().getSimpleName());
    return send.apply(request);
  }

  private DynamoDbResponse replace(DynamoDbResponse answer, Map<String, AttributeValue> item) {
    if (answer instanceof GetItemResponse get) {
      return get.hasItem() ? get.toBuilder().item(replace(get.item(), item)).build() : get;
    }
    if (answer instanceof QueryResponse query) {
      return query.toBuilder().items(replace(query.items(), item)).build();
    }
    if (answer instanceof TransactGetItemsResponse together) {
      return together.toBuilder()
          .responses(
              together.responses().stream()
                  .map(
                      one ->
                          one.hasItem()
                              ? ItemResponse.builder().item(replace(one.item(), item)).build()
                              : one)
                  .toList())
          .build();
    }
    BatchGetItemResponse batch = (BatchGetItemResponse) answer;
    Map<String, List<Map<String, AttributeValue>>> tables = new HashMap<>();
    batch.responses().forEach((table, items) -> tables.put(table, replace(items, item)));
    return batch.toBuilder().responses(tables).build();
  }

  private List<Map<String, AttributeValue>> replace(
      List<Map<String, AttributeValue>> items, Map<String, AttributeValue> item) {
    return items.stream().map(stored -> replace(stored, item)).toList();
  }

  private Map<String, AttributeValue> replace(
      Map<String, AttributeValue> stored, Map<String, AttributeValue> item) {
    if (!RawItem.isSameKey(stored, item)) {
      return stored;
    }
    times.incrementAndGet();
    return item;
  }
}
