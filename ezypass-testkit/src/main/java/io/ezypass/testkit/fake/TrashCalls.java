package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Deleting, and the operations on the trash of one vault, written once for both twins. */
final class TrashCalls {
  private final Table table;
  private final Actors actors;
  private final UserId owner;
  private final TrashPolicy policy;
  private final AuditPolicy audit;

  TrashCalls(Table table, Actors actors, UserId owner, VaultPolicies policies) {
    this.table = table;
    this.actors = actors;
    this.owner = owner;
    this.policy = policies.trash();
    this.audit = policies.audit();
  }

  /** The name under which page tokens of a trash are issued. */
  static String listOf(UserId owner) {
    return "trash " + owner.value();
  }

  Runnable delete(CredentialId id, long seenVersion) {
    present("id", id);
    Arguments.version(seenVersion);
    Actor by = actors.actingFor(owner);
    return policy.what() == TrashPolicy.What.OFF
        ? () -> table.call(() -> forGood(id, seenVersion, by))
        : () -> table.call(() -> toTrash(id, seenVersion, by));
  }

  Supplier<Page<TrashedCredential>> list(PageRequest page) {
    present("page", page);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              Instant now = table.now();
              return table.page(
                  listOf(owner),
                  page,
                  last -> last == null ? member.trash : member.trash.tailMap(last, false),
                  trashed -> trashed.isKept(now) ? trashed.shown() : null);
            });
  }

  Supplier<Credential> restore(CredentialId id, long seenVersion) {
    present("id", id);
    Arguments.version(seenVersion);
    Actor by = actors.actingFor(owner);
    return () -> table.call(() -> fromTrash(id, seenVersion, by));
  }

  Runnable purge(CredentialId id, long seenVersion) {
    present("id", id);
    Arguments.version(seenVersion);
    Actor by = actors.actingFor(owner);
    return () -> table.call(() -> purged(id, seenVersion, by));
  }

  Supplier<Integer> empty() {
    Actor by = actors.actingFor(owner);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              Instant now = table.now();
              List<Trashed> kept =
                  member.trash.values().stream().filter(trashed -> trashed.isKept(now)).toList();
              kept.forEach(
                  trashed -> {
                    Credential gone = trashed.credential();
                    table.script.commit(
                        () -> {
                          member.forget(gone.id());
                          note(member, by, AuditTrail.change(Action.PURGE, gone));
                        });
                  });
              return kept.size();
            });
  }

  private boolean toTrash(CredentialId id, long seenVersion, Actor by) {
    Member member = table.member(owner);
    Instant now = table.now();
    Credential stored = member.credentials.get(id.value());
    if (stored == null || !Member.isLive(stored, now)) {
      return false;
    }
    requireVersion(stored, seenVersion);
    Removal removal = removal(member, stored, by);
    table.script.commit(
        () -> {
          removal.change().run();
          note(member, by, removal.noted());
        });
    return true;
  }

  /** What deleting a live credential changes, and what is noted of it. */
  record Removal(Runnable change, AuditedChange noted) {}

  /** What deleting a live credential changes. */
  Removal removal(Member member, Credential stored, Actor by) {
    if (policy.what() == TrashPolicy.What.OFF) {
      return new Removal(
          () -> member.forget(stored.id()), AuditTrail.change(Action.DELETE, stored));
    }
    Trashed trashed = Trashed.of(stored, table.now(), by, policy);
    return new Removal(
        () -> member.discard(trashed), AuditTrail.change(Action.TRASH, trashed.credential()));
  }

  /** Needs nobody to exist: what is not there is already deleted, in whoever's vault. */
  private boolean forGood(CredentialId id, long seenVersion, Actor by) {
    Member member = memberIfNeeded();
    Credential stored = member == null ? null : member.credentials.get(id.value());
    if (member == null || stored == null) {
      table.script.commit(() -> {});
      return false;
    }
    if (Member.isLive(stored, table.now())) {
      requireVersion(stored, seenVersion);
    }
    table.script.commit(
        () -> {
          member.forget(id);
          note(member, by, AuditTrail.change(Action.DELETE, stored));
        });
    return true;
  }

  private Credential fromTrash(CredentialId id, long seenVersion, Actor by) {
    Member member = table.member(owner);
    Instant now = table.now();
    Trashed trashed = member.trash.get(id.value());
    if (trashed == null) {
      throw conflict(member.live(id, now), seenVersion);
    }
    if (!trashed.isKept(now)) {
      throw new CredentialNotFoundException(owner, id);
    }
    Credential stored = trashed.credential();
    requireVersion(stored, seenVersion);
    Credential restored =
        new Credential(
            id, owner, stored.content(), stored.audit().updated(now, by), stored.version() + 1);
    table.script.commit(
        () -> {
          member.trash.remove(id.value());
          member.credentials.put(id.value(), restored);
          note(member, by, AuditTrail.change(Action.RESTORE, restored));
        });
    return Member.copy(restored);
  }

  /** Needs nobody to exist, like deleting for good. */
  private boolean purged(CredentialId id, long seenVersion, Actor by) {
    Member member = memberIfNeeded();
    if (member == null) {
      table.script.commit(() -> {});
      return false;
    }
    Trashed trashed = member.trash.get(id.value());
    Credential live = member.credentials.get(id.value());
    if (trashed == null && live != null && Member.isLive(live, table.now())) {
      throw conflict(live, seenVersion);
    }
    if (trashed != null && trashed.isKept(table.now())) {
      requireVersion(trashed.credential(), seenVersion);
    }
    table.script.commit(
        () -> {
          if (trashed != null) {
            member.forget(id);
            note(member, by, AuditTrail.change(Action.PURGE, trashed.credential()));
          }
        });
    return trashed != null;
  }

  /** Only who leaves an event needs the user to exist: events are sealed. */
  private @Nullable Member memberIfNeeded() {
    return audit.what() == AuditPolicy.What.OFF
        ? table.members.get(owner.value())
        : table.member(owner);
  }

  private void note(Member member, Actor by, AuditedChange change) {
    member.trail.record(audit, table.now(), by, List.of(change));
  }

  private static void requireVersion(Credential stored, long seenVersion) {
    if (stored.version() != seenVersion) {
      throw conflict(stored, seenVersion);
    }
  }

  static VersionConflictException conflict(Credential stored, long seenVersion) {
    return new VersionConflictException(
        "Credential " + stored.id() + " of user " + stored.owner(), seenVersion, stored.version());
  }
}
