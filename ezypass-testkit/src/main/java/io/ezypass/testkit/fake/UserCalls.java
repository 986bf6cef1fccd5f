package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.VaultUser;
import io.ezypass.model.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The operations on users, written once for both twins: a method checks its arguments at once and
 * returns the rest, to be run by the caller or by an executor.
 */
final class UserCalls {
  private static final String LIST = "users";

  /** The longest life of a cached key, and the longest write deadline. */
  private static final Duration UNTIL_FINAL = Duration.ofMinutes(70);

  /** The longest period of point-in-time recovery. */
  private static final Duration RECOVERABLE = Duration.ofDays(35);

  /** Profile, keys and directory entry. */
  private static final int ROWS_OF_A_USER = 3;

  private final Table table;
  private final Actors actors;
  private final VaultPolicies policies;

  UserCalls(Table table, Actors actors, VaultPolicies policies) {
    this.table = table;
    this.actors = actors;
    this.policies = policies;
  }

  UserCalls as(Actor actor) {
    return new UserCalls(table, Actors.of(actor), policies);
  }

  UserCalls with(VaultPolicies others) {
    return new UserCalls(table, actors, present("policies", others));
  }

  DueCalls due() {
    return new DueCalls(table);
  }

  VaultCalls vault(UserId owner) {
    return new VaultCalls(table, actors, present("owner", owner), policies);
  }

  Supplier<VaultUser> register(NewUser user) {
    present("user", user);
    Actor by = actors.actingFor(user.id());
    return () ->
        table.call(
            () -> {
              UserId id = user.id();
              if (table.members.containsKey(id.value()) || table.graves.containsKey(id)) {
                throw new AlreadyExistsException(AlreadyExistsException.Claim.USER_ID);
              }
              table.requireFree(user.profile(), id);
              VaultUser made = new VaultUser(id, user.profile(), Audit.created(table.now(), by), 1);
              commit(made, Action.REGISTER);
              return made;
            });
  }

  Supplier<Optional<VaultUser>> findUser(UserId id) {
    present("id", id);
    return () ->
        table.call(() -> Optional.ofNullable(table.members.get(id.value())).map(m -> m.user));
  }

  Supplier<Optional<VaultUser>> findUserBy(UserKey key) {
    present("key", key);
    return () ->
        table.call(
            () ->
                Optional.ofNullable(table.claims.get(Table.Claim.of(key)))
                    .map(holder -> table.member(holder).user));
  }

  Supplier<VaultUser> updateUser(UserId id, long seenVersion, UserProfile profile) {
    present("id", id);
    Arguments.version(seenVersion);
    present("profile", profile);
    Actor by = actors.actingFor(id);
    return () ->
        table.call(
            () -> {
              VaultUser stored = table.member(id).user;
              if (stored.version() != seenVersion) {
                throw new VersionConflictException("User " + id, seenVersion, stored.version());
              }
              table.requireFree(profile, id);
              Audit audit = stored.audit().updated(table.now(), by);
              VaultUser changed = new VaultUser(id, profile, audit, seenVersion + 1);
              commit(changed, Action.UPDATE_USER);
              return changed;
            });
  }

  Supplier<Page<UserId>> listUsers(PageRequest page) {
    present("page", page);
    return () ->
        table.call(
            () ->
                table.page(
                    LIST,
                    page,
                    last -> last == null ? table.members : table.members.tailMap(last, false),
                    member -> member.user.id()));
  }

  Supplier<UserDeletion> deleteUser(UserId id) {
    present("id", id);
    return () -> table.call(() -> table.graves.containsKey(id) ? resume(id) : begin(id));
  }

  Supplier<WriteOutcome> resolve(PendingWrite pending) {
    present("pending", pending);
    table.order(() -> table.script.outcome(pending));
    return () -> table.call(() -> table.script.outcome(pending));
  }

  private void commit(VaultUser user, Action action) {
    Audit audit = user.audit();
    table.script.commit(
        () -> {
          table.put(user);
          table
              .member(user.id())
              .trail
              .record(
                  policies.audit(),
                  audit.updatedAt(),
                  audit.updatedBy(),
                  List.of(new AuditedChange(action, null, user.version(), null)));
        });
  }

  private UserDeletion begin(UserId id) {
    Member member = table.member(id);
    Set<Table.Claim> claims = Table.Claim.of(member.user.profile());
    int rows = ROWS_OF_A_USER + claims.size() + member.rows();
    Instant finalFrom = table.now().plus(UNTIL_FINAL);
    table.script.commit(
        () -> {
          table.claims.keySet().removeAll(claims);
          table.members.remove(id.value());
          table.graves.put(id, finalFrom);
          table.members.values().forEach(other -> other.grants.endAllTo(id));
          table.tokens.revoke(VaultCalls.listOf(id));
          table.tokens.revoke(TrashCalls.listOf(id));
          table.tokens.revoke(SharingCalls.givenBy(id));
          table.tokens.revoke(SharingCalls.receivedBy(id));
          table.tokens.revoke(AuditCalls.listOf(id));
        });
    return new UserDeletion(id, UserDeletion.State.PENDING, finalFrom, rows, Set.of(), null);
  }

  private UserDeletion resume(UserId id) {
    Map<UserId, Instant> graves = table.graves;
    Instant finalFrom = graves.get(id);
    if (finalFrom == null) {
      throw new UserNotFoundException(id);
    }
    Instant now = table.now();
    if (now.isBefore(finalFrom)) {
      table.script.commit(() -> {});
      return new UserDeletion(id, UserDeletion.State.PENDING, finalFrom, 0, Set.of(), null);
    }
    table.script.commit(() -> graves.remove(id));
    return new UserDeletion(
        id, UserDeletion.State.FINAL, finalFrom, 1, Set.of(), now.plus(RECOVERABLE));
  }
}
