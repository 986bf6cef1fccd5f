package io.ezypass.model;

import java.util.Comparator;
import java.util.Set;

/**
 * A credential that a search found.
 *
 * @param credential the credential, without its secrets
 * @param score how well it fits: for each word of the query the best of 4 (a whole word of website,
 *     title or login name), 3 (a whole word of tags, URLs or description), 2 and 1 (the beginning
 *     of such a word), added up; to be compared within one query only
 * @param fields where words of the query were found
 */
public record SearchHit(CredentialSummary credential, int score, Set<Field> fields) {
  /**
   * The order of results: the higher score first; then by what a list shows, which is the title, or
   * the website where there is none, without regard to case and accents; then by website; then by
   * id. So equal vaults give equal results.
   */
  public static final Comparator<SearchHit> BEST_FIRST =
      Comparator.comparingInt(SearchHit::score)
          .reversed()
          .thenComparing(SearchHit::label)
          .thenComparing(hit -> hit.credential().website().value())
          .thenComparing(hit -> hit.credential().id().value());

  /** Where words are looked for. */
  public enum Field {
    /** The website; of a host in Punycode the readable form as well. */
    WEBSITE,
    /** The title. */
    TITLE,
    /** The login name. */
    LOGIN,
    /** The tags. */
    TAGS,
    /** The URLs, and the website as it was written, without their schemes. */
    URLS,
    /** The description. */
    DESCRIPTION
  }

  /** Copies the fields. */
  public SearchHit {
    Checks.present("credential", credential);
    fields = Set.copyOf(Checks.present("fields", fields));
  }

  /** Shows the credential's ids and the score only. */
  @Override
  public String toString() {
    return "SearchHit[" + credential + ", score=" + score + "]";
  }

  private String label() {
    String title = credential.title();
    return SearchWords.fold(title == null ? credential.website().value() : title);
  }
}
