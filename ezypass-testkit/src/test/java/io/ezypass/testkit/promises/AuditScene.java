package io.ezypass.testkit.promises;

import io.ezypass.Vault;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditRange;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.VaultPolicies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the tests of audit trails see of them. */
final class AuditScene {
  static final VaultPolicies AUDITED =
      VaultPolicies.defaults().withAudit(AuditPolicy.keepForever());

  static final String PARTITION = "U#alice";

  private AuditScene() {}

  /** Alice's vault, each of whose writes leaves an event; it begins with two of them. */
  static Scene start(Api api) {
    return new Scene(api, builder -> builder.policies(AUDITED));
  }

  /** The whole trail, oldest first. */
  static List<AuditEvent> trail(Scene scene) {
    return events(scene.othersVault(), AuditRange.all(), 1_000);
  }

  /** A range of a trail, oldest first, read in pages. */
  static List<AuditEvent> events(Vault vault, AuditRange range, int limit) {
    List<AuditEvent> events = new ArrayList<>();
    @Nullable PageToken next = null;
    do {
      Page<AuditEvent> page = vault.audit().list(range, new PageRequest(limit, next));
      events.addAll(page.items());
      next = page.next();
    } while (next != null);
    Collections.reverse(events);
    return events;
  }

  /** What was done, oldest first. */
  static List<Action> actions(Scene scene) {
    return trail(scene).stream()
        .flatMap(event -> event.changes().stream())
        .map(AuditedChange::action)
        .toList();
  }

  static List<Long> numbers(List<AuditEvent> events) {
    return events.stream().map(AuditEvent::number).toList();
  }

  /** The sort keys of the rows of the trail, oldest first. */
  static List<String> rows(Scene scene) {
    return scene.local.inspector().partition(PARTITION).stream()
        .map(row -> row.get("sk").s())
        .filter(sk -> sk.startsWith("AUDIT#"))
        .sorted()
        .toList();
  }

  static Map<String, AttributeValue> row(Scene scene, int index) {
    return scene.local.inspector().item(PARTITION, rows(scene).get(index));
  }

  static AuditedChange change(Action action, CredentialId id, long version) {
    return new AuditedChange(action, id, version, null);
  }

  /** One event more. */
  static void edit(Scene scene) {
    scene.vault().edit(scene.credential.id(), seen -> seen.toBuilder().title("t").build());
  }
}
