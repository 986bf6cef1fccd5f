package io.ezypass.internal.op;

import io.ezypass.admin.Finding.Kind;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a user's row in the directory and with the shard that KEYS names. The shard
 * follows from the user's id, so neither needs to be believed.
 */
final class RepairDirectory {
  private final TableKeys tableKeys;
  private final UserId user;
  private final int shard;
  private final ItemKey place;

  RepairDirectory(TableKeys tableKeys, UserId user) {
    this.tableKeys = tableKeys;
    this.user = user;
    this.shard = ItemKey.shard(user, tableKeys.table().shards());
    this.place = ItemKey.directory(shard, user);
  }

  ItemKey place() {
    return place;
  }

  /** Of a user whose keys open. */
  List<Proposal> live(Item keys, @Nullable Item row) {
    return beside(keys, Condition.sameAs(keys, Item.HEADER, Item.WRAPPED), null, row);
  }

  /** Of a user whose deletion is under way. */
  List<Proposal> buried(Item tombstone, long deletedAt, @Nullable Item row) {
    return beside(tombstone, Condition.tombstoneIs(deletedAt), deletedAt, row);
  }

  /** Of nobody: neither keys nor anything else. Null if there is no row either. */
  @Nullable Proposal orphaned(@Nullable Item row) {
    if (row == null) {
      return null;
    }
    return isAuthentic(row)
        ? new Proposal(
            user,
            Kind.DIRECTORY_ORPHANED,
            "The directory lists user " + user + ", of whom there is nothing.",
            List.of(
                Step.delete(place, unchanged(row)),
                Step.check(ItemKey.keys(user), Condition.absent()),
                Step.check(ItemKey.profile(user), Condition.absent())))
        : Proposal.report(
            user,
            Kind.DIRECTORY_FORGED,
            Describe.directory() + " names user " + user + ", but is not the library's.",
            Step.check(place, unchanged(row)),
            Step.check(ItemKey.keys(user), Condition.absent()));
  }

  private List<Proposal> beside(
      Item keys, Condition unchangedKeys, @Nullable Long mark, @Nullable Item row) {
    List<Proposal> proposals = new ArrayList<>();
    OptionalLong stored = keys.number(Item.SHARD);
    if (stored.isEmpty() || stored.getAsLong() != shard) {
      proposals.add(
          new Proposal(
              user,
              Kind.SHARD_WRONG,
              Describe.keys(user) + " does not name shard " + shard + " of the directory.",
              List.of(
                  Step.change(
                      Item.at(keys.key()).number(Item.SHARD, shard), List.of(), unchangedKeys))));
    }
    Step sure = Step.check(keys.key(), unchangedKeys);
    if (row == null) {
      proposals.add(
          new Proposal(
              user,
              Kind.DIRECTORY_MISSING,
              "The directory does not list user " + user + ".",
              List.of(Step.put(right(mark), Condition.absent()), sure)));
    } else if (!isAuthentic(row) || !isMarked(row, mark)) {
      proposals.add(
          new Proposal(
              user,
              Kind.DIRECTORY_WRONG,
              "The directory's row of user "
                  + user
                  + (isAuthentic(row) ? "" : " has a wrong HMAC and")
                  + (mark == null ? " is to be without" : " is to have")
                  + " the mark of a deletion.",
              List.of(
                  Step.change(
                      right(mark),
                      mark == null ? List.of(Item.DELETED) : List.of(),
                      unchanged(row)),
                  sure)));
    }
    return proposals;
  }

  private Item right(@Nullable Long mark) {
    Item row = Item.at(place).bytes(Item.ROW_HMAC, tableKeys.directoryHmac(shard, user));
    return mark == null ? row : row.number(Item.DELETED, mark);
  }

  private boolean isAuthentic(Item row) {
    byte[] hmac = row.bytes(Item.ROW_HMAC);
    return hmac != null && Hmac.equal(hmac, tableKeys.directoryHmac(shard, user));
  }

  private static boolean isMarked(Item row, @Nullable Long mark) {
    OptionalLong stored = row.number(Item.DELETED);
    return mark == null
        ? !row.has(Item.DELETED)
        : stored.isPresent() && stored.getAsLong() == mark.longValue();
  }

  private static Condition unchanged(Item row) {
    return Condition.sameAs(row, Item.ROW_HMAC, Item.DELETED);
  }
}
