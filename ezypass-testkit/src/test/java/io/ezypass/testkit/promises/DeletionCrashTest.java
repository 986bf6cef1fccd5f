package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Deletions.afterwards;
import static io.ezypass.testkit.promises.Deletions.buried;
import static io.ezypass.testkit.promises.Deletions.fill;
import static io.ezypass.testkit.promises.Deletions.finish;
import static io.ezypass.testkit.promises.Deletions.nothingIsLeft;
import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VaultException;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserDeletion.State;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.dynamodb.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A process crashes while it deletes a user, at every step there is: the next call resumes. */
class DeletionCrashTest {
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REQUEST", "LOST_RESPONSE"})
  void aCrashAtAnyStepIsResumedByCallingAgain(Fault fault) {
    int steps = 0;
    for (boolean happened = true; happened; steps++) {
      try (Scene scene = new Scene(Api.SYNC)) {
        fill(scene);
        happened = crash(scene, Api.SYNC, new NthCall(steps + 1, fault));

        UserDeletion receipt = scene.others.deleteUser(ALICE);
        assertThat(receipt.state()).isEqualTo(State.PENDING);
        buried(scene);
        finish(scene, receipt);
      }
    }
    assertThat(steps).as("steps of a deletion, and one run without a crash").isEqualTo(6);
  }

  @Test
  void aCrashAtAnyStepIsResumedByCallingAgainAsync() {
    int steps = 0;
    for (boolean happened = true; happened; steps++) {
      try (Scene scene = new Scene(Api.ASYNC)) {
        fill(scene);
        happened = crash(scene, Api.ASYNC, new NthCall(steps + 1, Fault.LOST_REQUEST));

        scene.vaults.deleteUser(ALICE);
        buried(scene);
      }
    }
    assertThat(steps).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REQUEST", "LOST_RESPONSE"})
  void aCrashAtAnyStepOfTheLastCallIsResumedByCallingAgain(Fault fault) {
    int steps = 0;
    for (boolean happened = true; happened; steps++) {
      try (Scene scene = new Scene(Api.SYNC)) {
        UserDeletion receipt = scene.vaults.deleteUser(ALICE);
        // A process with cached keys.
        scene.othersVault().add(Scene.content("example.com", "late"));
        afterwards(scene, receipt);
        happened = crash(scene, Api.SYNC, new NthCall(steps + 1, fault));

        Throwable failure = catchThrowable(() -> scene.vaults.deleteUser(ALICE));
        assertThat(failure == null || failure instanceof UserNotFoundException).isTrue();
        nothingIsLeft(scene);
      }
    }
    assertThat(steps).isEqualTo(6);
  }

  /** Runs a deletion that loses one call; whether there was such a call. */
  private static boolean crash(Scene scene, Api api, NthCall nth) {
    try (DynamoDbClient client = DynamoDbLocal.shared().client(nth);
        DynamoDbAsyncClient asyncClient = DynamoDbLocal.shared().asyncClient(nth);
        EzyPass crashing =
            scene.local.open(
                b ->
                    b.clients(client, scene.local.kms().client())
                        .asyncClients(asyncClient, scene.local.kms().asyncClient()))) {
      Throwable failure = catchThrowable(() -> api.of(crashing).deleteUser(ALICE));
      if (nth.happened()) {
        assertThat(failure).isInstanceOf(VaultException.class);
      } else {
        assertThat(failure).isNull();
      }
      return nth.happened();
    }
  }
}
