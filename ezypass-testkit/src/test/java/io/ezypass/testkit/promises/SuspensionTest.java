package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.kms.KmsAction;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process is frozen for a while, as a Lambda is between two invocations: the wall clock goes
 * on, nano time does not. Here the clock is moved, which looks the same to the library.
 */
class SuspensionTest {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration WRITE_DEADLINE = Duration.ofMinutes(1);

  private Scene scene;

  private void open(Api api) {
    scene = new Scene(api);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @ParameterizedTest
  @EnumSource
  void keysAreNotServedPastTheirTtlHoweverLittleOfItTheProcessRan(Api api) {
    open(api);
    freeze(TTL);
    scene.local.kms().disable(scene.local.kmsKey());

    assertThatThrownBy(() -> scene.vault().get(scene.credential.id()))
        .isInstanceOfSatisfying(
            KeyUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(KeyUnavailableException.Reason.REVOKED));
  }

  @ParameterizedTest
  @EnumSource
  void keysStayWarmWithinTheirTtl(Api api) {
    open(api);
    freeze(Duration.ofMinutes(2));
    scene.vault().get(scene.credential.id()).close();
    assertThat(scene.local.kms().callCount()).isZero();

    freeze(Duration.ofMinutes(3));
    scene.vault().get(scene.credential.id()).close();
    assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aClockThatIsSetBackMakesKeysNoYounger(Api api) {
    open(api);
    freeze(Duration.ofMinutes(3));
    scene.vault().get(scene.credential.id()).close();
    scene.local.clock().advance(Duration.ofDays(-1));
    scene.vault().get(scene.credential.id()).close();
    assertThat(scene.local.kms().callCount()).isZero();

    freeze(Duration.ofMinutes(2));
    scene.vault().get(scene.credential.id()).close();
    assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatWasRefusedIsNotSentAgainAfterAFreeze(Api api) {
    open(api);
    scene.local.faults().once(Fault.TRANSACTION_CONFLICT, "PutItem");
    scene.local.faults().beforeSend("PutItem", () -> freeze(WRITE_DEADLINE));

    assertThatThrownBy(() -> scene.vault().add(Scene.content("gitlab.com", "second")))
        .isInstanceOf(LimitExceededException.class);
    assertThat(scene.local.calls().count("PutItem")).isEqualTo(1);
    assertThat(scene.othersVault().open()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aWriteThatMayHaveLandedIsNotSentAgainAfterAFreeze(Api api) {
    open(api);
    // The first attempt lands and its answer is lost; the SDK's own second one meets a conflict.
    scene.local.faults().once(Fault.LOST_RESPONSE, "PutItem");
    scene.local.faults().once(Fault.TRANSACTION_CONFLICT, "PutItem");
    scene.local.faults().beforeSend("PutItem", () -> freeze(WRITE_DEADLINE));

    assertThatThrownBy(() -> scene.vault().add(Scene.content("gitlab.com", "second")))
        .isInstanceOf(WriteOutcomeUnknownException.class);
    assertThat(scene.local.calls().count("PutItem")).isEqualTo(1);
    assertThat(scene.othersVault().open()).hasSize(2);
  }

  private void freeze(Duration time) {
    scene.local.clock().advance(time);
  }
}
