package io.ezypass.model;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses bad input by the name of its field; no message repeats the value. */
final class Checks {
  private static final Instant LATEST_EXPIRY = Instant.parse("9999-12-31T23:59:59Z");
  private static final Duration SHORTEST_KEPT = Duration.ofSeconds(1);
  private static final Duration LONGEST_KEPT = Duration.ofDays(36_500);

  private Checks() {}

  static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must not be null");
    }
    return value;
  }

  /** When something ends, if it does, in whole seconds. */
  static @Nullable Instant expiry(@Nullable Instant expiresAt) {
    if (expiresAt == null) {
      return null;
    }
    if (expiresAt.isBefore(Instant.EPOCH) || expiresAt.isAfter(LATEST_EXPIRY)) {
      throw new IllegalArgumentException("expiresAt must be in the years 1970 to 9999");
    }
    return expiresAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /** How long a policy keeps something; null for no limit. */
  static void keptFor(@Nullable Duration time) {
    if (time != null && (time.compareTo(SHORTEST_KEPT) < 0 || time.compareTo(LONGEST_KEPT) > 0)) {
      throw new IllegalArgumentException("keptFor must be 1 second to 36,500 days");
    }
  }

  /** Optional one-line text: empty means absent; control characters are refused. */
  static @Nullable String line(String field, @Nullable String value, int maxChars) {
    return text(field, value, maxChars, false);
  }

  /** Optional text of several lines: tab, line feed and carriage return are allowed. */
  static @Nullable String lines(String field, @Nullable String value, int maxChars) {
    return text(field, value, maxChars, true);
  }

  static String requiredLine(String field, @Nullable String value, int maxChars) {
    String checked = line(field, present(field, value), maxChars);
    if (checked == null || checked.codePoints().allMatch(Checks::isBlank)) {
      throw new IllegalArgumentException(field + " must not be blank");
    }
    return checked;
  }

  static <T> List<T> list(String field, List<T> values, int maxSize) {
    // Copied first: what is checked is what is kept, whatever the caller's threads do to the list.
    List<T> copy = new ArrayList<>(present(field, values));
    if (copy.size() > maxSize) {
      throw new IllegalArgumentException(
          field + " must have at most " + maxSize + " entries, but has " + copy.size());
    }
    for (T value : copy) {
      present("an entry of " + field, value);
    }
    return List.copyOf(copy);
  }

  static void length(String field, int chars, int maxChars) {
    if (chars > maxChars) {
      throw new IllegalArgumentException(
          field + " must have at most " + maxChars + " characters, but has " + chars);
    }
  }

  static void wellFormed(String field, CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(field + " has an unpaired surrogate at index " + i);
      }
    }
  }

  /** White space, including the no-break spaces that {@link String#isBlank()} leaves out. */
  private static boolean isBlank(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private static @Nullable String text(
      String field, @Nullable String value, int maxChars, boolean lineBreaks) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    length(field, value.length(), maxChars);
    wellFormed(field, value);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean breaksLine = c == '\n' || c == '\r' || c == '\t';
      if (Character.isISOControl(c) && !(lineBreaks && breaksLine)) {
        throw new IllegalArgumentException(field + " has a control character at index " + i);
      }
    }
    return value;
  }
}
