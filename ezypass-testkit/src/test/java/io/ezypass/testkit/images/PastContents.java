package io.ezypass.testkit.images;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must be read out of histories and the trash, from what was written. */
final class PastContents {
  /** As many as the library's defaults keep. */
  private static final int LIMIT = 5;

  private final Map<CredentialId, List<ObjectNode>> revisions = new LinkedHashMap<>();
  private final Map<CredentialId, Trashed> trash = new LinkedHashMap<>();

  private record Trashed(UserId owner, ObjectNode node) {}

  /** A change that keeps the version before if it replaced its secrets. */
  void replaced(Credential before, Credential after, @Nullable Instant keptUntil) {
    if (!before.content().secrets().equals(after.content().secrets())) {
      ObjectNode node = Contents.of(before);
      if (keptUntil != null) {
        node.put("keptUntil", keptUntil.toString());
      }
      List<ObjectNode> kept = revisions.computeIfAbsent(before.id(), id -> new ArrayList<>());
      kept.add(0, node);
      kept.subList(Math.min(LIMIT, kept.size()), kept.size()).clear();
    }
  }

  /** It went to the trash, as the next version. */
  void deleted(Credential credential, Instant at, Actor by, @Nullable Instant purgeAt) {
    ObjectNode node = Contents.of(credential);
    node.put("version", Math.toIntExact(credential.version() + 1));
    node.put("deletedAt", at.toString()).put("deletedBy", by.id());
    if (purgeAt != null) {
      node.put("purgeAt", purgeAt.toString());
    }
    trash.put(credential.id(), new Trashed(credential.owner(), node));
  }

  /** It is in the trash no more. */
  void takenOut(CredentialId id) {
    trash.remove(id);
  }

  /** What the user has in the trash. */
  void describeTrash(UserId user, ArrayNode array) {
    trash.values().stream()
        .filter(trashed -> trashed.owner().equals(user))
        .forEach(trashed -> array.add(trashed.node()));
  }

  /** The revisions of one credential, live or in the trash, if it has any. */
  void describeRevisions(CredentialId id, ObjectNode byId) {
    List<ObjectNode> kept = revisions.get(id);
    if (kept != null) {
      byId.putArray(id.value()).addAll(kept);
    }
  }

  /** The ids of what the user has in the trash. */
  List<CredentialId> idsInTrash(UserId user) {
    return trash.entrySet().stream()
        .filter(entry -> entry.getValue().owner().equals(user))
        .map(Map.Entry::getKey)
        .toList();
  }
}
