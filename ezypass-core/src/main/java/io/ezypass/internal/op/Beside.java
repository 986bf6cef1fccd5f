package io.ezypass.internal.op;

import io.ezypass.internal.op.VaultRows.Copy;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of other partitions that a vault's own name, and rows of it that have to be sealed again.
 * Read after the vault's, so they may be of a later moment.
 */
record Beside(Map<ItemKey, Item> rows) {
  private static final int BATCH = 100;

  /** Nothing. */
  static final Beside NONE = new Beside(Map.of());

  /** Reads them: 1 BatchGetItem for every hundred. */
  static Plan<Beside> read(Reads reads, Collection<ItemKey> keys) {
    return read(reads, List.copyOf(keys), new HashMap<>());
  }

  private static Plan<Beside> read(Reads reads, List<ItemKey> left, Map<ItemKey, Item> found) {
    if (left.isEmpty()) {
      return Plan.done(new Beside(found));
    }
    int count = Math.min(BATCH, left.size());
    return reads.batch(
        new ArrayList<>(left.subList(0, count)),
        rows -> {
          found.putAll(rows);
          return read(reads, left.subList(count, left.size()), found);
        });
  }

  /** One of them; null if it is not there. */
  @Nullable Item row(ItemKey key) {
    return rows.get(key);
  }

  /**
   * A credential's row sealed once more with a feature bit. Whatever generation is active by the
   * time at which it is written: it replaces the header that was read and no other, so it takes no
   * row back that a rotation has rewritten.
   *
   * @return null if the row is not the one that was opened, or may not be written
   */
  Sealer.@Nullable Sealed resealed(UserKeys keys, Copy copy, int feature) {
    Item row = rows.get(copy.key());
    return row == null || !Arrays.equals(row.bytes(Item.HEADER), copy.clear().bytes(Item.HEADER))
        ? null
        : SealedRows.resealed(keys, row, feature);
  }

  /** Shows nothing of what was read. */
  @Override
  public String toString() {
    return "Beside[" + rows.size() + "]";
  }
}
