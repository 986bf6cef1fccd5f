package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes every row of a deleted user but the tombstone: 1 Query a page and 1 TransactWriteItems
 * per 99 rows. Each transaction also checks the tombstone: a sweep that was held up must not touch
 * the rows of somebody who got the id afterwards. A row that names another one, in the due list or
 * in the collection of whom something is shared with, goes with it, in one transaction.
 */
final class Sweep {
  private static final int BATCH = 99;

  private final Environment env;
  private final Reads reads;
  private final Transactions transactions;

  Sweep(Environment env) {
    this.env = env;
    this.reads = new Reads(env);
    this.transactions = new Transactions(env);
  }

  /** The plan. It ends in the number of rows that were deleted. */
  Plan<Integer> plan(UserId user, long deletedAt, PendingWrite pending) {
    return page(user, deletedAt, pending, null, 0);
  }

  private Plan<Integer> page(
      UserId user, long deletedAt, PendingWrite pending, @Nullable String after, int sofar) {
    return reads
        .query(env.requests().partition(ItemKey.partition(user), after, null))
        .then(
            page -> {
              List<Item> rows =
                  page.items().stream()
                      .filter(row -> !row.key().equals(ItemKey.keys(user)))
                      .map(row -> row.only(Item.DUE_TAG))
                      .toList();
              String last = page.lastSortKey();
              return delete(user, deletedAt, pending, rows)
                  .then(
                      deleted ->
                          last == null || deleted < rows.size()
                              ? Plan.done(sofar + deleted)
                              : page(user, deletedAt, pending, last, sofar + deleted));
            });
  }

  /** The row in the due list, or the other row of a grant, in the other user's collection. */
  private static @Nullable ItemKey other(Item row) {
    ItemKey due = DueRow.key(row);
    return due == null ? KeySpace.otherOfGrant(row.key()) : due;
  }

  /** Ends in how many it deleted: fewer than given if the deletion is no longer under way. */
  private Plan<Integer> delete(UserId user, long deletedAt, PendingWrite pending, List<Item> rows) {
    if (rows.isEmpty()) {
      return Plan.done(0);
    }
    Transaction tx = env.requests().transaction(env.token());
    tx.check(ItemKey.keys(user), Condition.tombstoneIs(deletedAt));
    // After a torn restore two rows may name the same one, and a transaction takes no item twice.
    Set<ItemKey> keys = new LinkedHashSet<>();
    int count = 0;
    for (Item row : rows) {
      ItemKey other = other(row);
      if (keys.size() + (other == null ? 1 : 2) > BATCH) {
        break;
      }
      count++;
      keys.add(row.key());
      if (other != null) {
        keys.add(other);
      }
    }
    keys.forEach(tx::delete);
    int deleted = count;
    List<Item> rest = rows.subList(count, rows.size());
    return transactions.send(
        tx,
        () -> pending,
        () -> delete(user, deletedAt, pending, rest).map(more -> deleted + more),
        cancellation -> Plan.done(0));
  }
}
