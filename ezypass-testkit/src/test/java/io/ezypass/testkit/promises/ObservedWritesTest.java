package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.OperationEvent;
import io.ezypass.OperationEvent.Outcome;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.TableOptions;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.testkit.dynamodb.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an observer is told of writes whose requests or answers get lost. */
class ObservedWritesTest {
  private final List<OperationEvent> events = new CopyOnWriteArrayList<>();

  static Stream<Arguments> writes() {
    return LostResponseTest.writes();
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aLostResponseIsARetryAndTheWriteIsReconciled(Write write, Api api) {
    OperationEvent event = observe(write, api, Fault.LOST_RESPONSE);
    assertThat(event.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(event.retries()).isEqualTo(1);
    // DynamoDB Local does not tell reads from writes in what a transaction consumed, by which a
    // repeated token is recognised: OperationMeterTest scripts that answer.
    boolean transaction = write.operation().equals("TransactWriteItems");
    assertThat(event.reconciledWrites()).isEqualTo(transaction ? 0 : 1);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aLostRequestIsARetryAndNothingIsReconciled(Write write, Api api) {
    OperationEvent event = observe(write, api, Fault.LOST_REQUEST);
    assertThat(event.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(event.retries()).isEqualTo(1);
    assertThat(event.reconciledWrites()).isZero();
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aCollisionIsARetry(Write write, Api api) {
    OperationEvent event = observe(write, api, Fault.TRANSACTION_CONFLICT);
    assertThat(event.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(event.retries()).isEqualTo(1);
    assertThat(event.reconciledWrites()).isZero();
    assertThat(event.requests().get(write.operation())).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aWriteThatNobodyAnsweredIsOfUnknownOutcome(Api api) {
    try (Scene scene = scene(api)) {
      scene.local.faults().wholeCall(Fault.LOST_RESPONSE, "PutItem");
      assertThatThrownBy(() -> CredentialWrite.UPDATE.run(scene))
          .isInstanceOf(WriteOutcomeUnknownException.class);
      assertThat(only("update").outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
      int attempts = scene.local.calls().attempts().get("PutItem");
      assertThat(only("update").retries()).isEqualTo(attempts - 1).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anEditThatSomebodyElseWasFasterThanBeginsAnotherRound(Api api) {
    try (Scene scene = scene(api)) {
      List<Long> rivals = new ArrayList<>(List.of(1L, 2L));
      scene
          .vault()
          .edit(
              scene.credential.id(),
              content -> {
                if (!rivals.isEmpty()) {
                  scene
                      .othersVault()
                      .update(
                          scene.credential.id(),
                          rivals.remove(0),
                          Scene.content("github.com", "rival"));
                }
                return content.toBuilder().title("mine").build();
              });
      assertThat(only("edit").retries()).isEqualTo(2);
      assertThat(only("edit").reconciledWrites()).isZero();
      assertThat(only("edit").requests()).containsEntry("PutItem", 3);
    }
  }

  @Test
  void whatAnOperatorsJobsRecogniseAsTheirOwnIsReconciled() {
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass fresh =
            scene.local.open(b -> b.table(scene.local.table() + "-new").observer(events::add));
        EzyPass moved =
            scene.local.open(
                b ->
                    b.kmsKey(scene.local.kms().createKey())
                        .acceptedKmsKeys(scene.local.kmsKey())
                        .observer(events::add));
        EzyPass rotating =
            scene.local.open(b -> b.acceptedKmsKeys(scene.local.kmsKey()).observer(events::add))) {
      fresh.admin().createTable(TableOptions.minimal());
      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      fresh.admin().initialise();
      assertReconciled("initialise", 1);

      scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
      scene.local.faults().once(Fault.LOST_RESPONSE, "UpdateItem");
      rotating.admin().rotate(Scene.ALICE, JobOptions.unpaced());
      assertReconciled("rotate", 2);

      scene.local.faults().once(Fault.LOST_RESPONSE, "UpdateItem");
      moved.admin().migrate(Scene.ALICE, Mode.APPLY);
      assertReconciled("migrate", 1);

      scene.local.faults().wholeCall(Fault.LOST_RESPONSE, "UpdateItem");
      moved.admin().migrateRoot(Mode.APPLY);
      assertReconciled("migrate root", 1);
    }
  }

  private void assertReconciled(String operation, int writes) {
    assertThat(only(operation).outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(only(operation).reconciledWrites()).as(operation).isEqualTo(writes);
    assertThat(only(operation).retries()).as(operation).isGreaterThanOrEqualTo(writes);
  }

  private OperationEvent observe(Write write, Api api, Fault fault) {
    try (Scene scene = new Scene(api, b -> b.policies(write.policies()).observer(events::add))) {
      write.prepare(scene);
      events.clear();
      scene.local.faults().once(fault, write.operation());
      write.run(scene);
      assertThat(scene.local.faults().log()).hasSize(1);
      return only(write.call());
    }
  }

  private Scene scene(Api api) {
    return new Scene(api, builder -> builder.policies(Scene.KEEP_NOTHING).observer(events::add));
  }

  private OperationEvent only(String operation) {
    List<OperationEvent> found =
        events.stream().filter(event -> event.operation().equals(operation)).toList();
    assertThat(found).as(operation).hasSize(1);
    return found.get(0);
  }
}
