package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a user's profile: reads it, then 1 PutItem, or 1 TransactWriteItems where a claim moves
 * or an event is left in the audit trail.
 */
public final class UpdateUser {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final Table table;
  private final FindUser findUser;
  private final SingleWrites writes;
  private final Transactions transactions;
  private final AuditTrail trail;

  /** The use case. */
  public UpdateUser(Environment env, KeyAccess access, FindUser findUser) {
    this.env = env;
    this.table = access.table();
    this.findUser = findUser;
    this.writes = new SingleWrites(env);
    this.transactions = new Transactions(env);
    this.trail = new AuditTrail(env, access);
  }

  /** The plan. */
  public Plan<VaultUser> plan(UserId user, long seen, UserProfile profile, Actor actor) {
    return table.keys(keys -> new Update(keys, user, seen, profile, actor).round(1, null));
  }

  /** One sealing that was sent. */
  private record Attempt(byte[] operationId, VaultUser user) {}

  private final class Update {
    private final TableKeys tableKeys;
    private final UserId id;
    private final long seen;
    private final UserProfile profile;
    private final Actor actor;
    private final AuditTurns turns = new AuditTurns(env);

    Update(TableKeys tableKeys, UserId id, long seen, UserProfile profile, Actor actor) {
      this.tableKeys = tableKeys;
      this.id = id;
      this.seen = seen;
      this.profile = profile;
      this.actor = actor;
    }

    Plan<VaultUser> round(int number, @Nullable Attempt before) {
      return findUser
          .find(id)
          .then(
              found -> {
                FindUser.Found current = found.orElseThrow(() -> new UserNotFoundException(id));
                Header header = current.row().header();
                if (before != null && header.names(before.operationId())) {
                  return Plan.reconciled(before.user());
                }
                long stored = current.row().user().version();
                if (stored != seen || number > MAX_ROUNDS) {
                  throw new VersionConflictException(Describe.profile(id), seen, stored);
                }
                if (header.hasUnknownFeatures()) {
                  throw new UnsupportedFormatException(Describe.profile(id));
                }
                return trail
                    .next(current.keys(), actor, changes())
                    .then(event -> write(current, event, number));
              });
    }

    private List<AuditedChange> changes() {
      return List.of(new AuditedChange(Action.UPDATE_USER, null, seen + 1, null));
    }

    private Plan<VaultUser> write(FindUser.Found current, AuditRow event, int number) {
      Audit audit = current.row().user().audit().updated(env.now(), actor);
      CredentialSealer.SealedCredential sealed =
          ProfileRow.seal(
              env,
              current.keys(),
              tableKeys,
              profile,
              audit,
              seen + 1,
              current.row().header().earlierOfNext());
      Attempt attempt =
          new Attempt(sealed.header().operationId(), new VaultUser(id, profile, audit, seen + 1));
      UserProfile before = current.row().user().profile();
      Map<UserKey.Kind, @Nullable UserKey> freed = new LinkedHashMap<>();
      Map<UserKey.Kind, UserKey> taken = new LinkedHashMap<>();
      for (UserKey.Kind kind : UserKey.Kind.values()) {
        UserKey old = ProfileRow.userKey(before, kind);
        UserKey next = ProfileRow.userKey(profile, kind);
        boolean same = old != null && next != null && old.value().equals(next.value());
        if (old != null && !same) {
          freed.put(kind, old);
        }
        if (next != null && !same) {
          taken.put(kind, next);
        }
      }
      Condition unchanged = Condition.headerIs(current.row().header().encode());
      return freed.isEmpty() && taken.isEmpty() && !event.touchesRows()
          ? put(sealed.item(), unchanged, attempt, number)
          : transact(sealed.item(), unchanged, freed, taken, event, attempt, number);
    }

    private Plan<VaultUser> put(Item item, Condition unchanged, Attempt attempt, int number) {
      return writes.send(
          Op.PUT_ITEM,
          env.requests().put(item, unchanged),
          () -> pending(attempt),
          () -> Plan.done(attempt.user()),
          refusal ->
              switch (Verdict.of(refusal.old(), refusal.ambiguous(), attempt.operationId(), seen)) {
                case APPLIED -> Plan.reconciled(attempt.user());
                case UNKNOWN -> throw new WriteOutcomeUnknownException(pending(attempt));
                case REPEAT, CONFLICT, GONE, MOVED -> Plan.again(round(number + 1, null));
              });
    }

    private Plan<VaultUser> transact(
        Item item,
        Condition unchanged,
        Map<UserKey.Kind, @Nullable UserKey> freed,
        Map<UserKey.Kind, UserKey> taken,
        AuditRow event,
        Attempt attempt,
        int number) {
      Transaction tx = env.requests().transaction(env.token());
      Transaction.Handle put = tx.put(item, unchanged);
      Map<UserKey.Kind, Transaction.Handle> claims = new LinkedHashMap<>();
      taken.forEach(
          (kind, key) ->
              claims.put(kind, tx.put(Claims.row(tableKeys, key, id), Condition.absent())));
      freed.forEach(
          (kind, key) -> {
            if (key != null) {
              tx.delete(
                  ItemKey.claim(kind, tableKeys.claimTag(key)), Condition.claimedBy(id.value()));
            }
          });
      event.into(tx);
      return transactions.send(
          tx,
          () -> pending(attempt),
          () -> Plan.done(attempt.user()),
          cancellation -> {
            if (cancellation.failed(put)) {
              return Plan.again(round(number + 1, attempt));
            }
            claims.forEach(
                (kind, handle) -> {
                  if (cancellation.failed(handle)) {
                    throw Claims.taken(kind);
                  }
                });
            if (event.overtaken(cancellation)) {
              return turns.again(() -> round(number, attempt));
            }
            throw new TamperedItemException(Describe.claim());
          });
    }

    private PendingWrite pending(Attempt attempt) {
      return PendingWriteCodec.encode(
          new PendingWriteCodec.Pending(
              PendingWriteCodec.Kind.UPDATE_USER,
              tableKeys.table().id(),
              attempt.operationId(),
              id,
              null,
              seen + 1));
    }
  }
}
