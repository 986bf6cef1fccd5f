package io.ezypass.internal.run;

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
