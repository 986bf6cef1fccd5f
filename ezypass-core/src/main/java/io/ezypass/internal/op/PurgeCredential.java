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
 * or 1 TransactWriteItems if it has any. One needs no key; emptying lists the trash first.
 */
public final class PurgeCredential {
  private static final int PAGE = 1_000;

  private final Environment env;
  private final Table table;
  private final ListTrash list;
  private final RevisionKeys revisionKeys;
  private final Reads reads;
  private final SingleWrites writes;
  private final Transactions transactions;

  /** The use case. */
  public PurgeCredential(Environment env, Table table, KeyAccess access) {
    this.env = env;
    this.table = table;
    this.list = new ListTrash(env, access);
    this.revisionKeys = new RevisionKeys(env);
    this.reads = new Reads(env);
    this.writes = new SingleWrites(env);
    this.transactions = new Transactions(env);
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
  public Plan<Boolean> plan(UserId owner, CredentialId id, long seen) {
    return table
        .identity()
        .then(
            identity ->
                purge(identity, owner, id, seen)
                    .then(outcome -> settle(identity, owner, id, seen, outcome)));
  }

  /** What has ended is gone, whichever version it had; DynamoDB may not have deleted it yet. */
  private Plan<Boolean> settle(
      TableIdentity identity, UserId owner, CredentialId id, long seen, Outcome outcome) {
    if (outcome.purged()) {
      return Plan.done(true);
    }
    Item stored = outcome.stored();
    if (stored == null) {
      return requireNotLive(owner, id, seen);
    }
    return CredentialRow.hasEnded(stored, env.now())
        ? purge(identity, owner, id, version(owner, stored)).map(last -> true)
        : conflict(owner, id, seen, stored);
  }

  /** The plan for all of them. It ends in how many were purged. */
  public Plan<Integer> all(UserId owner) {
    return table.identity().then(identity -> page(identity, owner, null, 0));
  }

  private Plan<Integer> page(
      TableIdentity identity, UserId owner, @Nullable PageToken after, int sofar) {
    return list.plan(owner, new PageRequest(PAGE, after))
        .then(
            page ->
                each(identity, owner, page.items(), 0, sofar)
                    .then(
                        purged ->
                            page.next() == null
                                ? Plan.done(purged)
                                : page(identity, owner, page.next(), purged)));
  }

  /** What was restored or deleted again meanwhile has another version, and is left alone. */
  private Plan<Integer> each(
      TableIdentity identity, UserId owner, List<TrashedCredential> rows, int index, int sofar) {
    if (index == rows.size()) {
      return Plan.done(sofar);
    }
    TrashedCredential row = rows.get(index);
    return purge(identity, owner, row.id(), row.version())
        .then(
            outcome ->
                each(identity, owner, rows, index + 1, outcome.purged() ? sofar + 1 : sofar));
  }

  private Plan<Outcome> purge(TableIdentity identity, UserId owner, CredentialId id, long seen) {
    ItemKey trash = ItemKey.trash(owner, id.value().substring(ItemKey.TAG_CHARS));
    Condition condition = Condition.versionIs(seen);
    PendingWrite pending =
        PendingWriteCodec.encode(
            new PendingWriteCodec.Pending(
                PendingWriteCodec.Kind.PURGE, identity.id(), env.randomBytes(16), owner, id, seen));
    return revisionKeys
        .of(owner, id)
        .then(
            revisions -> {
              if (revisions.isEmpty()) {
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
              Transaction tx = env.requests().transaction(env.token());
              Transaction.Handle row = tx.delete(trash, condition);
              revisions.forEach(tx::delete);
              return transactions.send(
                  tx,
                  () -> pending,
                  () -> Plan.done(Outcome.PURGED),
                  cancellation -> Plan.done(Outcome.of(cancellation.old(row))));
            });
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
