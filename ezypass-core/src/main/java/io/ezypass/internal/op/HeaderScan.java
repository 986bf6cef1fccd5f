package io.ezypass.internal.op;

import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the headers of all rows of a user, for those below the active generation: consistent, 1
 * Query for each megabyte that the rows have.
 */
final class HeaderScan {
  private final Environment env;
  private final Reads reads;

  HeaderScan(Environment env) {
    this.env = env;
    this.reads = new Reads(env);
  }

  /**
   * What it saw.
   *
   * @param startedAt the time before the first Query
   * @param below how many rows are below the active generation
   * @param above whether a row says that it is of a newer one
   * @param sameKeys whether the KEYS item was still the one that the keys were opened from
   */
  record Seen(Instant startedAt, int below, boolean above, boolean sameKeys) {}

  /** The plan of looking at all of them. */
  Plan<Seen> plan(UserKeys keys) {
    return new Scan(keys, env.now(), Integer.MAX_VALUE).page(null, 0, false);
  }

  /** The plan of looking until there is one below; nothing else of it counts then. */
  Plan<Seen> any(UserKeys keys) {
    return new Scan(keys, env.now(), 1).page(null, 0, false);
  }

  private final class Scan {
    private final UserKeys keys;
    private final Instant startedAt;
    private final int enough;
    private boolean above;

    Scan(UserKeys keys, Instant startedAt, int enough) {
      this.keys = keys;
      this.startedAt = startedAt;
      this.enough = enough;
    }

    Plan<Seen> page(@Nullable String after, int sofar, boolean sameKeys) {
      return reads
          .query(env.requests().headers(ItemKey.partition(keys.user()), after))
          .then(
              page -> {
                int below = sofar;
                boolean same = sameKeys;
                for (Item row : page.items()) {
                  if (row.key().equals(ItemKey.keys(keys.user()))) {
                    same = isSame(row);
                  } else if (SealedRows.isBelow(row, keys.active())) {
                    below++;
                  }
                  above |= SealedRows.isAbove(row, keys.active());
                }
                String last = page.lastSortKey();
                return last == null || below >= enough
                    ? Plan.done(new Seen(startedAt, below, above, same))
                    : page(last, below, same);
              });
    }

    private boolean isSame(Item keysItem) {
      if (keysItem.isTombstone()) {
        throw new UserNotFoundException(keys.user());
      }
      return Arrays.equals(keysItem.bytes(Item.HEADER), keys.item().bytes(Item.HEADER));
    }
  }
}
