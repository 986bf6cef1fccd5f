package io.ezypass.testkit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.testkit.dynamodb.Calls.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

class CallCounterTest {
  private final String table = Calls.newTable();
  private final CallCounter counter = new CallCounter();

  @ParameterizedTest
  @EnumSource
  void countsCallsAndAttemptsApart(Kind kind) {
    Faults faults = Faults.seeded(1).times(2, Fault.LOST_REQUEST, "PutItem"::equals);
    Calls calls = kind.calls(counter, faults);

    calls.put(put("a"));
    calls.put(put("b"));
    calls.batchGet(get("a"));

    assertThat(counter.counts())
        .containsExactly(Map.entry("BatchGetItem", 1), Map.entry("PutItem", 2));
    assertThat(counter.attempts())
        .containsExactly(Map.entry("BatchGetItem", 1), Map.entry("PutItem", 4));
    assertThat(counter.count("PutItem")).isEqualTo(2);
    assertThat(counter.count("GetItem")).isZero();
    assertThat(counter.total()).isEqualTo(3);
    assertThat(counter.requests()).containsExactly(put("a"), put("b"), get("a"));
    assertThat(counter).hasToString("CallCounter{BatchGetItem=1, PutItem=2}");
  }

  @ParameterizedTest
  @EnumSource
  void countsWhatTheServerRefuses(Kind kind) {
    Calls calls = kind.calls(counter);
    PutItemRequest refused =
        put("a").toBuilder().conditionExpression("attribute_exists(pk)").build();

    assertThatThrownBy(() -> calls.put(refused))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(counter.counts()).containsExactly(Map.entry("PutItem", 1));
  }

  @Test
  void oneCounterServesSeveralClientsAndStartsAnew() {
    Kind.SYNC.calls(counter).put(put("a"));
    Kind.ASYNC.calls(counter).put(put("b"));

    assertThat(counter.count("PutItem")).isEqualTo(2);
    counter.reset();
    assertThat(counter.counts()).isEmpty();
    assertThat(counter.attempts()).isEmpty();
    assertThat(counter.requests()).isEmpty();
  }

  @Test
  void callThatIsNeverSentDoesNotCount() {
    Faults faults = Faults.seeded(1).beforeSend("PutItem", CallCounterTest::fail);

    assertThatThrownBy(() -> Kind.SYNC.calls(faults, counter).put(put("a")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(counter.total()).isZero();
  }

  private static void fail() {
    throw new IllegalStateException("on purpose");
  }

  private PutItemRequest put(String pk) {
    return PutItemRequest.builder().tableName(table).item(Calls.item(pk)).build();
  }

  private BatchGetItemRequest get(String pk) {
    KeysAndAttributes keys = KeysAndAttributes.builder().keys(List.of(Calls.item(pk))).build();
    return BatchGetItemRequest.builder().requestItems(Map.of(table, keys)).build();
  }
}
