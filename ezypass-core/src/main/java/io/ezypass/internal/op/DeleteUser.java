package io.ezypass.internal.op;

import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a user without any key. One transaction turns KEYS into a tombstone and removes profile
 * and claims; then the rows go; after an hour and the longest write deadline, a last sweep removes
 * what cached writers added, the tombstone and the row of the directory. Every step can be
 * repeated.
 */
public final class DeleteUser {
  /** The longest period of DynamoDB's point-in-time recovery. */
  private static final Duration LONGEST_RECOVERY = Duration.ofDays(35);

  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final Table table;
  private final Reads reads;
  private final Transactions transactions;
  private final Sweep sweep;

  /** The use case. */
  public DeleteUser(Environment env, Table table) {
    this.env = env;
    this.table = table;
    this.reads = new Reads(env);
    this.transactions = new Transactions(env);
    this.sweep = new Sweep(env);
  }

  /** The plan. */
  public Plan<UserDeletion> plan(UserId user) {
    return table.identity().then(identity -> new Deletion(user, pending(identity, user)).round(0));
  }

  private PendingWrite pending(TableIdentity identity, UserId user) {
    return PendingWriteCodec.encode(
        new PendingWriteCodec.Pending(
            PendingWriteCodec.Kind.DELETE_USER, identity.id(), env.randomBytes(16), user, null, 0));
  }

  private final class Deletion {
    private final UserId user;
    private final PendingWrite pending;
    private final Set<UserKey.Kind> claimsLeft = EnumSet.noneOf(UserKey.Kind.class);
    private boolean directoryLost;

    Deletion(UserId user, PendingWrite pending) {
      this.user = user;
      this.pending = pending;
    }

    Plan<UserDeletion> round(int number) {
      ItemKey keysKey = ItemKey.keys(user);
      ItemKey profileKey = ItemKey.profile(user);
      return reads.batch(
          List.of(keysKey, profileKey),
          found -> {
            Item keys = found.get(keysKey);
            if (keys == null) {
              throw new UserNotFoundException(user);
            }
            if (keys.isTombstone()) {
              return finish(keys);
            }
            if (number == MAX_ROUNDS) {
              throw Failures.contended();
            }
            return bury(keys, found.get(profileKey), number);
          });
    }

    /** The transaction from which on nothing can be opened without cached keys. */
    private Plan<UserDeletion> bury(Item keys, @Nullable Item profile, int number) {
      Item tombstone = Item.at(ItemKey.keys(user)).number(Item.TOMBSTONE, env.now().toEpochMilli());
      keys.number(Item.SHARD).ifPresent(shard -> tombstone.number(Item.SHARD, shard));
      StringBuilder left = new StringBuilder();
      claimsLeft.forEach(kind -> left.append(kind.name().charAt(0)));
      if (left.length() > 0) {
        tombstone.text(Item.CLAIMS_LEFT, left.toString());
      }
      Transaction tx = env.requests().transaction(env.token());
      tx.put(tombstone, exactly(keys));
      Map<UserKey.Kind, Transaction.Handle> claims = new EnumMap<>(UserKey.Kind.class);
      if (profile != null) {
        tx.delete(ItemKey.profile(user), exactly(profile));
        for (UserKey.Kind kind : UserKey.Kind.values()) {
          byte[] tag = profile.bytes(ProfileRow.tagAttribute(kind));
          if (tag != null && tag.length == 32 && !claimsLeft.contains(kind)) {
            claims.put(
                kind,
                tx.delete(ItemKey.claim(kind, tag), Condition.absentOrClaimedBy(user.value())));
          }
        }
      }
      Transaction.Handle directory = markDirectory(tx, tombstone);
      return transactions.send(
          tx,
          () -> pending,
          () -> finish(tombstone),
          cancellation -> {
            claims.forEach(
                (kind, handle) -> {
                  if (cancellation.failed(handle)) {
                    claimsLeft.add(kind);
                  }
                });
            if (directory != null && cancellation.failed(directory)) {
              // Somebody deleted the row of the directory: there is nothing left to mark.
              directoryLost = true;
            }
            return Plan.again(round(number + 1));
          });
    }

    private Transaction.@Nullable Handle markDirectory(Transaction tx, Item tombstone) {
      OptionalLong shard = tombstone.number(Item.SHARD);
      return shard.isEmpty() || directoryLost
          ? null
          : tx.setNumber(
              ItemKey.directory((int) shard.getAsLong(), user),
              Item.DELETED,
              tombstone.number(Item.TOMBSTONE).orElse(0));
    }

    /** Sweeps, and ends the deletion once nothing can be added any more. */
    private Plan<UserDeletion> finish(Item tombstone) {
      long deletedAt = tombstone.number(Item.TOMBSTONE).orElse(0);
      Instant finalFrom = TimeLimits.noLateWritesFrom(Instant.ofEpochMilli(deletedAt));
      // Read before the sweep: what is added while sweeping must not be overlooked.
      boolean last = !env.now().isBefore(finalFrom);
      return sweep
          .plan(user, deletedAt, pending)
          .then(
              rows ->
                  last
                      ? end(tombstone, deletedAt)
                          .map(ended -> receipt(tombstone, finalFrom, rows, ended))
                      : Plan.done(receipt(tombstone, finalFrom, rows, null)));
    }

    /** Removes tombstone and directory row, which frees the id. */
    private Plan<Instant> end(Item tombstone, long deletedAt) {
      Transaction tx = env.requests().transaction(env.token());
      tx.delete(ItemKey.keys(user), Condition.tombstoneIs(deletedAt));
      OptionalLong shard = tombstone.number(Item.SHARD);
      if (shard.isPresent()) {
        tx.delete(ItemKey.directory((int) shard.getAsLong(), user));
      }
      Instant now = env.now();
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(now),
          // Another call ended it first.
          cancellation -> Plan.done(now));
    }

    private UserDeletion receipt(
        Item tombstone, Instant finalFrom, int rows, @Nullable Instant ended) {
      String letters = tombstone.text(Item.CLAIMS_LEFT);
      Set<UserKey.Kind> left = EnumSet.noneOf(UserKey.Kind.class);
      for (UserKey.Kind kind : UserKey.Kind.values()) {
        if (letters != null && letters.indexOf(kind.name().charAt(0)) >= 0) {
          left.add(kind);
        }
      }
      return new UserDeletion(
          user,
          ended == null ? UserDeletion.State.PENDING : UserDeletion.State.FINAL,
          finalFrom,
          rows,
          left,
          ended == null ? null : ended.plus(LONGEST_RECOVERY));
    }
  }

  /** Exactly the item that was read, as far as it still has what identifies it. */
  private static Condition exactly(Item item) {
    byte[] header = item.bytes(Item.HEADER);
    byte[] wrapped = item.bytes(Item.WRAPPED);
    if (header == null) {
      return Condition.present();
    }
    return wrapped == null ? Condition.headerIs(header) : Condition.keysAre(header, wrapped);
  }
}
