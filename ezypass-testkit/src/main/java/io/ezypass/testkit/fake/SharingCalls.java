package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations on what one vault shares and receives, written once for both twins. */
final class SharingCalls {
  private final Table table;
  private final Actors actors;
  private final UserId owner;
  private final AuditPolicy audit;

  SharingCalls(Table table, Actors actors, UserId owner, AuditPolicy audit) {
    this.table = table;
    this.actors = actors;
    this.owner = owner;
    this.audit = audit;
  }

  /** The name under which page tokens of what a vault shares are issued. */
  static String givenBy(UserId owner) {
    return "given " + owner.value();
  }

  /** The same of what others share with its user. */
  static String receivedBy(UserId recipient) {
    return "received " + recipient.value();
  }

  Supplier<Grant> share(CredentialId id, NewGrant grant) {
    present("id", id);
    if (present("grant", grant).recipient().equals(owner)) {
      throw new IllegalArgumentException("recipient must not be the vault's own user");
    }
    Arguments.inFuture("expiresAt", grant.expiresAt(), table.now());
    Actor by = actors.actingFor(owner);
    return () -> table.call(() -> shared(id, grant, by));
  }

  /**
   * Needs nobody to exist: what is not there is already revoked, in whoever's vault. Only who notes
   * it needs the user.
   */
  Runnable revoke(CredentialId id, UserId recipient) {
    present("id", id);
    present("recipient", recipient);
    Actor by = actors.actingFor(owner);
    return () ->
        table.call(
            () -> {
              Member member =
                  audit.what() == AuditPolicy.What.ON
                      ? table.member(owner)
                      : table.members.get(owner.value());
              Grant grant = member == null ? null : member.grants.find(id, recipient);
              if (member != null && grant != null) {
                boolean notes = member.isActive(grant, table.now());
                table.script.commit(
                    () -> {
                      if (notes) {
                        note(member, Action.REVOKE, grant, by);
                      }
                      member.grants.end(id, recipient);
                    });
              }
              return grant != null;
            });
  }

  Supplier<List<Grant>> grants(CredentialId id) {
    present("id", id);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              Instant now = table.now();
              return member.grants.of(id).stream()
                  .filter(grant -> member.isActive(grant, now))
                  .toList();
            });
  }

  Supplier<Page<Grant>> given(PageRequest page) {
    present("page", page);
    return () ->
        table.call(
            () -> {
              Member member = table.member(owner);
              Instant now = table.now();
              return table.page(
                  givenBy(owner),
                  page,
                  member.grants::after,
                  grant -> member.isActive(grant, now) ? grant : null);
            });
  }

  Supplier<Page<SharedCredential>> received(PageRequest page) {
    present("page", page);
    return () ->
        table.call(
            () -> {
              table.member(owner);
              return table.page(receivedBy(owner), page, this::receivedAfter, shared -> shared);
            });
  }

  Supplier<Credential> open(UserId other, CredentialId id) {
    present("id", id);
    if (present("owner", other).equals(owner)) {
      throw new IllegalArgumentException("owner must not be the vault's own user");
    }
    return () ->
        table.call(
            () -> {
              table.member(owner);
              Member member = table.members.get(other.value());
              Grant grant = member == null ? null : member.grants.find(id, owner);
              Instant now = table.now();
              if (member == null || grant == null || !member.isActive(grant, now)) {
                throw new CredentialNotFoundException(other, id);
              }
              return Member.copy(member.live(id, now));
            });
  }

  private Grant shared(CredentialId id, NewGrant asked, Actor by) {
    Member member = table.member(owner);
    Instant now = table.now();
    member.live(id, now);
    List<Grant> active =
        member.grants.of(id).stream().filter(grant -> member.isActive(grant, now)).toList();
    UserId recipient = asked.recipient();
    if (active.stream().anyMatch(grant -> grant.recipient().equals(recipient))) {
      throw new AlreadySharedException(owner, id, recipient);
    }
    if (active.size() >= Grant.MOST) {
      throw new LimitExceededException(
          "Credential " + id + " of user " + owner + " has " + Grant.MOST + " grants, the most");
    }
    table.member(recipient);
    Grant made = new Grant(id, recipient, now, asked.expiresAt());
    table.script.commit(
        () -> {
          member.grants.put(made);
          note(member, Action.SHARE, made, by);
        });
    return made;
  }

  private void note(Member member, Action action, Grant grant, Actor by) {
    long version = member.live(grant.credential(), table.now()).version();
    AuditedChange change =
        new AuditedChange(action, grant.credential(), version, grant.recipient());
    member.trail.record(audit, table.now(), by, List.of(change));
  }

  private Map<String, SharedCredential> receivedAfter(@Nullable String last) {
    Instant now = table.now();
    TreeMap<String, SharedCredential> received = new TreeMap<>();
    for (Member member : table.members.values()) {
      for (Grant grant : member.grants.to(owner)) {
        if (member.isActive(grant, now)) {
          UserId from = member.user.id();
          Instant end = earlier(grant.expiresAt(), member.live(grant.credential(), now));
          received.put(
              from + "#" + grant.credential(),
              new SharedCredential(from, grant.credential(), grant.grantedAt(), end));
        }
      }
    }
    return last == null ? received : received.tailMap(last, false);
  }

  private static @Nullable Instant earlier(@Nullable Instant end, Credential credential) {
    Instant other = credential.content().meta().expiresAt();
    if (end == null || other == null) {
      return end == null ? other : end;
    }
    return end.isBefore(other) ? end : other;
  }
}
