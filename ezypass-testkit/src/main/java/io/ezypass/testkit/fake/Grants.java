package io.ezypass.testkit.fake;

import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one vault shares; some of it may have ended. Guarded by the table's lock. */
final class Grants {
  private final TreeMap<String, Grant> all = new TreeMap<>();

  void put(Grant grant) {
    all.put(key(grant.credential(), grant.recipient()), grant);
  }

  @Nullable Grant find(CredentialId id, UserId recipient) {
    return all.get(key(id, recipient));
  }

  /** Those of one credential, by recipient. */
  List<Grant> of(CredentialId id) {
    return all.values().stream().filter(grant -> grant.credential().equals(id)).toList();
  }

  /** Those to one recipient, by credential. */
  List<Grant> to(UserId recipient) {
    return all.values().stream().filter(grant -> grant.recipient().equals(recipient)).toList();
  }

  /** What comes after that key, or everything. */
  Map<String, Grant> after(@Nullable String last) {
    return last == null ? all : all.tailMap(last, false);
  }

  void end(CredentialId id, UserId recipient) {
    all.remove(key(id, recipient));
  }

  void endAllOf(CredentialId id) {
    all.values().removeIf(grant -> grant.credential().equals(id));
  }

  void endAllTo(UserId recipient) {
    all.values().removeIf(grant -> grant.recipient().equals(recipient));
  }

  int size() {
    return all.size();
  }

  private static String key(CredentialId id, UserId recipient) {
    return id + "#" + recipient;
  }
}
