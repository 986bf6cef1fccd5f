package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is in the trash for good: 1 Query for the keys of its revisions, and 1 DeleteItem,
 * or 1 TransactWriteItems if it has any. One needs no key; emptying lists the trash first. With an
 * audit trail one needs the keys too, 1 Query more, and always a transaction.
 */
public final class PurgeCredential {
  private static final int PAGE = 1_000;

  private final Environment env;
  private final Table table;
  private final KeyAccess access;
  private final ListTrash list;
  private final RevisionKeys revisionKeys;
  private final Reads reads;
  private final SingleWrites writes;
  private final Transactions transactions;
  private final AuditTrail trail;

  /** The use case. */
  public PurgeCredential(Environment env, Table table, KeyAccess access) {
    this.env = env;
    this.table = table;
    this.access = access;
    this.list = new ListTrash(env, access);
    this.revisionKeys = new RevisionKeys(env);
    this.reads = new Reads(env);
    this.writes = new SingleWrites(env);
    this.transactions = new Transactions(env);
    this.trail = new AuditTrail(env, access);
  }

  /**
   * What became of one.
   *
   * @param purged whether this call deleted it
   * @param stored what stands there instead; null if there is nothing
   */
  private record Outcome(boolean purged, @Nullable Item stored) {
    static final Outcome PURGED = new Outcome(true, null);

    static Outcome of(@Nullable Item old) {
      return new Outcome(false, old);
    }
  }

  /** The plan for one. It ends in true: what is gone already is purged. */
  public Plan<Boolean> plan(UserId owner, CredentialId id, long seen, Actor actor) {
    return by(owner, actor)
        .then(by -> purge(by, id, seen).then(outcome -> settle(by, id, seen, outcome)));
  }

  /** Who purges, where. */
  private record By(TableIdentity table, UserId owner, Actor actor) {}

  private Plan<By> by(UserId owner, Actor actor) {
    return table.identity().map(identity -> new By(identity, owner, actor));
  }

  /** What has ended is gone, whichever version it had; DynamoDB may not have deleted it yet. */
  private Plan<Boolean> settle(By by, CredentialId id, long seen, Outcome outcome) {
    UserId owner = by.owner();
    if (outcome.purged()) {
      return Plan.done(true);
    }
    Item stored = outcome.stored();
    if (stored == null) {
      return requireNotLive(owner, id, seen);
    }
    return CredentialRow.hasEnded(stored, env.now())
        ? purge(by, id, version(owner, stored)).map(last -> true)
        : conflict(owner, id, seen, stored);
  }

  /** The plan for all of them. It ends in how many were purged. */
  public Plan<Integer> all(UserId owner, Actor actor) {
    return by(owner, actor).then(by -> page(by, null, 0));
  }

  private Plan<Integer> page(By by, @Nullable PageToken after, int sofar) {
    return list.plan(by.owner(), new PageRequest(PAGE, after))
        .then(
            page ->
                each(by, page.items(), 0, sofar)
                    .then(
                        purged ->
                            page.next() == null
                                ? Plan.done(purged)
                                : page(by, page.next(), purged)));
  }

  /** What was restored or deleted again meanwhile has another version, and is left alone. */
  private Plan<Integer> each(By by, List<TrashedCredential> rows, int index, int sofar) {
    if (index == rows.size()) {
      return Plan.done(sofar);
    }
    TrashedCredential row = rows.get(index);
    return purge(by, row.id(), row.version())
        .then(outcome -> each(by, rows, index + 1, outcome.purged() ? sofar + 1 : sofar));
  }

  private Plan<Outcome> purge(By by, CredentialId id, long seen) {
    UserId owner = by.owner();
    ItemKey trash = ItemKey.trash(owner, id.value().substring(ItemKey.TAG_CHARS));
    Condition condition = Condition.versionIs(seen);
    PendingWrite pending =
        PendingWriteCodec.encode(
            new PendingWriteCodec.Pending(
                PendingWriteCodec.Kind.PURGE,
                by.table().id(),
                env.randomBytes(16),
                owner,
                id,
                seen));
    return revisionKeys
        .of(owner, id)
        .then(
            revisions -> {
              if (revisions.isEmpty() && !trail.isOn()) {
                return writes.send(
                    Op.DELETE_ITEM,
                    env.requests().delete(trash, condition),
                    () -> pending,
                    () -> Plan.done(Outcome.PURGED),
                    refusal -> {
                      Outcome found = Outcome.of(refusal.old());
                      return refusal.old() == null && refusal.ambiguous()
                          ? Plan.reconciled(found)
                          : Plan.done(found);
                    });
              }
              return new Purge(by, trash, id, seen, pending, revisions).round();
            });
  }

  /** One that takes a transaction. */
  private final class Purge {
    private final By by;
    private final ItemKey trash;
    private final CredentialId id;
    private final long seen;
    private final PendingWrite pending;
    private final List<ItemKey> revisions;
    private final AuditTurns turns = new AuditTurns(env);

    Purge(
        By by,
        ItemKey trash,
        CredentialId id,
        long seen,
        PendingWrite pending,
        List<ItemKey> revisions) {
      this.by = by;
      this.trash = trash;
      this.id = id;
      this.seen = seen;
      this.pending = pending;
      this.revisions = revisions;
    }

    Plan<Outcome> round() {
      return trail.isOn()
          ? access
              .keys(by.owner(), keys -> trail.next(keys, by.actor(), Action.PURGE, id, seen))
              .then(this::send)
          : send(AuditRow.none());
    }

    private Plan<Outcome> send(AuditRow event) {
      Transaction tx = env.requests().transaction(env.token());
      Transaction.Handle row = tx.delete(trash, Condition.versionIs(seen));
      revisions.forEach(tx::delete);
      event.into(tx);
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(Outcome.PURGED),
          cancellation ->
              cancellation.failed(row)
                  ? Plan.done(Outcome.of(cancellation.old(row)))
                  : turns.again(this::round));
    }
  }

  /** What is not in the trash was purged, unless somebody restored it. */
  private Plan<Boolean> requireNotLive(UserId owner, CredentialId id, long seen) {
    return reads
        .get(ItemKey.credential(owner, id.value()))
        .then(
            item ->
                item != null && item.isForwarding()
                    ? reads.get(
                        new ItemKey(item.key().pk(), CredentialRow.plausibleTarget(owner, item)))
                    : Plan.ofNullable(item))
        .then(
            item ->
                item == null || CredentialRow.hasEnded(item, env.now())
                    ? Plan.done(true)
                    : conflict(owner, id, seen, item));
  }

  private static Plan<Boolean> conflict(UserId owner, CredentialId id, long seen, Item stored) {
    throw new VersionConflictException(
        Describe.credential(owner, id), seen, version(owner, stored));
  }

  private static long version(UserId owner, Item row) {
    return row.number(Item.VERSION)
        .orElseThrow(() -> new TamperedItemException(Describe.row(owner, row.key())));
  }
}
