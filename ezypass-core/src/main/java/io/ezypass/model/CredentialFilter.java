package io.ezypass.model;

import io.ezypass.model.Website.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials of a vault are wanted: those that meet every condition. Two filters that ask
 * for the same are equal, whatever their tags' spelling and order.
 *
 * <p>Tags are compared folded, like websites that are plain names: runs of white space are one
 * space, those at the ends do not count, then Unicode NFC and lower case. Accents count.
 *
 * @param tags the credential has all of these; folded, sorted, each once, at most 64
 * @param favouritesOnly whether only favourites are wanted
 * @param websiteKind the kind of website; null for any
 */
public record CredentialFilter(
    List<String> tags, boolean favouritesOnly, @Nullable Kind websiteKind) {
  private static final CredentialFilter EVERYTHING = new CredentialFilter(List.of(), false, null);

  /**
   * Folds the tags; callers use the factories.
   *
   * @throws IllegalArgumentException if a tag is blank, malformed or longer than 128 characters, or
   *     there are more than 64
   */
  public CredentialFilter {
    tags = Checks.list("tags", tags, CredentialMeta.MAX_TAGS);
    tags =
        tags.stream()
            .map(tag -> Checks.requiredLine("tag", tag, CredentialMeta.MAX_TAG_CHARS))
            .map(WebsiteNormaliser::fold)
            .distinct()
            .sorted()
            .toList();
  }

  /**
   * No condition.
   *
   * @return the filter that every credential passes
   */
  public static CredentialFilter everything() {
    return EVERYTHING;
  }

  /**
   * One condition: a tag.
   *
   * @param tag 1 to 128 characters
   * @return the filter
   * @throws IllegalArgumentException if the tag is blank, malformed or too long
   */
  public static CredentialFilter tagged(String tag) {
    return EVERYTHING.andTag(tag);
  }

  /**
   * One condition: the mark of a favourite.
   *
   * @return the filter
   */
  public static CredentialFilter favourites() {
    return EVERYTHING.andFavourite();
  }

  /**
   * This and one tag more.
   *
   * @param tag 1 to 128 characters
   * @return the filter
   * @throws IllegalArgumentException if the tag is blank, malformed or too long, or the 65th
   */
  public CredentialFilter andTag(String tag) {
    Checks.present("tag", tag);
    List<String> more = Stream.concat(tags.stream(), Stream.of(tag)).toList();
    return new CredentialFilter(more, favouritesOnly, websiteKind);
  }

  /**
   * This, and only favourites.
   *
   * @return the filter
   */
  public CredentialFilter andFavourite() {
    return new CredentialFilter(tags, true, websiteKind);
  }

  /**
   * This, with websites of that kind only.
   *
   * @param kind the only kind that is wanted
   * @return the filter
   * @throws IllegalArgumentException if the kind is null
   */
  public CredentialFilter andWebsiteKind(Kind kind) {
    return new CredentialFilter(tags, favouritesOnly, Checks.present("website kind", kind));
  }

  /**
   * Whether a credential passes. Reads nothing, so it serves streams and lists that a caller has:
   * {@code vault.summaries().filter(c -> favourites.matches(c.meta()))}.
   *
   * @param meta of the credential
   * @return true if it meets every condition
   */
  public boolean matches(CredentialMeta meta) {
    Checks.present("meta", meta);
    return (!favouritesOnly || meta.favourite())
        && (websiteKind == null || websiteKind == meta.website().kind())
        && (tags.isEmpty()
            || meta.tags().stream().map(WebsiteNormaliser::fold).toList().containsAll(tags));
  }

  /** Shows nothing that the user wrote. */
  @Override
  public String toString() {
    return "CredentialFilter[redacted]";
  }
}
