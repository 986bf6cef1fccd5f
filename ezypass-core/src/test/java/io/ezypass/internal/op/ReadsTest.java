package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.ItemKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class ReadsTest {
  private static final ItemKey KEYS = ItemKey.keys(Fixtures.USER);
  private static final ItemKey PROFILE = ItemKey.profile(Fixtures.USER);

  private final Reads reads = new Reads(Fixtures.environment());
  private final Script script = new Script();

  @Test
  void unprocessedKeysAreAskedForAgain() {
    script.answer(response(List.of(KEYS), List.of(PROFILE)));
    script.answer(response(List.of(PROFILE), List.of()));
    assertThat(script.run(both())).isEqualTo(2);
    assertThat(script.pauses()).hasSize(1);
  }

  @Test
  void keysThatStayUnprocessedAreReportedAsThrottling() {
    for (int i = 0; i < 9; i++) {
      script.answer(response(List.of(), List.of(KEYS, PROFILE)));
    }
    assertThatThrownBy(() -> script.run(both()))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("unprocessed keys");
  }

  @Test
  void aMissingTableIsNotInitialised() {
    script.fail(ResourceNotFoundException.builder().message("secret text").build());
    assertThatThrownBy(() -> script.run(reads.get(KEYS)))
        .isInstanceOf(NotInitialisedException.class)
        .hasMessageNotContaining("secret text")
        .hasNoCause();
  }

  @Test
  void aRefusalSaysSoWithoutTheServicesText() {
    script.fail(
        DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("AccessDeniedException")
                    .errorMessage("arn:aws:iam::123456789012:role/x is not authorized")
                    .build())
            .build());
    assertThatThrownBy(() -> script.run(reads.get(KEYS)))
        .isInstanceOfSatisfying(
            StorageUnavailableException.class,
            failure ->
                assertThat(failure.reason()).isEqualTo(StorageUnavailableException.Reason.REFUSED))
        .hasMessageNotContaining("123456789012");
  }

  @Test
  void aReadThatMeetsAWriteIsRepeated() {
    script.fail(TransactionCanceledException.builder().numAttempts(1).build());
    script.answer(
        TransactGetItemsResponse.builder()
            .responses(
                ItemResponse.builder().item(raw(KEYS)).build(), ItemResponse.builder().build())
            .build());
    assertThat(script.run(reads.atOnce(List.of(KEYS, PROFILE)))).containsOnlyKeys(KEYS);
    assertThat(script.pauses()).hasSize(1);
  }

  @Test
  void aReadThatAlwaysMeetsAWriteIsReportedAsThrottling() {
    script.otherwise((operation, request) -> TransactionCanceledException.builder().build());
    assertThatThrownBy(() -> script.run(reads.atOnce(List.of(KEYS))))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("TransactGetItems");
    assertThat(script.sent()).hasSize(9);
  }

  private Plan<Integer> both() {
    return reads.batch(List.of(KEYS, PROFILE), found -> Plan.done(found.size()));
  }

  private static BatchGetItemResponse response(List<ItemKey> found, List<ItemKey> unprocessed) {
    BatchGetItemResponse.Builder response =
        BatchGetItemResponse.builder()
            .responses(Map.of("vault", found.stream().map(ReadsTest::raw).toList()));
    if (!unprocessed.isEmpty()) {
      response.unprocessedKeys(
          Map.of(
              "vault",
              KeysAndAttributes.builder()
                  .keys(unprocessed.stream().map(ReadsTest::raw).toList())
                  .build()));
    }
    return response.build();
  }

  private static Map<String, AttributeValue> raw(ItemKey key) {
    return Map.of("pk", AttributeValue.fromS(key.pk()), "sk", AttributeValue.fromS(key.sk()));
  }
}
