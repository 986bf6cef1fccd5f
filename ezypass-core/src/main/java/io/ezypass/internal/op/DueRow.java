package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A live credential's row in the due list, under a keyed hash of the day by which its password
 * should be changed. The credential's own row names the hash in the clear, so that a deletion finds
 * the row without a key.
 */
final class DueRow implements Satellite {
  /** Of what has no such row and gets none. */
  static final DueRow NONE = new DueRow(null, null, null);

  private static final int TAG = 32;

  private final @Nullable ItemKey before;
  private final byte @Nullable [] tag;
  private final @Nullable Item row;

  private DueRow(@Nullable ItemKey before, byte @Nullable [] tag, @Nullable Item row) {
    this.before = before;
    this.tag = tag;
    this.row = row;
  }

  /** That of one change: no request where the row stays as it is, or with the table's keys. */
  static Plan<DueRow> of(Table table, Transition change) {
    LocalDate day = change.next().content().meta().rotateBy();
    boolean live = change.next().lifecycle().deletion() == null;
    CredentialRow was = change.before();
    ItemKey before = was == null ? null : key(was.item());
    byte[] named = was == null || before == null ? null : tag(was.item());
    if (day == null || !live) {
      return Plan.done(before == null ? NONE : new DueRow(before, null, null));
    }
    if (was != null
        && named != null
        && day.equals(was.meta().rotateBy())
        && Objects.equals(change.end(), CredentialSealer.end(was.meta(), was.lifecycle()))) {
      return Plan.done(new DueRow(null, named, null));
    }
    return table.keys(
        keys -> {
          UserId user = change.keys().user();
          byte[] next = tag(keys, user, day);
          boolean same = Arrays.equals(named, next);
          return Plan.done(
              new DueRow(
                  same ? null : before, next, row(keys, next, user, change.id(), change.end())));
        });
  }

  /** The tag under which a user's credentials are listed that are due that day. */
  static byte[] tag(TableKeys keys, UserId user, LocalDate day) {
    return keys.dueTag(day.toEpochDay(), ItemKey.shard(user, keys.table().shards()));
  }

  /**
   * The tag that a row names; null if it names none. Only that of a live credential is believed.
   */
  private static byte @Nullable [] tag(Item row) {
    byte[] tag = row.bytes(Item.DUE_TAG);
    return tag == null || tag.length != TAG ? null : tag;
  }

  /** The row in the due list that a live credential's own row names; null if it has none. */
  static @Nullable ItemKey key(Item row) {
    byte[] tag = tag(row);
    UserId owner = KeySpace.owner(row.key());
    return tag == null || owner == null || !CredentialRow.isSortKey(row.key().sk())
        ? null
        : ItemKey.due(tag, owner, CredentialRow.rand(row.key().sk()));
  }

  @Override
  public int features() {
    return tag == null ? 0 : Header.DUE;
  }

  @Override
  public void mark(Item credential) {
    if (tag != null) {
      credential.bytes(Item.DUE_TAG, tag);
    }
  }

  @Override
  public boolean touchesRows() {
    return before != null || row != null;
  }

  @Override
  public void into(Transaction tx) {
    if (before != null) {
      tx.delete(before);
    }
    if (row != null) {
      tx.put(row);
    }
  }

  /** The row of a credential that ends then. */
  static Item row(
      TableKeys keys, byte[] tag, UserId user, CredentialId credential, @Nullable Long end) {
    String rand = credential.value().substring(ItemKey.TAG_CHARS);
    Item row =
        Item.at(ItemKey.due(tag, user, rand))
            .text(Item.CREDENTIAL, credential.value())
            .bytes(Item.ROW_HMAC, keys.dueHmac(tag, user, credential, end));
    return end == null ? row : row.number(Item.TTL, end);
  }
}
