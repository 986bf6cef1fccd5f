package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.bytes;
import static io.ezypass.testkit.promises.RepairScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.MigrationReport;
import io.ezypass.admin.MigrationSummary;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RotationReport;
import io.ezypass.admin.RotationSummary;
import io.ezypass.admin.VaultAdmin;
import io.ezypass.error.TamperedItemException;
import io.ezypass.model.PageRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rows of the directory do that somebody made up: one in every shard, and one of a user. */
class ForgedDirectoryTest {
  private static final JobOptions UNPACED = JobOptions.unpaced();
  private static final PageRequest ALL = PageRequest.first(1_000);

  private final RepairScene scene = new RepairScene();
  private final String next = scene.local.kms().createKey();
  private final EzyPass process =
      scene.local.open(b -> b.kmsKey(next).acceptedKmsKeys(scene.local.kmsKey()));
  private final VaultAdmin admin = process.admin();
  private final int shards =
      Integer.parseInt(Objects.requireNonNull(scene.inspector.item("TABLE", "ROOT").get("c")).n());

  @BeforeEach
  void forge() {
    scene.change(scene.listed(BOB), row -> row.put("a", bytes(32)));
    for (int shard = 0; shard < shards; shard++) {
      String sortKey = shard % 2 == 0 ? "nobody" : "no user \u00fc".repeat(100);
      scene.inspector.put(
          Map.of("pk", text("USERS#" + shard), "sk", text(sortKey), "a", bytes(32)));
    }
  }

  @AfterEach
  void close() {
    process.close();
    scene.close();
  }

  @Test
  void doesNotEndAJobOfAllUsers() {
    MigrationSummary migrated = admin.migrateAll(Mode.APPLY, UNPACED);
    assertThat(migrated.notAuthentic()).isEqualTo(shards + 1);
    assertThat(migrated.counts()).isEqualTo(Map.of(MigrationReport.State.MOVED, 2L));
    assertThat(migrated.failures()).isEmpty();
    assertThat(migrated.isComplete()).isFalse();

    RotationSummary rotated = admin.rotateAll(Instant.MAX, UNPACED);
    assertThat(rotated.notAuthentic()).isEqualTo(shards + 1);
    assertThat(rotated.users()).isEqualTo(1);
    assertThat(rotated.settling()).isEqualTo(1);
    assertThat(rotated.cancelled()).isFalse();
    assertThat(admin.rotationStatus(ALICE).generation()).isEqualTo(2);
    assertThat(admin.rotationStatus(BOB))
        .extracting(RotationReport::generation)
        .as("the row is not trusted")
        .isEqualTo(1);
  }

  @Test
  void isRefusedWhereUsersAreListed() {
    assertThatThrownBy(() -> process.repository().listUsers(ALL))
        .isInstanceOf(TamperedItemException.class);
    assertThatThrownBy(() -> admin.unfinishedDeletions(ALL))
        .isInstanceOf(TamperedItemException.class);
    assertThatThrownBy(() -> admin.migratePage(ALL, Mode.APPLY, UNPACED))
        .isInstanceOf(TamperedItemException.class);
    assertThatThrownBy(() -> admin.rotatePage(ALL, Instant.MAX, UNPACED))
        .isInstanceOf(TamperedItemException.class);
    assertThat(admin.rotationStatus(ALICE).generation()).isEqualTo(1);
  }
}
