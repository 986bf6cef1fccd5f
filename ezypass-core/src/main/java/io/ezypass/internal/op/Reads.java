package io.ezypass.internal.op;

import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Requests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The reads that use cases are made of. All are strongly consistent. */
final class Reads {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;

  Reads(Environment env) {
    this.env = env;
  }

  /** One page of a Query. */
  record ItemPage(List<Item> items, @Nullable String lastSortKey) {}

  /** 1 GetItem. */
  Plan<@Nullable Item> get(ItemKey key) {
    return get(key, failure -> Failures.read(Op.GET_ITEM.name(), failure));
  }

  /** 1 GetItem whose failure means something else to the caller. */
  Plan<@Nullable Item> get(ItemKey key, Function<Throwable, RuntimeException> onError) {
    return Plan.call(
        Op.GET_ITEM,
        env.requests().get(key),
        response -> Plan.ofNullable(Item.of(response.item())),
        failure -> {
          throw onError.apply(failure);
        });
  }

  /**
   * What a BatchGetItem brought.
   *
   * @param found the items that are there
   * @param left the keys that stayed unprocessed, however often they were asked for
   */
  record Batch(Map<ItemKey, Item> found, List<ItemKey> left) {}

  /** 1 BatchGetItem, and one more for what was left unprocessed, after a pause. No snapshot. */
  <R> Plan<R> batch(List<ItemKey> keys, Function<Map<ItemKey, Item>, Plan<R>> then) {
    return partly(keys)
        .then(
            batch -> {
              if (!batch.left().isEmpty()) {
                throw unprocessed();
              }
              return then.apply(batch.found());
            });
  }

  /** The same, but what stays unprocessed is named in place of a failure. */
  Plan<Batch> partly(List<ItemKey> keys) {
    return batch(keys, new HashMap<>(), 0);
  }

  /** What a read of a key fails with that stayed unprocessed. */
  static StorageUnavailableException unprocessed() {
    return new StorageUnavailableException(
        StorageUnavailableException.Reason.THROTTLED, Op.BATCH_GET_ITEM.name(), "unprocessed keys");
  }

  /** 1 TransactGetItems: the items that are there, all as they were at one moment. */
  Plan<Map<ItemKey, Item>> atOnce(List<ItemKey> keys) {
    return atOnce(keys, 0);
  }

  /**
   * A transaction that writes one of them makes DynamoDB refuse it; the SDK does not retry that.
   */
  private Plan<Map<ItemKey, Item>> atOnce(List<ItemKey> keys, int round) {
    return Plan.call(
        Op.TRANSACT_GET,
        env.requests().transactGet(keys),
        response -> Plan.done(Requests.itemsOf(response.responses())),
        failure -> {
          if (!(failure instanceof TransactionCanceledException)) {
            throw Failures.read(Op.TRANSACT_GET.name(), failure);
          }
          if (round == MAX_ROUNDS) {
            throw Failures.contended(Op.TRANSACT_GET.name());
          }
          return Plan.retry(env.jitter(round), () -> atOnce(keys, round + 1));
        });
  }

  /** 1 Query. */
  Plan<ItemPage> query(QueryRequest request) {
    return Plan.call(
        Op.QUERY,
        request,
        response ->
            Plan.done(
                new ItemPage(
                    Requests.items(response.items()),
                    Requests.lastSortKey(response.lastEvaluatedKey()))),
        failure -> {
          throw Failures.read(Op.QUERY.name(), failure);
        });
  }

  private Plan<Batch> batch(List<ItemKey> keys, Map<ItemKey, Item> found, int round) {
    return Plan.call(
        Op.BATCH_GET_ITEM,
        env.requests().batchGet(keys),
        response -> {
          env.requests().items(response.responses()).forEach(i -> found.put(i.key(), i));
          List<ItemKey> left = env.requests().unprocessed(response.unprocessedKeys());
          return left.isEmpty() || round == MAX_ROUNDS
              ? Plan.done(new Batch(found, left))
              : Plan.retry(env.jitter(round), () -> batch(left, found, round + 1));
        },
        failure -> {
          throw Failures.read(Op.BATCH_GET_ITEM.name(), failure);
        });
  }
}
