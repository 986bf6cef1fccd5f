package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a credential: into the trash, or where the policy has none for good. For good needs no
 * key: 1 Query for the keys of its revisions and 1 DeleteItem, or 1 TransactWriteItems if it has
 * any; if it has moved, that one returns the forwarding row, and 1 TransactWriteItems deletes all.
 * Where that request finds a due date or grants, it is refused, and tells of them: 1
 * TransactWriteItems more, and for grants 1 Query for their keys before it. With an audit trail it
 * needs the keys, 1 Query more, and always a transaction.
 */
public final class DeleteCredential {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final Table table;
  private final KeyAccess access;
  private final TrashCredential trash;
  private final RevisionKeys revisionKeys;
  private final GrantRows grantRows;
  private final Reads reads;
  private final SingleWrites writes;
  private final Transactions transactions;
  private final AuditTrail trail;

  /** The use case. */
  public DeleteCredential(Environment env, Table table, KeyAccess access) {
    this.env = env;
    this.table = table;
    this.access = access;
    this.trash = new TrashCredential(env, access);
    this.revisionKeys = new RevisionKeys(env);
    this.grantRows = new GrantRows(env);
    this.reads = new Reads(env);
    this.writes = new SingleWrites(env);
    this.transactions = new Transactions(env);
    this.trail = new AuditTrail(env, access);
  }

  /** The plan. It ends in true. */
  public Plan<Boolean> plan(UserId owner, CredentialId id, long seen, Actor actor) {
    return switch (env.policies().trash().what()) {
      case ON -> trash.plan(owner, id, seen, actor);
      case OFF -> forGood(owner, id, seen, actor);
    };
  }

  private Plan<Boolean> forGood(UserId owner, CredentialId id, long seen, Actor actor) {
    return table
        .identity()
        .then(
            identity ->
                revisionKeys
                    .of(owner, id)
                    .then(
                        revisions ->
                            new Deletion(
                                    owner,
                                    id,
                                    seen,
                                    pending(identity, owner, id, seen),
                                    revisions,
                                    actor)
                                .direct(0)));
  }

  private PendingWrite pending(TableIdentity identity, UserId owner, CredentialId id, long seen) {
    return PendingWriteCodec.encode(
        new PendingWriteCodec.Pending(
            PendingWriteCodec.Kind.DELETE, identity.id(), env.randomBytes(16), owner, id, seen));
  }

  private final class Deletion {
    private final UserId owner;
    private final CredentialId id;
    private final long seen;
    private final PendingWrite pending;
    private final ItemKey original;
    private final Actor actor;
    private final AuditTurns turns = new AuditTurns(env);

    /** None can be added before the deletion without another version of the credential. */
    private final List<ItemKey> revisions;

    /** The row in the due list, which the credential's own row names; null for none. */
    private @Nullable ItemKey due;

    /** None can be given before the deletion without another count in the credential's own row. */
    private List<KeySpace.Share> grants = List.of();

    private boolean shared;

    private Condition unchanged;

    /** Which version it deletes. */
    private long version;

    Deletion(
        UserId owner,
        CredentialId id,
        long seen,
        PendingWrite pending,
        List<ItemKey> revisions,
        Actor actor) {
      this.owner = owner;
      this.id = id;
      this.seen = seen;
      this.pending = pending;
      this.revisions = revisions;
      this.actor = actor;
      this.version = seen;
      this.unchanged = Condition.versionIsAndAlone(seen);
      this.original = ItemKey.credential(owner, id.value());
    }

    /** Deletes at the original sort key, where most credentials are. */
    Plan<Boolean> direct(int round) {
      if (!revisions.isEmpty() || due != null || !grants.isEmpty() || trail.isOn()) {
        return event().then(event -> direct(event, round));
      }
      return writes.send(
          Op.DELETE_ITEM,
          env.requests().delete(original, unchanged),
          () -> pending,
          () -> Plan.done(true),
          refusal -> settle(refusal, round));
    }

    private Plan<Boolean> direct(AuditRow event, int round) {
      Transaction tx = env.requests().transaction(env.token());
      Transaction.Handle row = tx.delete(original, unchanged);
      satellites(tx);
      event.into(tx);
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(true),
          cancellation ->
              cancellation.failed(row)
                  ? after(cancellation.old(row), round)
                  : turns.again(() -> direct(round)));
    }

    private Plan<AuditRow> event() {
      return trail.isOn()
          ? access.keys(owner, keys -> trail.next(keys, actor, Action.DELETE, id, version))
          : Plan.done(AuditRow.none());
    }

    /**
     * What an attempt without an answer was to delete is gone: that attempt did it, or it might.
     */
    private Plan<Boolean> settle(SingleWrites.Refusal refusal, int round) {
      return refusal.old() == null && refusal.ambiguous()
          ? Plan.reconciled(true)
          : after(refusal.old(), round);
    }

