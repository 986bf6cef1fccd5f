package io.ezypass.model;

import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A password or another text that must not be printed. It copies what it is given and hands out
 * copies only; {@link #close()} overwrites the characters. Overwriting is best effort on a JVM: the
 * garbage collector may have moved the array before.
 *
 * <p>Thread safe. Not serialisable.
 */
public final class Secret implements AutoCloseable {
  /** The most characters (UTF-16 code units) that a secret may have. */
  public static final int MAX_CHARS = 100_000;

  private final char[] chars;
  private boolean closed;

  private Secret(char[] owned) {
    this.chars = owned;
  }

  /**
   * A secret with a copy of the text.
   *
   * @param text at most {@value #MAX_CHARS} characters, may be empty
   * @return the secret
   * @throws IllegalArgumentException if the text is null, too long or has an unpaired surrogate
   */
  public static Secret of(CharSequence text) {
    int length = Checks.present("secret", text).length();
    Checks.length("secret", length, MAX_CHARS);
    char[] copy = new char[length];
    for (int i = 0; i < length; i++) {
      copy[i] = text.charAt(i);
    }
    return checked(copy);
  }

  /**
   * A secret with a copy of the characters; wiping the given array stays the caller's business.
   *
   * @param text at most {@value #MAX_CHARS} characters, may be empty
   * @return the secret
   * @throws IllegalArgumentException if the text is null, too long or has an unpaired surrogate
   */
  public static Secret of(char[] text) {
    Checks.length("secret", Checks.present("secret", text).length, MAX_CHARS);
    return checked(text.clone());
  }

  /**
   * Hands a copy of the characters to the function and overwrites that copy afterwards.
   *
   * @param action must not keep the array
   * @param <R> what the action returns
   * @return what the action returned
   * @throws IllegalStateException if the secret is closed
   */
  public <R extends @Nullable Object> R use(Function<char[], R> action) {
    char[] copy = snapshot();
    try {
      return action.apply(copy);
    } finally {
      wipe(copy);
    }
  }

  /**
   * An independent copy, to be closed on its own.
   *
   * @return the copy
   * @throws IllegalStateException if the secret is closed
   */
  public Secret copy() {
    return new Secret(snapshot());
  }

  /**
   * How many characters (UTF-16 code units) it has.
   *
   * @return the number, also after closing
   */
  public int length() {
    return chars.length;
  }

  /** Overwrites the characters. Closing twice is fine. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(chars, '\0');
  }

  /** Compares in time that depends on the lengths only. A closed secret equals only itself. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof Secret that)) {
      return false;
    }
    // One lock at a time: two threads that compare a with b and b with a must not block each other.
    char[] mine = charsOrNull();
    char[] theirs = that.charsOrNull();
    try {
      return mine != null && theirs != null && sameChars(mine, theirs);
    } finally {
      wipe(mine);
      wipe(theirs);
    }
  }

  /** The same number for every secret, since any other hash would tell something of the text. */
  @Override
  public int hashCode() {
    return 1;
  }

  /** Always {@code Secret[redacted]}. */
  @Override
  public String toString() {
    return "Secret[redacted]";
  }

  /** Checks the copy, not what it was copied from, which another thread may be changing. */
  private static Secret checked(char[] owned) {
    try {
      Checks.wellFormed("secret", CharBuffer.wrap(owned));
    } catch (IllegalArgumentException malformed) {
      wipe(owned);
      throw malformed;
    }
    return new Secret(owned);
  }

  private static boolean sameChars(char[] a, char[] b) {
    int difference = a.length ^ b.length;
    for (int i = 0; i < a.length && i < b.length; i++) {
      difference |= a[i] ^ b[i];
    }
    return difference == 0;
  }

  private static void wipe(char @Nullable [] array) {
    if (array != null) {
      Arrays.fill(array, '\0');
    }
  }

  private char[] snapshot() {
    char[] copy = charsOrNull();
    if (copy == null) {
      throw new IllegalStateException("the secret is closed");
    }
    return copy;
  }

  private synchronized char @Nullable [] charsOrNull() {
    return closed ? null : chars.clone();
  }
}
