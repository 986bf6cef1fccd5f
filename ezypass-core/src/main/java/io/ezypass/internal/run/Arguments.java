package io.ezypass.internal.run;

import io.ezypass.internal.op.AddCredentials;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses bad arguments by name, before anything is sent. */
final class Arguments {
  private Arguments() {}

  static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must not be null");
    }
    return value;
  }

  /** A copy of what a batch is made of. */
  static <T> List<T> items(String name, @Nullable List<T> items) {
    // Copied first: what is checked is what is kept, whatever the caller's threads do to the list.
    List<T> copy = new ArrayList<>(present(name, items));
    if (copy.size() > AddCredentials.MAX_ITEMS) {
      throw new IllegalArgumentException(
          name
              + " must have at most "
              + AddCredentials.MAX_ITEMS
              + " entries, but has "
              + copy.size());
    }
    for (int i = 0; i < copy.size(); i++) {
      present(name + "[" + i + "]", copy.get(i));
    }
    return List.copyOf(copy);
  }

  static long version(long seen) {
    return version("seenVersion", seen);
  }

  static long version(String name, long version) {
    if (version < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + version);
    }
    return version;
  }

  static void update(
      String idName, @Nullable Object id, long seen, String contentName, @Nullable Object content) {
    present(idName, id);
    version(seen);
    present(contentName, content);
  }
}
