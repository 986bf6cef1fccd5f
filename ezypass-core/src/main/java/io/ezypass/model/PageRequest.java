package io.ezypass.model;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param limit the most items on the page, 1 to 1,000
 * @param after the token of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable PageToken after) {
  /**
   * Checks the limit.
   *
   * @throws IllegalArgumentException if it is not 1 to 1,000
   */
  public PageRequest {
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("page limit must be 1 to 1000, but is " + limit);
    }
  }

  /**
   * The first page.
   *
   * @param limit the most items on the page, 1 to 1,000
   * @return the request
   */
  public static PageRequest first(int limit) {
    return new PageRequest(limit, null);
  }

  /**
   * The page after another.
   *
   * @param token the token of the page before
   * @param limit the most items on the page, 1 to 1,000
   * @return the request
   */
  public static PageRequest after(PageToken token, int limit) {
    return new PageRequest(limit, Checks.present("page token", token));
  }
}
