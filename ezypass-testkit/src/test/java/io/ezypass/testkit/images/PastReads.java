package io.ezypass.testkit.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.Vault;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.TrashedCredential;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the history and the trash of one vault and compares them with what an image says. */
final class PastReads {
  private PastReads() {}

  /** All of it, without a write. */
  static void check(Vault vault, JsonNode user) {
    for (String id : TableImage.credentials(user).keySet()) {
      checkHistory(vault, CredentialId.of(id), user);
    }
    Map<String, JsonNode> shown = new TreeMap<>();
    for (TrashedCredential trashed : OpenImage.pages(vault.trash()::list)) {
      shown.put(trashed.id().value(), Contents.of(trashed));
    }
    Map<String, JsonNode> expected = new TreeMap<>();
    TableImage.trash(user).forEach((id, node) -> expected.put(id, Contents.summary(node)));
    assertThat(shown).isEqualTo(expected);
  }

  /** Restores what is in the trash, each with its secrets and revisions; how many there were. */
  static int checkRestored(Vault vault, JsonNode user) {
    Map<String, JsonNode> trash = TableImage.trash(user);
    trash.forEach(
        (key, deleted) -> {
          CredentialId id = CredentialId.of(key);
          long version = deleted.required("version").longValue();
          JsonNode restored = Contents.of(vault.trash().restore(id, version));
          assertThat(restored.required("version").longValue()).isEqualTo(version + 1);
          for (String same : List.of("website", "secrets")) {
            assertThat(restored.required(same)).isEqualTo(deleted.required(same));
          }
          assertThat(Contents.of(vault.get(id))).isEqualTo(restored);
          checkHistory(vault, id, user);
        });
    assertThat(OpenImage.pages(vault.trash()::list)).isEmpty();
    return trash.size();
  }

  private static void checkHistory(Vault vault, CredentialId id, JsonNode user) {
    List<JsonNode> kept = TableImage.revisions(user).getOrDefault(id.value(), List.of());
    assertThat(vault.history().list(id).stream().<JsonNode>map(Contents::of).toList())
        .isEqualTo(kept.stream().<JsonNode>map(Contents::summary).toList());
    for (JsonNode revision : kept) {
      ObjectNode whole = revision.deepCopy();
      whole.remove("keptUntil");
      try (Credential read = vault.history().get(id, whole.required("version").longValue())) {
        assertThat(Contents.of(read)).isEqualTo(whole);
      }
    }
  }
}
