package io.ezypass.testkit.fake;

import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.model.PageToken;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page tokens that one table gave out. A token is a random text; what the library seals into it
 * is remembered here. Guarded by the table's lock.
 */
final class PageTokens {
  private static final Duration LIFETIME = Duration.ofHours(24);

  private final Map<PageToken, Position> issued = new HashMap<>();

  void issue(PageToken token, String list, String last, Instant now) {
    issued.put(token, new Position(list, last, now.plus(LIFETIME)));
  }

  /** The last key of the page before; null for the first page. */
  @Nullable String redeem(@Nullable PageToken token, String list, Instant now) {
    if (token == null) {
      return null;
    }
    Position position = issued.get(token);
    if (position == null || !position.list.equals(list) || !position.end.isAfter(now)) {
      throw new InvalidPageTokenException();
    }
    return position.last;
  }

  /** A user who is registered again has other keys: tokens from before are worth nothing. */
  void revoke(String list) {
    issued
        .values()
        .removeIf(position -> position.list.equals(list) || position.list.startsWith(list + "\n"));
  }

  private record Position(String list, String last, Instant end) {}
}
