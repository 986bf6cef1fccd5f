package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.EzyPass;
import io.ezypass.admin.TableOptions;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.TableId;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.dynamodb.InjectedFault;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request or a response gets lost, for every kind of write, sync and async: the caller gets the
 * truth, or a pending write that can be settled.
 */
class LostResponseTest {
  static Stream<Arguments> writes() {
    return Write.all()
        .flatMap(write -> Stream.of(Api.values()).map(api -> Arguments.of(write, api)));
  }

  static Stream<Arguments> writesWithRival() {
    return writes().filter(arguments -> ((Write) arguments.get()[0]).hasRival());
  }

  /** One of each kind of request. */
  static Stream<Write> someWrites() {
    return Stream.of(
        UserWrite.REGISTER, CredentialWrite.UPDATE, TrashWrite.TRASH, TrashWrite.DELETE);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aResponseLostOnceIsRetriedAndTheWriteIsAppliedExactlyOnce(Write write, Api api) {
    try (Scene scene = new Scene(api, b -> b.policies(write.policies()))) {
      write.prepare(scene);
      scene.local.faults().once(Fault.LOST_RESPONSE, write.operation());

      write.run(scene);

      assertThat(write.wasApplied(scene)).isTrue();
      assertThat(scene.local.faults().log()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aRequestLostOnceIsRetriedAndTheWriteIsAppliedExactlyOnce(Write write, Api api) {
    try (Scene scene = new Scene(api, b -> b.policies(write.policies()))) {
      write.prepare(scene);
      scene.local.faults().once(Fault.LOST_REQUEST, write.operation());

      write.run(scene);

      assertThat(write.wasApplied(scene)).isTrue();
      assertThat(scene.local.faults().log()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aWriteWhoseResponsesAreAllLostIsPendingAndResolvesAsApplied(Write write, Api api) {
    try (Scene scene = new Scene(api, b -> b.policies(write.policies()))) {
      PendingWrite pending = giveUp(scene, write, Fault.LOST_RESPONSE);

      assertThat(scene.vaults.resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
      // Another process can settle it too, after a restart for instance.
      assertThat(scene.others.resolve(PendingWrite.of(pending.value())))
          .isEqualTo(WriteOutcome.APPLIED);
      assertThat(write.wasApplied(scene)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aWriteWhoseRequestsAreAllLostIsPendingAndResolvesAsNotApplied(Write write, Api api) {
    try (Scene scene = new Scene(api, b -> b.policies(write.policies()))) {
      PendingWrite pending = giveUp(scene, write, Fault.LOST_REQUEST);

      assertThat(scene.vaults.resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
      assertThat(write.wasApplied(scene)).isFalse();

      // Nothing stands in the way of doing it again.
      write.run(scene);
      assertThat(write.wasApplied(scene)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("writesWithRival")
  void whenSomebodyElseWasFasterDuringARetryTheWriteIsRefusedAndNothingIsOverwritten(
      Write write, Api api) {
    try (Scene scene = new Scene(api, b -> b.policies(write.policies()))) {
      write.prepare(scene);
      Class<?>[] refusal = new Class<?>[1];
      scene.local.faults().beforeSend(write.operation(), () -> refusal[0] = write.rival(scene));
      scene.local.faults().once(Fault.LOST_REQUEST, write.operation());

      Throwable failure = catchThrowableOfType(Throwable.class, () -> write.run(scene));

      assertThat(failure).isExactlyInstanceOf(refusal[0]);
      assertThat(scene.local.faults().log()).hasSize(1);
      assertThat(write.isStillTheRivals(scene)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aCollisionWithATransactionIsRetried(Write write, Api api) {
    try (Scene scene = new Scene(api, b -> b.policies(write.policies()))) {
      write.prepare(scene);
      scene.local.faults().once(Fault.TRANSACTION_CONFLICT, write.operation());

      write.run(scene);

      assertThat(write.wasApplied(scene)).isTrue();
      assertThat(scene.local.faults().log()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("someWrites")
  void collisionsThatDoNotEndSayThatNothingWasWritten(Write write) {
    try (Scene scene = new Scene(Api.SYNC, b -> b.policies(write.policies()))) {
      scene.local.faults().always(Fault.TRANSACTION_CONFLICT, write.operation()::equals);

      StorageUnavailableException failure =
          catchThrowableOfType(StorageUnavailableException.class, () -> write.run(scene));

      assertThat(failure.reason()).isEqualTo(StorageUnavailableException.Reason.THROTTLED);
      assertThat(write.wasApplied(scene)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("someWrites")
  void collisionsAfterALostResponseDoNotSaySo(Write write) {
    try (Scene scene = new Scene(Api.SYNC, b -> b.policies(write.policies()))) {
      scene.local.faults().once(Fault.LOST_RESPONSE, write.operation());
      scene.local.faults().always(Fault.TRANSACTION_CONFLICT, write.operation()::equals);

      WriteOutcomeUnknownException unknown =
          catchThrowableOfType(WriteOutcomeUnknownException.class, () -> write.run(scene));

      assertThat(scene.others.resolve(unknown.pending())).isEqualTo(WriteOutcome.APPLIED);
      assertThat(write.wasApplied(scene)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REQUEST", "LOST_RESPONSE"})
  void initialisingIsSettledByReadingTheRoot(Fault fault) {
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass fresh = freshTable(scene, "once-" + fault)) {
      scene.local.faults().once(fault, "PutItem");
      TableId once = fresh.admin().initialise();

      assertThat(scene.local.faults().log()).hasSize(1);
      assertThat(fresh.admin().initialise()).isEqualTo(once);
    }
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass fresh = freshTable(scene, "whole-" + fault)) {
      scene.local.faults().wholeCall(fault, "PutItem");
      TableId afterAll = fresh.admin().initialise();

      assertThat(scene.local.faults().log()).hasSizeGreaterThan(1);
      assertThat(fresh.admin().initialise()).isEqualTo(afterAll);
    }
  }

  @Test
  void initialisingThatNeverGetsThroughWritesNothingAndCanBeRepeated() {
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass fresh = freshTable(scene, "never")) {
      scene.local.faults().always(Fault.LOST_REQUEST, "PutItem"::equals);
      StorageUnavailableException failure =
          catchThrowableOfType(StorageUnavailableException.class, () -> fresh.admin().initialise());

      assertThat(failure.reason()).isEqualTo(StorageUnavailableException.Reason.UNREACHABLE);
      assertThat(items(scene, "never")).isZero();
      scene.local.faults().clear();
      TableId id = fresh.admin().initialise();
      assertThat(fresh.admin().initialise()).isEqualTo(id);
    }
  }

  private static PendingWrite giveUp(Scene scene, Write write, Fault fault) {
    write.prepare(scene);
    scene.local.faults().wholeCall(fault, write.operation());
    WriteOutcomeUnknownException unknown =
        catchThrowableOfType(WriteOutcomeUnknownException.class, () -> write.run(scene));
    assertThat(unknown).as("the write ends in WriteOutcomeUnknownException").isNotNull();
    assertThat(scene.local.faults().log()).extracting(InjectedFault::fault).containsOnly(fault);
    return unknown.pending();
  }

  private static EzyPass freshTable(Scene scene, String suffix) {
    EzyPass fresh = scene.local.open(b -> b.table(name(scene, suffix)));
    fresh.admin().createTable(TableOptions.minimal());
    return fresh;
  }

  private static int items(Scene scene, String suffix) {
    return new TableInspector(DynamoDbLocal.shared().client(), name(scene, suffix)).items().size();
  }

  private static String name(Scene scene, String suffix) {
    return scene.local.table() + "-" + suffix;
  }
}
