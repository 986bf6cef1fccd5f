package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.MigrationReport;
import io.ezypass.admin.Mode;
import io.ezypass.model.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A migration and a rotation of one user at once: both write KEYS, and neither undoes the other.
 */
class MigrationWithRotationTest {
  private final MigrationScene scene = new MigrationScene();
  private final UserId alice = scene.register("acme.alice");

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aRotationUnderTheOldKeyBetweenReadAndWriteIsMovedInItsPlace() {
    try (EzyPass operator = scene.switched();
        EzyPass rotator = scene.local.open(b -> b.acceptedKmsKeys(scene.next))) {
      scene
          .local
          .faults()
          .beforeSend("UpdateItem", () -> rotator.admin().rotate(alice, JobOptions.unpaced()));
      assertThat(operator.admin().migrate(alice, Mode.APPLY).state())
          .isEqualTo(MigrationReport.State.MOVED);
      assertThat(operator.admin().rotationStatus(alice).generation()).isEqualTo(2);
    }
    check();
  }

  @Test
  void aMigrationBetweenReadAndWriteOfARotationStays() {
    try (EzyPass operator = scene.switched();
        EzyPass rotator = scene.local.open(b -> b.acceptedKmsKeys(scene.next))) {
      scene.local.faults().beforeSend("PutItem", () -> operator.admin().migrate(alice, Mode.APPLY));
      rotator.admin().rotate(alice, JobOptions.unpaced());
      assertThat(operator.admin().rotationStatus(alice).generation()).isEqualTo(2);
      // The rotator is not switched yet, so its new generation is wrapped under the old key.
      operator.admin().migrate(alice, Mode.APPLY);
    }
    check();
  }

  private void check() {
    scene.kms.disable(scene.old);
    assertThat(scene.arn(alice)).isEqualTo(scene.next);
    try (EzyPass fresh = scene.local.open(b -> b.kmsKey(scene.next))) {
      assertThat(fresh.repository().vault(alice).open()).hasSize(1);
    }
  }
}
