package io.ezypass.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list. An empty page may still have a next one.
 *
 * @param items what the page holds
 * @param next continues the list; null on the last page
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable PageToken next) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is null or holds a null
   */
  public Page {
    items = Checks.list("items", items, Integer.MAX_VALUE);
  }

  /**
   * Whether this is the last page.
   *
   * @return true if there is no next one
   */
  public boolean isLast() {
    return next == null;
  }
}
