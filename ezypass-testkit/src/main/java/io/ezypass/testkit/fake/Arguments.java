package io.ezypass.testkit.fake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Refuses bad arguments as the library does: by the name of the field, never with its value. */
final class Arguments {
  private Arguments() {}

  static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must not be null");
    }
    return value;
  }

  static void version(long seen) {
    version("seenVersion", seen);
  }

  static void version(String field, long version) {
    if (version < 1) {
      throw new IllegalArgumentException(field + " must be at least 1, but is " + version);
    }
  }

  static void inFuture(String field, @Nullable Instant value, Instant now) {
    if (value != null && !value.isAfter(now)) {
      throw new IllegalArgumentException(field + " must be in the future");
    }
  }
}
