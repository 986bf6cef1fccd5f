package io.ezypass.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.testkit.dynamodb.Calls.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

@Timeout(value = 180, threadMode = ThreadMode.SEPARATE_THREAD)
class FaultsTest {
  private static final int ATTEMPTS = 9;

  private final String table = Calls.newTable();
  private final Faults faults = Faults.seeded(42);
  private final CallCounter counter = new CallCounter();

  @ParameterizedTest
  @EnumSource
  void lostRequestIsNeverSentAndRetried(Kind kind) {
    Calls calls = kind.calls(counter, faults);

    faults.once(Fault.LOST_REQUEST, "UpdateItem");
    calls.update(increment());
    assertThat(count()).isEqualTo(1);
    assertThat(counter.attempts()).containsEntry("UpdateItem", 2);

    faults.wholeCall(Fault.LOST_REQUEST, "UpdateItem");
    assertLost(() -> calls.update(increment()));
    assertThat(count()).isEqualTo(1);
    calls.update(increment());
    assertThat(count()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void lostResponseIsCommittedAndRetried(Kind kind) {
    Calls calls = kind.calls(faults);

    faults.once(Fault.LOST_RESPONSE, "UpdateItem");
    calls.update(increment());
    assertThat(count()).isEqualTo(2);

    faults.wholeCall(Fault.LOST_RESPONSE, "UpdateItem");
    assertLost(() -> calls.update(increment()));
    assertThat(count()).isEqualTo(2 + ATTEMPTS);
    assertThat(faults.log())
        .hasSize(1 + ATTEMPTS)
        .contains(
            new InjectedFault(1, 1, "UpdateItem", Fault.LOST_RESPONSE),
            new InjectedFault(2, ATTEMPTS, "UpdateItem", Fault.LOST_RESPONSE));
  }

  @ParameterizedTest
  @EnumSource
  void lostResponseMakesAConditionalPutMeetItself(Kind kind) {
    Calls calls = kind.calls(faults);
    faults.once(Fault.LOST_RESPONSE, "PutItem");

    assertThatThrownBy(() -> calls.put(putIfAbsent("a")))
        .isInstanceOfSatisfying(
            ConditionalCheckFailedException.class, e -> assertThat(e.numAttempts()).isEqualTo(2));
  }

  @ParameterizedTest
  @EnumSource
  void manyLostResponsesUseUpNoConnections(Kind kind) {
    Calls calls = kind.calls(faults);
    faults.always(Fault.LOST_RESPONSE, "UpdateItem"::equals);

    for (int i = 0; i < 80; i++) {
      assertLost(() -> calls.update(increment()));
    }
    faults.clear();
    assertThatCode(() -> calls.update(increment())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @EnumSource
  void throttledRequestIsNotCarriedOutAndRetried(Kind kind) {
    Calls calls = kind.calls(faults);

    faults.times(3, Fault.THROTTLED, operation -> true);
    calls.update(increment());
    assertThat(count()).isEqualTo(1);

    faults.wholeCall(Fault.THROTTLED, "UpdateItem");
    assertThatThrownBy(() -> calls.update(increment()))
        .isInstanceOfSatisfying(
            ProvisionedThroughputExceededException.class,
            e -> {
              assertThat(e.isThrottlingException()).isTrue();
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.numAttempts()).isEqualTo(ATTEMPTS);
            });
    assertThat(count()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void conflictCancelsTheTransactionWithReasons(Kind kind) {
    Calls calls = kind.calls(counter, faults);
    faults.once(Fault.TRANSACTION_CONFLICT, "TransactWriteItems");

    assertThatThrownBy(() -> calls.transact(putAll("a", "b", "c")))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e -> {
              assertThat(e.cancellationReasons())
                  .extracting(CancellationReason::code)
                  .containsExactlyInAnyOrder("None", "None", "TransactionConflict");
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("TransactionCanceledException");
            });
    assertThat(counter.attempts()).containsEntry("TransactWriteItems", 1);
    assertThat(stored("a", "b", "c")).isEmpty();
    calls.transact(putAll("a", "b", "c"));
    assertThat(stored("a", "b", "c")).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void conflictOfASingleWriteHasItsOwnException(Kind kind) {
    Calls calls = kind.calls(faults);
    faults.always(Fault.TRANSACTION_CONFLICT, operation -> true);

    assertThatThrownBy(() -> calls.put(putIfAbsent("a")))
        .isInstanceOf(TransactionConflictException.class);
    assertThat(calls.batchGet(getAll("a", "b")).responses().get(table)).isEmpty();
    assertThat(faults.log()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void unprocessedItemsAreReportedAndReallyNotWritten(Kind kind) {
    Calls calls = kind.calls(faults);
    faults.once(Fault.UNPROCESSED, "BatchWriteItem");

    BatchWriteItemResponse first = calls.batchWrite(writeAll("a", "b", "c", "d"));

    List<WriteRequest> left = first.unprocessedItems().getOrDefault(table, List.of());
    Set<Map<String, AttributeValue>> unwritten = new HashSet<>();
    left.forEach(write -> unwritten.add(write.putRequest().item()));
    assertThat(unwritten).hasSizeBetween(1, 3).doesNotContainAnyElementsOf(stored("a", "b", "c"));
    assertThat(stored("a", "b", "c", "d")).hasSize(4 - left.size());
    calls.batchWrite(
        BatchWriteItemRequest.builder().requestItems(first.unprocessedItems()).build());
    assertThat(stored("a", "b", "c", "d")).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource
  void unprocessedKeysAreReportedAndNotAnswered(Kind kind) {
    Calls calls = kind.calls(faults);
    calls.batchWrite(writeAll("a", "b", "c"));
    faults.always(Fault.UNPROCESSED, operation -> true);

    BatchGetItemRequest request = getAll("a", "b", "c");
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    int rounds = 0;
    while (request.hasRequestItems() && !request.requestItems().isEmpty()) {
      BatchGetItemResponse response = calls.batchGet(request);
      found.addAll(response.responses().getOrDefault(table, List.of()));
      response
          .unprocessedKeys()
          .values()
          .forEach(keys -> assertThat(keys.consistentRead()).isTrue());
      request = BatchGetItemRequest.builder().requestItems(response.unprocessedKeys()).build();
      rounds++;
    }

    assertThat(found).containsExactlyInAnyOrder(Calls.item("a"), Calls.item("b"), Calls.item("c"));
    assertThat(rounds).isBetween(2, 3);
    assertThat(faults.log()).allSatisfy(fault -> assertThat(fault.attempt()).isZero());
  }

  @ParameterizedTest
  @EnumSource
  void sameSeedMeetsTheSameFaults(Kind kind) {
    List<InjectedFault> first = randomFaults(kind, 7);

    assertThat(first).hasSizeBetween(10, 40);
    assertThat(first)
        .extracting(InjectedFault::fault)
        .contains(Fault.LOST_REQUEST, Fault.LOST_RESPONSE, Fault.THROTTLED)
        .doesNotContain(Fault.UNPROCESSED);
    assertThat(randomFaults(kind, 7)).isEqualTo(first);
    assertThat(randomFaults(kind, 8)).isNotEqualTo(first);
  }

  private List<InjectedFault> randomFaults(Kind kind, long seed) {
    Faults random =
        Faults.seeded(seed)
            .randomly(
                0.3, Fault.LOST_REQUEST, Fault.LOST_RESPONSE, Fault.THROTTLED, Fault.UNPROCESSED);
    Calls calls = kind.calls(random);
    for (int i = 0; i < 50; i++) {
      calls.update(increment());
    }
    return random.log();
  }

  @ParameterizedTest
  @EnumSource
  void actionsRunOnceAroundTheRequest(Kind kind) {
    Calls calls = kind.calls(faults);
    List<Integer> seen = new ArrayList<>();
    faults.beforeSend("UpdateItem", () -> seen.add(count()));
    faults.afterSend("UpdateItem", () -> seen.add(count()));

    calls.update(increment());
    calls.update(increment());

    assertThat(seen).containsExactly(0, 1);
  }

  @ParameterizedTest
  @EnumSource
  void actionMayLetAnotherWriterIn(Kind kind) {
    Calls calls = kind.calls(faults);
    faults.beforeSend("PutItem", () -> Kind.SYNC.calls(faults).put(putIfAbsent("a")));

    assertThatThrownBy(() -> calls.put(putIfAbsent("a")))
        .isInstanceOf(ConditionalCheckFailedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void failingActionFailsTheCallOnly(Kind kind) {
    Calls calls = kind.calls(faults);
    for (Runnable setUp :
        List.<Runnable>of(
            () -> faults.beforeSend("UpdateItem", FaultsTest::fail),
            () -> faults.afterSend("UpdateItem", FaultsTest::fail))) {
      setUp.run();
      assertThatThrownBy(() -> calls.update(increment())).hasMessageContaining("on purpose");
    }
    calls.update(increment());
  }

  @Test
  void clearDropsEverythingButTheLog() {
    Calls calls = Kind.SYNC.calls(faults);
    AtomicInteger runs = new AtomicInteger();
    faults.once(Fault.THROTTLED, "UpdateItem");
    calls.update(increment());
    faults.always(Fault.LOST_REQUEST, operation -> true);
    faults.beforeSend("UpdateItem", runs::incrementAndGet);
    faults.clear();

    calls.update(increment());

    assertThat(runs).hasValue(0);
    assertThat(faults.log()).hasSize(1);
    assertThat(faults.toString()).contains("seed=42").contains("THROTTLED");
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> faults.times(0, Fault.THROTTLED, operation -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("attempts");
    assertThatThrownBy(() -> faults.randomly(1.5, Fault.THROTTLED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("probability");
    assertThatThrownBy(() -> faults.randomly(0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("faults");
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }

  private static void assertLost(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(SdkClientException.class)
        .hasCauseInstanceOf(IOException.class)
        .isInstanceOfSatisfying(
            SdkException.class, e -> assertThat(e.numAttempts()).isBetween(1, ATTEMPTS));
  }

  private UpdateItemRequest increment() {
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(Calls.item("counter"))
        .updateExpression("ADD n :one")
        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
        .build();
  }

  private int count() {
    Map<String, AttributeValue> item =
        DynamoDbLocal.shared()
            .client()
            .getItem(g -> g.tableName(table).key(Calls.item("counter")).consistentRead(true))
            .item();
    AttributeValue number = item.get("n");
    return number == null ? 0 : Integer.parseInt(number.n());
  }

  private PutItemRequest putIfAbsent(String pk) {
    return PutItemRequest.builder()
        .tableName(table)
        .item(Calls.item(pk))
        .conditionExpression("attribute_not_exists(pk)")
        .build();
  }

  private TransactWriteItemsRequest putAll(String... pks) {
    List<TransactWriteItem> items = new ArrayList<>();
    for (String pk : pks) {
      items.add(
          TransactWriteItem.builder().put(p -> p.tableName(table).item(Calls.item(pk))).build());
    }
    return TransactWriteItemsRequest.builder().transactItems(items).build();
  }

  private BatchWriteItemRequest writeAll(String... pks) {
    List<WriteRequest> writes = new ArrayList<>();
    for (String pk : pks) {
      writes.add(WriteRequest.builder().putRequest(p -> p.item(Calls.item(pk))).build());
    }
    return BatchWriteItemRequest.builder().requestItems(Map.of(table, writes)).build();
  }

  private BatchGetItemRequest getAll(String... pks) {
    List<Map<String, AttributeValue>> keys =
        IntStream.range(0, pks.length).mapToObj(i -> Calls.item(pks[i])).toList();
    KeysAndAttributes request = KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
    return BatchGetItemRequest.builder().requestItems(Map.of(table, request)).build();
  }

  private List<Map<String, AttributeValue>> stored(String... pks) {
    return DynamoDbLocal.shared()
        .client()
        .batchGetItem(getAll(pks))
        .responses()
        .getOrDefault(table, List.of());
  }
}
