package io.ezypass.internal.op;

import io.ezypass.BatchItem;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Operation;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.plan.Plan;
import java.util.function.IntFunction;

/** The items of a batch and what is done with each. Of one run. */
interface BatchWork {
  /** What is done. */
  Operation operation();

  /** How many items there are. */
  int size();

  /** The keyed hash of what an item asks for. */
  byte[] hash(UserKeys keys, int index);

  /**
   * Reads what is needed for some items, and goes on with what makes a step of one of them by its
   * index. Steps are sealed, and so sent at once.
   *
   * @param from the first item's index
   * @param to the index behind the last item
   */
  Plan<IntFunction<BatchStep>> steps(UserKeys keys, int from, int to);

  /**
   * What to tell of an item.
   *
   * @param result what its receipt says
   * @param mine whether this run wrote that receipt
   */
  BatchItem settled(int index, Result result, boolean mine);
}
