package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.LimitExceededException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.PendingWrite;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What DynamoDB Local never answers: collisions of transactions. */
class TransactionsTest {
  private final Environment env = Fixtures.environment();
  private final Transactions transactions = new Transactions(env);
  private final Script script = new Script();

  @Test
  void aCollisionIsRetriedWithTheSameTokenAndContent() {
    script
        .fail(cancelled("TransactionConflict"))
        .fail(TransactionInProgressException.builder().build())
        .fail(cancelled("ThrottlingError"))
        .answer(TransactWriteItemsResponse.builder().build());
    assertThat(script.run(plan())).isEqualTo("done");
    assertThat(script.pauses()).hasSize(3).allMatch(pause -> !pause.isZero());
    assertThat(script.requests()).hasSize(4).containsOnly(script.requests().get(0));
    assertThat(((TransactWriteItemsRequest) script.requests().get(0)).clientRequestToken())
        .hasSize(36);
  }

  @Test
  void collisionsThatDoNotEndAreReportedAsThrottling() {
    for (int i = 0; i < 9; i++) {
      script.fail(cancelled("TransactionConflict"));
    }
    assertThatThrownBy(() -> script.run(plan()))
        .isInstanceOfSatisfying(
            StorageUnavailableException.class,
            failure ->
                assertThat(failure.reason())
                    .isEqualTo(StorageUnavailableException.Reason.THROTTLED));
    assertThat(script.isUsedUp()).isTrue();
  }

  @Test
  void aDeadlineThatPassesBeforeAnythingWasSentIsALimit() {
    assertThatThrownBy(() -> script.deadlineAfter(0).run(plan()))
        .isInstanceOf(LimitExceededException.class);
  }

  /** The runner looks at the clock after the plan did. */
  @Test
  void aDeadlineThatPassesAfterAnAmbiguousAttemptIsAnUnknownOutcome() {
    script.fail(TransactionInProgressException.builder().build()).deadlineAfter(1);
    assertThatThrownBy(() -> script.run(plan())).isInstanceOf(WriteOutcomeUnknownException.class);
    assertThat(script.sent()).hasSize(1);
  }

  @Test
  void aDeadlineThatPassesAfterACertainRefusalIsALimit() {
    script.fail(cancelled("TransactionConflict")).deadlineAfter(1);
    assertThatThrownBy(() -> script.run(plan())).isInstanceOf(LimitExceededException.class);
  }

  @Test
  void aFailedConditionIsReadByHandle() {
    script.fail(
        TransactionCanceledException.builder()
            .cancellationReasons(
                CancellationReason.builder().code("None").build(),
                CancellationReason.builder().code("ConditionalCheckFailed").build())
            .build());
    assertThat(script.run(plan())).isEqualTo("refused: second");
  }

  @Test
  void silenceIsAnUnknownOutcome() {
    script.fail(SdkClientException.builder().message("timeout").build());
    assertThatThrownBy(() -> script.run(plan()))
        .isInstanceOfSatisfying(
            WriteOutcomeUnknownException.class,
            failure -> assertThat(failure.pending()).isEqualTo(PendingWrite.of("pending")));
  }

  private Plan<String> plan() {
    Transaction tx = env.requests().transaction(env.token());
    Transaction.Handle first = tx.delete(ItemKey.keys(Fixtures.USER), Condition.versionIs(1));
    Transaction.Handle second = tx.delete(ItemKey.profile(Fixtures.USER), Condition.versionIs(1));
    return transactions.send(
        tx,
        () -> PendingWrite.of("pending"),
        () -> Plan.done("done"),
        cancellation ->
            Plan.done(
                "refused:"
                    + (cancellation.failed(first) ? " first" : "")
                    + (cancellation.failed(second) ? " second" : "")));
  }

  /** The answer to the only attempt of a call. */
  private static TransactionCanceledException cancelled(String code) {
    return TransactionCanceledException.builder()
        .numAttempts(1)
        .cancellationReasons(
            List.of(
                CancellationReason.builder().code("None").build(),
                CancellationReason.builder().code(code).build()))
        .build();
  }
}
