package io.ezypass.testkit.model;

import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists to their end. */
final class Pages {
  private static final int MOST = 2_000;

  private Pages() {}

  /** All items; an error if a page is over the limit, or the list does not end. */
  static <T> List<T> all(Function<PageRequest, Page<T>> list, int limit) {
    List<T> all = new ArrayList<>();
    PageToken next = null;
    for (int pages = 0; pages < MOST; pages++) {
      Page<T> page = list.apply(request(limit, next));
      if (page.items().size() > limit) {
        throw new AssertionError("a page of " + page.items().size() + " for " + limit);
      }
      all.addAll(page.items());
      next = page.next();
      if (next == null) {
        return all;
      }
    }
    throw new AssertionError("the list does not end");
  }

  private static PageRequest request(int limit, @Nullable PageToken after) {
    return new PageRequest(limit, after);
  }
}
