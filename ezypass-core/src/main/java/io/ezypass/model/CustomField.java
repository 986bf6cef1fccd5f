package io.ezypass.model;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of the user's own that lists may show. One that must stay hidden is a {@link
 * HiddenField}.
 *
 * @param kind what the value is
 * @param name 1 to 256 characters without control characters
 * @param value see {@link Kind}
 */
public record CustomField(Kind kind, String name, String value) {
  private static final Pattern ABSOLUTE =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.+", Pattern.DOTALL);

  /** Schemes that a browser runs instead of going there. */
  private static final Set<String> SCRIPTS = Set.of("javascript", "data", "vbscript");

  /** What the value of a field is. */
  public enum Kind {
    /** Text of at most 10,000 characters, may have line breaks, may be empty. */
    TEXT,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /**
     * An absolute URI of at most 2,048 characters: a scheme (RFC 3986, section 3.1), a colon and
     * more. What follows the scheme is not looked at, so the links of apps are fine. {@code
     * javascript:}, {@code data:} and {@code vbscript:} are refused, since a link is there to be
     * clicked.
     */
    LINK
  }

  /**
   * Checks all; callers use the factories.
   *
   * @throws IllegalArgumentException if a part is missing, malformed or too long
   */
  public CustomField {
    Checks.present("custom field kind", kind);
    name = Checks.requiredLine("custom field name", name, 256);
    Checks.present("custom field value", value);
    switch (kind) {
      case TEXT -> Checks.lines("custom field value", value, 10_000);
      case BOOLEAN -> requireBoolean(value);
      case LINK -> requireLink(value);
    }
  }

  /**
   * A text.
   *
   * @param name its name
   * @param value its value
   * @return the field
   * @throws IllegalArgumentException if either is malformed or too long
   */
  public static CustomField ofText(String name, String value) {
    return new CustomField(Kind.TEXT, name, value);
  }

  /**
   * A yes or no.
   *
   * @param name its name
   * @param value its value
   * @return the field
   * @throws IllegalArgumentException if the name is malformed or too long
   */
  public static CustomField ofBoolean(String name, boolean value) {
    return new CustomField(Kind.BOOLEAN, name, Boolean.toString(value));
  }

  /**
   * A link.
   *
   * @param name its name
   * @param uri an absolute URI
   * @return the field
   * @throws IllegalArgumentException if either is malformed or too long
   */
  public static CustomField ofLink(String name, String uri) {
    return new CustomField(Kind.LINK, name, uri);
  }

  /**
   * Whether it is a yes or no that says yes.
   *
   * @return true for {@link Kind#BOOLEAN} with the value {@code true}
   */
  public boolean isTrue() {
    return kind == Kind.BOOLEAN && value.equals("true");
  }

  /** Shows the kind only. */
  @Override
  public String toString() {
    return "CustomField[" + kind + ", redacted]";
  }

  private static void requireBoolean(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("custom field value must be true or false");
    }
  }

  private static void requireLink(String value) {
    Matcher link = ABSOLUTE.matcher(Checks.requiredLine("custom field value", value, 2_048));
    if (!link.matches()) {
      throw new IllegalArgumentException("custom field value must be an absolute URI");
    }
    if (SCRIPTS.contains(link.group(1).toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "custom field value must not be a link that runs as a script");
    }
  }
}
