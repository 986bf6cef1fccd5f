package io.ezypass.testkit.fake;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.VaultUser;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One user with the vault. Guarded by the table's lock. */
final class Member {
  VaultUser user;

  /** By id. What is in here has secrets that nobody else holds. */
  final TreeMap<String, Credential> credentials = new TreeMap<>();

  /** What is known of its batches. */
  final Map<BatchId, BatchCalls.Receipts> batches = new HashMap<>();

  /** What was deleted, by id. */
  final TreeMap<String, Trashed> trash = new TreeMap<>();

  /** What it shares with whom. */
  final Grants grants = new Grants();

  /** What was written by processes that note it. */
  final AuditTrail trail = new AuditTrail();

  private final Map<String, Revisions> revisions = new HashMap<>();

  Member(VaultUser user) {
    this.user = user;
  }

  Credential live(CredentialId id, Instant now) {
    Credential found = credentials.get(id.value());
    if (found == null || !isLive(found, now)) {
      throw new CredentialNotFoundException(user.id(), id);
    }
    return found;
  }

  Revisions revisions(CredentialId id) {
    return revisions.getOrDefault(id.value(), Revisions.NONE);
  }

  /** Replaces what is stored, and what is kept of it. */
  void put(Credential credential, Revisions kept) {
    credentials.put(credential.id().value(), credential);
    revisions.put(credential.id().value(), kept);
  }

  /** Removes everything of a credential. */
  void forget(CredentialId id) {
    credentials.remove(id.value());
    trash.remove(id.value());
    revisions.remove(id.value());
    grants.endAllOf(id);
  }

  /** Moves to the trash, which ends what is shared. */
  void discard(Trashed trashed) {
    CredentialId id = trashed.credential().id();
    credentials.remove(id.value());
    trash.put(id.value(), trashed);
    grants.endAllOf(id);
  }

  /** Whether the recipient can open what was shared. */
  boolean isActive(Grant grant, Instant now) {
    Credential credential = credentials.get(grant.credential().value());
    Instant end = grant.expiresAt();
    return credential != null && isLive(credential, now) && (end == null || end.isAfter(now));
  }

  int rows() {
    return credentials.size()
        + trash.size()
        + grants.size()
        + trail.size()
        + revisions.values().stream().mapToInt(all -> all.kept().size()).sum();
  }

  /** What comes after that key, or everything. */
  Map<String, Credential> after(@Nullable String last) {
    return last == null ? credentials : credentials.tailMap(last, false);
  }

  static boolean isLive(Credential credential, Instant now) {
    Instant end = credential.content().meta().expiresAt();
    return end == null || end.isAfter(now);
  }

  /** With secrets of its own: closing either leaves the other alone. */
  static Credential copy(Credential from) {
    return new Credential(
        from.id(), from.owner(), copy(from.content()), from.audit(), from.version());
  }

  static CredentialContent copy(CredentialContent from) {
    return new CredentialContent(from.meta(), from.secrets().copy());
  }
}
