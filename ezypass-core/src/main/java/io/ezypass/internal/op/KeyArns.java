package io.ezypass.internal.op;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The key ARNs that configured aliases and key ids stand for, as KMS told this process. Whatever an
 * alias stood for while the process runs stays known: what the old key wrapped still opens after
 * the alias was re-pointed. A key ARN stands for itself. Thread safe.
 */
final class KeyArns {
  /** A selector may name any number of aliases; those that were not used for longest go. */
  static final int MAX_SELECTED = 10_000;

  /** An alias is not re-pointed that often; without a bound it could fill the memory. */
  static final int MAX_ARNS = 100;

  private static final long ASK_AGAIN = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final Map<String, Known> configured = new HashMap<>();
  private final Map<String, Known> selected =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_SELECTED;
        }
      };

  /** What is known of one id. Guarded by the lock on the whole. */
  private static final class Known {
    final Set<String> arns = new LinkedHashSet<>();
    @Nullable String latest;
    @Nullable Long askedAt;
  }

  /**
   * Nothing known yet.
   *
   * @param ids those of the configuration, which are never forgotten
   */
  KeyArns(Collection<String> ids, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    ids.forEach(id -> configured.put(id, new Known()));
  }

  /** Whether KMS is to be asked: at first use, and then at most once a minute. */
  synchronized boolean mayAsk(String id) {
    Long askedAt = known(id).askedAt;
    return !isKeyArn(id) && (askedAt == null || nanoTime.getAsLong() - askedAt >= ASK_AGAIN);
  }

  /** KMS was asked; null if it knows no such key or alias. */
  synchronized void answered(String id, @Nullable String arn) {
    known(id).askedAt = nanoTime.getAsLong();
    if (arn != null) {
      used(id, arn);
    }
  }

  /** KMS wrapped something under the id, and named the key that did it. */
  synchronized void used(String id, String arn) {
    Known known = known(id);
    known.latest = arn;
    known.arns.remove(arn);
    known.arns.add(arn);
    if (known.arns.size() > MAX_ARNS) {
      Iterator<String> oldestFirst = known.arns.iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
  }

  /** What the id stood for when KMS last said so. */
  synchronized @Nullable String latest(String id) {
    return isKeyArn(id) ? id : known(id).latest;
  }

  /** The ARN to ask KMS under for a stored one; null if none of the ids stands for it. */
  synchronized @Nullable String accepted(Collection<String> ids, String storedArn) {
    for (String id : ids) {
      if (isKeyArn(id) ? id.equals(storedArn) : known(id).arns.contains(storedArn)) {
        return storedArn;
      }
    }
    for (String id : ids) {
      for (String arn : isKeyArn(id) ? Set.of(id) : known(id).arns) {
        if (isReplica(arn, storedArn)) {
          return arn;
        }
      }
    }
    return null;
  }

  /** Whether both are the same key, or replicas of one multi-Region key. */
  static boolean isSameKey(String arn, String other) {
    return arn.equals(other) || isReplica(arn, other);
  }

  private Known known(String id) {
    Known known = configured.get(id);
    return known != null ? known : selected.computeIfAbsent(id, any -> new Known());
  }

  /** Multi-Region keys share everything of their ARN but the Region. */
  private static boolean isReplica(String arn, String other) {
    // With a limit: the other one comes out of the table, and may be as long as an item.
    String[] left = arn.split(":", 7);
    String[] right = other.split(":", 7);
    if (left.length != 6 || right.length != 6 || !left[5].startsWith("key/mrk-")) {
      return false;
    }
    left[3] = "";
    right[3] = "";
    return Arrays.equals(left, right);
  }

  private static boolean isKeyArn(String id) {
    return id.startsWith("arn:") && id.contains(":key/");
  }
}
