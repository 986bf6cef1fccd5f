package io.ezypass.internal.op;

import io.ezypass.BatchItem;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Operation;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Actor;

/** The items of a batch and what is done with each. Of one run. */
interface BatchWork {
  /** What is done. */
  Operation operation();

  /** Who does it. */
  Actor actor();

  /** How many items there are. */
  int size();

  /** The most items that a chunk may have. */
  int mostAtOnce();

  /** The keyed hash of what an item asks for. */
  byte[] hash(UserKeys keys, int index);

  /**
   * Reads what is needed for some items, and goes on with what makes a step of one of them.
   *
   * @param from the first item's index
   * @param to the index behind the last item
   */
  Plan<Maker> steps(UserKeys keys, int from, int to);

  /** Makes steps of one chunk, in the order of its items. They are sealed, and so sent at once. */
  interface Maker {
    /** The step of an item. */
    Plan<BatchStep> step(int index);
  }

  /**
   * What to tell of an item.
   *
   * @param result what its receipt says
   * @param mine whether this run wrote that receipt
   */
  BatchItem settled(int index, Result result, boolean mine);
}