    /** Goes on with what stands at the original sort key. */
    private Plan<Boolean> after(@Nullable Item item, int round) {
      if (item == null) {
        return Plan.done(true);
      }
      if (!item.isForwarding()) {
        if (isMeant(item) && round < MAX_ROUNDS) {
          // It is due, shared, moved back in between, or has ended.
          return goingOn(learn(item).then(learnt -> direct(round + 1)));
        }
        throw conflict(item);
      }
      if (round == MAX_ROUNDS) {
        throw Failures.contended();
      }
      return both(CredentialRow.plausibleTarget(owner, item), round);
    }

    private void satellites(Transaction tx) {
      revisions.forEach(tx::delete);
      if (due != null) {
        tx.delete(due);
      }
      grants.forEach(grant -> Grants.delete(tx, grant));
    }

    /** What deletes exactly this row, and the row in the due list and the grants that it names. */
    private Plan<Boolean> learn(Item row) {
      due = DueRow.key(row);
      version = version(row);
      shared = row.has(Item.SHARES);
      unchanged = Condition.sameAs(row, Item.VERSION, Item.DUE_TAG, Item.SHARES);
      if (!shared) {
        grants = List.of();
        return Plan.done(true);
      }
      return grantRows
          .named(owner, id)
          .map(
              named -> {
                grants = named;
                return true;
              });
    }

    /** That it is due or shared takes a second request, and is no retry. */
    private <T> Plan<T> goingOn(Plan<T> next) {
      return due == null && !shared ? Plan.again(next) : next;
    }

    /** Deletes a moved credential and its forwarding row. */
    private Plan<Boolean> both(String target, int round) {
      return event().then(event -> both(event, target, round));
    }

    private Plan<Boolean> both(AuditRow event, String target, int round) {
      ItemKey current = new ItemKey(original.pk(), target);
      Transaction tx = env.requests().transaction(env.token());
      Transaction.Handle row = tx.delete(current, unchanged);
      Transaction.Handle forwarding = tx.delete(original, Condition.forwardsTo(target));
      satellites(tx);
      event.into(tx);
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(true),
          cancellation -> {
            if (!cancellation.failed(row) && !cancellation.failed(forwarding)) {
              return turns.again(() -> both(target, round));
            }
            Item stored = cancellation.old(row);
            if (!cancellation.failed(forwarding) && stored != null) {
              if (!isMeant(stored) || round == MAX_ROUNDS) {
                throw conflict(stored);
              }
              return goingOn(learn(stored).then(learnt -> both(target, round + 1)));
            }
            if (!cancellation.failed(forwarding)) {
              return dangling(target, null);
            }
            return Plan.again(reads.get(original)).then(item -> after(item, round + 1));
          });
    }

    /**
     * The row is not where its forwarding row points. Either it is gone, as after a torn restore;
     * or the forwarding row was forged, which cannot be told without keys: so the row is looked for
     * by its rand, in as many Queries as the vault has megabytes, before its deletion is believed.
     */
    private Plan<Boolean> dangling(String target, @Nullable String after) {
      String rand = CredentialRow.rand(original.sk());
      return reads
          .query(env.requests().beginsWith(original.pk(), ItemKey.CREDENTIAL_PREFIX, after, null))
          .then(
              page -> {
                boolean elsewhere =
                    page.items().stream()
                        .map(item -> item.key().sk())
                        .anyMatch(sk -> sk.endsWith(rand) && !sk.equals(original.sk()));
                if (elsewhere) {
                  throw new TamperedItemException(Describe.credential(owner, id));
                }
                String last = page.lastSortKey();
                return last == null ? deleteForwarding(target) : dangling(target, last);
              });
    }

    private Plan<Boolean> deleteForwarding(String target) {
      if (trail.isOn()) {
        return event().then(event -> deleteForwarding(event, target));
      }
      return writes.send(
          Op.DELETE_ITEM,
          env.requests().delete(original, Condition.forwardsTo(target)),
          () -> pending,
          () -> Plan.done(true),
          refusal -> settle(refusal, MAX_ROUNDS));
    }

    private Plan<Boolean> deleteForwarding(AuditRow event, String target) {
      Transaction tx = env.requests().transaction(env.token());
      Transaction.Handle forwarding = tx.delete(original, Condition.forwardsTo(target));
      event.into(tx);
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(true),
          cancellation ->
              cancellation.failed(forwarding)
                  ? after(cancellation.old(forwarding), MAX_ROUNDS)
                  : turns.again(() -> deleteForwarding(target)));
    }

    /** What has ended is gone, whichever version it had; DynamoDB may not have deleted it yet. */
    private boolean isMeant(Item stored) {
      return version(stored) == seen || CredentialRow.hasEnded(stored, env.now());
    }

    private VersionConflictException conflict(Item stored) {
      return new VersionConflictException(Describe.credential(owner, id), seen, version(stored));
    }

    private long version(Item stored) {
      return stored
          .number(Item.VERSION)
          .orElseThrow(() -> new TamperedItemException(Describe.credential(owner, id)));
    }
  }
}
