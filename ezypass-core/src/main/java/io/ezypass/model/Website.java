package io.ezypass.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a credential is used: a host, an app, or a plain name. Two websites are the same place when
 * {@link #kind()} and {@link #value()} agree, whatever was {@link #written()}.
 *
 * <p>The normalisation is part of the stored format; {@code docs/wire-format.md} has it as a table.
 *
 * @param kind what the text was understood as
 * @param value the normalised form
 * @param written what the user wrote, at most 2,048 characters
 */
public record Website(Kind kind, String value, String written) {
  /** The most characters that may be written. */
  public static final int MAX_CHARS = 2_048;

  /** What a website is. */
  public enum Kind {
    /** An internet host: lower case, without scheme, port, path, {@code www.} or trailing dot. */
    HOST,
    /** An installed app, {@code android://…@package}. */
    APP,
    /** Anything else: compared as folded text. */
    NAME
  }

  /**
   * Checks the parts; callers use {@link #of} or {@link #named}.
   *
   * @throws IllegalArgumentException if a part is missing or malformed
   */
  public Website {
    Checks.present("website kind", kind);
    // NFC can make a text three times as long.
    value = Checks.requiredLine("website", value, 3 * MAX_CHARS);
    written = Checks.requiredLine("website", written, MAX_CHARS);
  }

  /**
   * Understands what a user, a browser or a password export wrote: a URL, a host, an app URI, or
   * any name.
   *
   * @param written at most {@value #MAX_CHARS} characters, without control characters
   * @return the website
   * @throws IllegalArgumentException if the text is null, blank, too long or malformed
   */
  public static Website of(String written) {
    return WebsiteNormaliser.normalise(Checks.requiredLine("website", written, MAX_CHARS));
  }

  /**
   * A plain name, even if it looks like a host. Imports use it for entries with a title only.
   *
   * @param written at most {@value #MAX_CHARS} characters, without control characters
   * @return the website, of kind {@link Kind#NAME}
   * @throws IllegalArgumentException if the text is null, blank, too long or malformed
   */
  public static Website named(String written) {
    return WebsiteNormaliser.name(Checks.requiredLine("website", written, MAX_CHARS));
  }

  /**
   * Whether both are the same place.
   *
   * @param other the other one
   * @return true if kind and normalised value agree
   */
  public boolean isSamePlaceAs(@Nullable Website other) {
    return other != null && kind == other.kind && value.equals(other.value);
  }

  /**
   * The hosts above this one, nearest first, down to two labels: {@code a.b.example.com} gives
   * {@code b.example.com, example.com}. An IP address, an app and a name have none. There is no
   * public-suffix list behind it: {@code example.co.uk} gives {@code co.uk}.
   *
   * @return the parent domains, possibly none
   */
  public List<Website> parentDomains() {
    List<Website> parents = new ArrayList<>();
    if (kind == Kind.HOST && !WebsiteNormaliser.isAddress(value)) {
      String rest = value;
      for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
        rest = rest.substring(dot + 1);
        Website parent = new Website(Kind.HOST, rest, rest);
        // What would lose its "www." is stored under the next parent.
        if (rest.indexOf('.') >= 0 && parent.isSamePlaceAs(of(rest))) {
          parents.add(parent);
        }
      }
    }
    return List.copyOf(parents);
  }

  /** Shows the kind only. */
  @Override
  public String toString() {
    return "Website[" + kind + ", redacted]";
  }
}
