package io.ezypass.internal.op;

import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seals the rows of a user that are below the active generation under it: 1 Query a megabyte, 1
 * UpdateItem a row. The padded plaintexts are sealed as they are, with the same version and
 * operation ids, so whoever rewrites a row gets the same bytes, and no writer loses the trace of a
 * write. Attributes beside the sealed parts are left alone.
 */
final class ResealRows {
  private static final int MAX_ROUNDS = 8;

  /** How many rows are named that could not be rewritten. */
  private static final int MAX_NAMED = 100;

  private final Environment env;
  private final Reads reads;
  private final SingleWrites writes;

  ResealRows(Environment env) {
    this.env = env;
    this.reads = new Reads(env);
    this.writes = new SingleWrites(env);
  }

  /**
   * What became of the rows.
   *
   * @param found how many rows below were found
   * @param rewritten how many of them this pass rewrote
   * @param left how many of them cannot be rewritten
   * @param names the first of those, in words
   * @param stopped whether it ended before the last row
   */
  record Result(int found, int rewritten, int left, List<String> names, boolean stopped) {
    static final Result NONE = new Result(0, 0, 0, List.of(), false);
  }

  /** The plan. It ends early if the job is cancelled, or when the keys were held for an hour. */
  Plan<Result> plan(UserKeys keys, Job job) {
    return new Pass(keys, job).page(null);
  }

  private final class Pass {
    private final UserKeys keys;
    private final Job job;
    private final List<String> names = new ArrayList<>();
    private int found;
    private int rewritten;
    private int left;

    Pass(UserKeys keys, Job job) {
      this.keys = keys;
      this.job = job;
    }

    Plan<Result> page(@Nullable String after) {
      return reads
          .query(env.requests().partition(ItemKey.partition(keys.user()), after, null))
          .then(page -> from(0, page));
    }

    /** The rows of a page from an index on, then the next page. */
    private Plan<Result> from(int index, Reads.ItemPage page) {
      int next = index;
      while (next < page.items().size()
          && !SealedRows.isBelow(page.items().get(next), keys.active())) {
        next++;
      }
      if (next == page.items().size()) {
        String last = page.lastSortKey();
        return last == null ? Plan.done(result(false)) : page(last);
      }
      found++;
      if (mustStop()) {
        return Plan.done(result(true));
      }
      Item row = page.items().get(next);
      int following = next + 1;
      return job.paced(() -> mustStop() ? Plan.done(false) : rewrite(row, 0).map(done -> true))
          .then(went -> went ? from(following, page) : Plan.done(result(true)));
    }

    /** Keys that were held for long must go, however slow the pace is. */
    private boolean mustStop() {
      return job.isCancelled() || keys.areHeldTooLong(env.nanoTime().getAsLong());
    }

    private Result result(boolean stopped) {
      return new Result(found, rewritten, left, List.copyOf(names), stopped);
    }

    private Plan<Boolean> rewrite(Item row, int round) {
      Sealer.Sealed sealed = round < MAX_ROUNDS ? SealedRows.resealed(keys, row, 0) : null;
      byte[] header = row.bytes(Item.HEADER);
      if (sealed == null || header == null) {
        return leave(row);
      }
      // The counter of its grants and its rows elsewhere stay as they are: the header alone counts.
      return writes.settled(
          Op.UPDATE_ITEM,
          env.requests().update(sealed.into(Item.at(row.key())), Condition.headerIs(header)),
          () -> did(),
          refusal -> judge(refusal.old(), refusal.ambiguous() ? sealed : null, round),
          () -> reads.get(row.key()).then(now -> judge(now, sealed, round)));
    }

    /**
     * Goes by the row that stands there now.
     *
     * @param mine what an attempt before may have written; null if there was none
     */
    private Plan<Boolean> judge(@Nullable Item now, Sealer.@Nullable Sealed mine, int round) {
      if (now == null || !SealedRows.isBelow(now, keys.active())) {
        byte[] header = now == null ? null : now.bytes(Item.HEADER);
        boolean ours = mine != null && Arrays.equals(mine.header().encode(), header);
        return ours ? did().then(Plan::reconciled) : Plan.done(false);
      }
      return Plan.retry(env.jitter(round), () -> rewrite(now, round + 1));
    }

    private Plan<Boolean> did() {
      rewritten++;
      job.did(keys.user());
      return Plan.done(true);
    }

    private Plan<Boolean> leave(Item row) {
      left++;
      if (names.size() < MAX_NAMED) {
        names.add(SealedRows.describe(keys.user(), row));
      }
      return Plan.done(false);
    }
  }
}
