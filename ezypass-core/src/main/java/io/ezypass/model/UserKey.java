package io.ezypass.model;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something other than the id by which exactly one user is found. Two keys are equal when kind and
 * {@link #value()} agree, whatever was {@link #written()}.
 *
 * @param kind what it is
 * @param value the normalised form: Unicode NFC, trimmed, lower case of the root locale
 * @param written what was given
 */
public record UserKey(Kind kind, String value, String written) {
  /** The most characters that a key may have. */
  public static final int MAX_CHARS = 320;

  /** Kinds of keys. */
  public enum Kind {
    /** An e-mail address. */
    EMAIL,
    /** A username. */
    USERNAME
  }

  /** Callers use {@link #email} and {@link #username}. */
  public UserKey {
    Checks.present("user key kind", kind);
    // NFC can make a text three times as long.
    value = Checks.requiredLine("user key", value, 3 * MAX_CHARS);
    written = Checks.requiredLine("user key", written, MAX_CHARS);
  }

  /**
   * The key of whoever has that e-mail address.
   *
   * @param address 3 to 320 characters with an {@code @} inside
   * @return the key
   * @throws IllegalArgumentException if it has no {@code @} inside, is too long or malformed
   */
  public static UserKey email(String address) {
    String written = Checks.requiredLine("email", address, MAX_CHARS);
    String value = normalise(written);
    int at = value.lastIndexOf('@');
    if (at < 1 || at == value.length() - 1) {
      throw new IllegalArgumentException("email must have an @ between two parts");
    }
    return new UserKey(Kind.EMAIL, value, written);
  }

  /**
   * The key of whoever has that username.
   *
   * @param name 1 to 320 characters
   * @return the key
   * @throws IllegalArgumentException if it is blank, too long or malformed
   */
  public static UserKey username(String name) {
    String written = Checks.requiredLine("username", name, MAX_CHARS);
    return new UserKey(Kind.USERNAME, normalise(written), written);
  }

  /** Compares kind and value. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UserKey that && kind == that.kind && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + value.hashCode();
  }

  /** Shows the kind only. */
  @Override
  public String toString() {
    return "UserKey[" + kind + ", redacted]";
  }

  private static String normalise(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    return Normalizer.normalize(composed.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }
}
