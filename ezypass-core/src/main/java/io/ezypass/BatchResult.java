package io.ezypass;

import io.ezypass.BatchItem.Outcome;
import java.util.List;

/**
 * What became of a batch of writes.
 *
 * @param items one for each that was given, in the same order
 */
public record BatchResult(List<BatchItem> items) {
  /** Copies the list. */
  public BatchResult {
    items = List.copyOf(items);
  }

  /**
   * Whether running the batch again would do nothing more.
   *
   * @return false if an outcome is unknown, or an item was not attempted: then call again with the
   *     same batch id and the same content
   */
  public boolean isSettled() {
    return items.stream().allMatch(item -> item.outcome().isFinal());
  }

  /**
   * How many items have an outcome.
   *
   * @param outcome which one
   * @return the number
   */
  public long count(Outcome outcome) {
    return items.stream().filter(item -> item.outcome() == outcome).count();
  }
}
