package io.ezypass.model;

import java.net.IDN;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes credentials one by one and keeps the best hits of a query, never more than its limit. What
 * {@code Vault.search} does with a vault, this does with summaries that a caller has.
 *
 * <p>Not thread safe.
 */
public final class SearchRanking {
  private static final Set<SearchHit.Field> MAIN =
      EnumSet.of(SearchHit.Field.WEBSITE, SearchHit.Field.TITLE, SearchHit.Field.LOGIN);

  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://");

  private final Set<String> wanted;
  private final int limit;

  /** The worst of the kept hits is at its head. */
  private final PriorityQueue<SearchHit> kept =
      new PriorityQueue<>(SearchHit.BEST_FIRST.reversed());

  private SearchRanking(SearchQuery query) {
    wanted = SearchWords.of(query.text());
    limit = query.limit();
  }

  /**
   * An empty ranking.
   *
   * @param query what is looked for
   * @return the ranking
   * @throws IllegalArgumentException if the query is null
   */
  public static SearchRanking of(SearchQuery query) {
    return new SearchRanking(Checks.present("query", query));
  }

  /**
   * Looks at one credential.
   *
   * @param credential kept if it fits and is among the best so far
   * @throws IllegalArgumentException if the credential is null
   */
  public void add(CredentialSummary credential) {
    SearchHit hit = hit(Checks.present("credential", credential));
    if (hit != null) {
      kept.add(hit);
      if (kept.size() > limit) {
        kept.remove();
      }
    }
  }

  /**
   * The hits so far.
   *
   * @return the best first, see {@link SearchHit#BEST_FIRST}
   */
  public List<SearchHit> best() {
    List<SearchHit> hits = new ArrayList<>(kept);
    hits.sort(SearchHit.BEST_FIRST);
    return List.copyOf(hits);
  }

  /** Null if a word is found nowhere. */
  private @Nullable SearchHit hit(CredentialSummary credential) {
    Map<SearchHit.Field, Set<String>> words = words(credential.meta());
    Set<SearchHit.Field> found = EnumSet.noneOf(SearchHit.Field.class);
    int score = 0;
    for (String word : wanted) {
      int best = 0;
      for (Map.Entry<SearchHit.Field, Set<String>> field : words.entrySet()) {
        int points = points(word, field.getKey(), field.getValue());
        if (points > 0) {
          found.add(field.getKey());
          best = Math.max(best, points);
        }
      }
      if (best == 0) {
        return null;
      }
      score += best;
    }
    return new SearchHit(credential, score, found);
  }

  /** A whole word is worth more than a beginning, wherever it is; then it depends on the field. */
  private static int points(String word, SearchHit.Field field, Set<String> words) {
    int whole = words.contains(word) ? 2 : 0;
    if (whole == 0 && words.stream().noneMatch(other -> other.startsWith(word))) {
      return 0;
    }
    return whole + (MAIN.contains(field) ? 2 : 1);
  }

  private static Map<SearchHit.Field, Set<String>> words(CredentialMeta meta) {
    Map<SearchHit.Field, Set<String>> words = new EnumMap<>(SearchHit.Field.class);
    Website website = meta.website();
    add(words, SearchHit.Field.WEBSITE, website.value());
    add(words, SearchHit.Field.TITLE, meta.title());
    add(words, SearchHit.Field.LOGIN, meta.login());
    meta.tags().forEach(tag -> add(words, SearchHit.Field.TAGS, tag));
    meta.urls().forEach(url -> add(words, SearchHit.Field.URLS, withoutScheme(url)));
    if (website.kind() == Website.Kind.HOST) {
      add(words, SearchHit.Field.WEBSITE, IDN.toUnicode(website.value()));
      add(words, SearchHit.Field.URLS, withoutScheme(website.written()));
    }
    add(words, SearchHit.Field.DESCRIPTION, meta.description());
    return words;
  }

  private static void add(
      Map<SearchHit.Field, Set<String>> words, SearchHit.Field field, @Nullable String text) {
    if (text != null) {
      words.computeIfAbsent(field, f -> new LinkedHashSet<>()).addAll(SearchWords.of(text));
    }
  }

  /** Nearly every URL begins with https, which nobody looks for. */
  private static String withoutScheme(String url) {
    return SCHEME.matcher(url).replaceFirst("");
  }
}
