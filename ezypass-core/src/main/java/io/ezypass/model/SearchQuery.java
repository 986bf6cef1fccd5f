package io.ezypass.model;

/**
 * What to look for in a vault. A credential is found if each word of the text is the beginning of a
 * word of its website, title, login name, tags, URLs or description. Case, accents and width do not
 * count: {@code zurich} finds Zürich, {@code strasse} finds Straße. Words are runs of letters and
 * digits, so that a host is cut at dots and hyphens; a Chinese character is a word of its own.
 *
 * @param text 1 to 256 characters of one line, with 1 to 32 different words
 * @param limit the most hits wanted, 1 to 1,000
 */
public record SearchQuery(String text, int limit) {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_WORDS = 32;

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException naming the part that is missing, malformed, too long or out of
   *     range; a text with neither letter nor digit is refused too
   */
  public SearchQuery {
    text = Checks.requiredLine("search text", text, 256);
    int words = SearchWords.of(text).size();
    if (words == 0) {
      throw new IllegalArgumentException("search text must have a letter or a digit");
    }
    if (words > MAX_WORDS) {
      throw new IllegalArgumentException(
          "search text must have at most " + MAX_WORDS + " words, but has " + words);
    }
    if (limit < 1 || limit > 1_000) {
      throw new IllegalArgumentException("search limit must be 1 to 1000, but is " + limit);
    }
  }

  /**
   * The best 50 hits.
   *
   * @param text 1 to 256 characters, with a letter or a digit
   * @return the query
   * @throws IllegalArgumentException if the text is malformed, too long, or has no word
   */
  public static SearchQuery of(String text) {
    return new SearchQuery(text, DEFAULT_LIMIT);
  }

  /**
   * The same text with another limit.
   *
   * @param most the most hits wanted, 1 to 1,000
   * @return the query
   * @throws IllegalArgumentException if the limit is out of range
   */
  public SearchQuery withLimit(int most) {
    return new SearchQuery(text, most);
  }

  /** Shows the limit only. */
  @Override
  public String toString() {
    return "SearchQuery[limit=" + limit + ", redacted]";
  }
}
