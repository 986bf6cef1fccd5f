package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.TableOptions;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.UserKey;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A backup is restored under another table name. */
class RestoreTest {
  @Test
  void aTableRestoredUnderAnotherNameOpensAsItIsAndNeedsNoRepair() {
    try (RepairScene scene = new RepairScene()) {
      String name = DynamoDbLocal.shared().newTableName("restored");
      List<CredentialSummary> before = scene.vaults.vault(RepairScene.ALICE).open();
      try (EzyPass restored = scene.local.open(b -> b.table(name).tableId(scene.local.tableId()))) {
        restored.admin().createTable(TableOptions.minimal());
        TableInspector inspector = new TableInspector(DynamoDbLocal.shared().client(), name);
        scene.inspector.items().forEach(inspector::put);

        assertThat(restored.repository().vault(RepairScene.ALICE).open())
            .containsExactlyInAnyOrderElementsOf(before);
        for (CredentialSummary summary : before) {
          restored.repository().vault(RepairScene.ALICE).get(summary.id()).close();
        }
        assertThat(restored.repository().findUserBy(UserKey.email("bob@example.com"))).isPresent();
        assertThat(restored.admin().check().isReady()).isTrue();
        assertThat(restored.admin().initialise()).isEqualTo(scene.local.tableId());
        assertThat(restored.admin().repairAll(Mode.APPLY, JobOptions.unpaced()).findings())
            .isEmpty();
        assertThat(inspector.items()).isEqualTo(scene.inspector.items());
      }
    }
  }
}
