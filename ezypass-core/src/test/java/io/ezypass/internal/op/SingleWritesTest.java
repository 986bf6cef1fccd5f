package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.LimitExceededException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.PendingWrite;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Collisions of a single write with transactions, and the write deadline between its rounds. */
class SingleWritesTest {
  private final Environment env = Fixtures.environment();
  private final Script script = new Script();

  @Test
  void aCollisionIsRetriedAfterAPause() {
    script.fail(collision(1)).answer(DeleteItemResponse.builder().build());
    assertThat(script.run(plan())).isEqualTo("done");
    assertThat(script.pauses()).hasSize(1);
  }

  @Test
  void aDeadlineThatPassesAfterAnAmbiguousAttemptIsAnUnknownOutcome() {
    script.fail(collision(2)).deadlineAfter(1);
    assertThatThrownBy(() -> script.run(plan()))
        .isInstanceOfSatisfying(
            WriteOutcomeUnknownException.class,
            failure -> assertThat(failure.pending()).isEqualTo(PendingWrite.of("pending")));
    assertThat(script.sent()).hasSize(1);
  }

  @Test
  void aDeadlineThatPassesAfterACertainRefusalIsALimit() {
    script.fail(collision(1)).deadlineAfter(1);
    assertThatThrownBy(() -> script.run(plan())).isInstanceOf(LimitExceededException.class);
  }

  private Plan<String> plan() {
    return new SingleWrites(env)
        .send(
            Op.DELETE_ITEM,
            env.requests().delete(ItemKey.keys(Fixtures.USER), Condition.versionIs(1)),
            () -> PendingWrite.of("pending"),
            () -> Plan.done("done"),
            refusal -> Plan.done("refused"));
  }

  private static TransactionConflictException collision(int attempts) {
    return TransactionConflictException.builder().numAttempts(attempts).build();
  }
}
