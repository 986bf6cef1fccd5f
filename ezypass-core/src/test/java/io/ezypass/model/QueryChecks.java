package io.ezypass.model;

import static io.ezypass.model.ChecksTest.lines;
import static io.ezypass.model.ChecksTest.none;
import static io.ezypass.model.ChecksTest.nothing;
import static io.ezypass.model.ChecksTest.requiredLine;

import io.ezypass.model.ChecksTest.Bad;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bad input of custom fields, filters and searches. */
final class QueryChecks {
  private QueryChecks() {}

  static void add(List<Bad> all) {
    customFields(all);
    filters(all);
    searches(all);
  }

  private static void customFields(List<Bad> all) {
    requiredLine(
        all, "CustomField.ofText", "custom field name", 256, t -> CustomField.ofText(t, "v"));
    lines(all, "CustomField.ofText", "custom field value", 10_000, v -> CustomField.ofText("n", v));
    nothing(all, "CustomField.ofText", "custom field value", v -> CustomField.ofText("n", v));
    requiredLine(
        all,
        "CustomField.ofBoolean",
        "custom field name",
        256,
        t -> CustomField.ofBoolean(t, true));
    requiredLine(
        all, "CustomField.ofLink", "custom field name", 256, t -> CustomField.ofLink(t, "a:b"));
    requiredLine(
        all, "CustomField.ofLink", "custom field value", 2_048, v -> CustomField.ofLink("n", v));
    for (String bad :
        List.of(
            "canary",
            "example.com/canary",
            "//example.com/canary",
            "canary:",
            "1canary:x",
            " https://canary",
            "javascript:canary",
            "JavaScript:canary",
            "DATA:text/html,canary",
            "vbscript:canary")) {
      all.add(
          new Bad("CustomField.ofLink", "custom field value", () -> CustomField.ofLink("n", bad)));
    }
    for (String bad : List.of("", "TRUE", "yes", "1", "canary", " true")) {
      all.add(
          new Bad(
              "CustomField.new",
              "custom field value",
              () -> new CustomField(CustomField.Kind.BOOLEAN, "n", bad)));
    }
    all.add(
        new Bad("CustomField.new", "custom field kind", () -> new CustomField(none(), "a", "a")));
  }

  private static void filters(List<Bad> all) {
    requiredLine(all, "CredentialFilter.tagged", "tag", 128, CredentialFilter::tagged);
    requiredLine(all, "CredentialFilter.andTag", "tag", 128, CredentialFilter.favourites()::andTag);
    requiredLine(
        all,
        "CredentialFilter.new",
        "tag",
        128,
        tag -> new CredentialFilter(Arrays.asList(tag), false, null));
    all.add(
        new Bad("CredentialFilter.new", "tags", () -> new CredentialFilter(none(), false, null)));
    List<String> many = IntStream.range(0, 65).mapToObj(i -> "canary" + i).toList();
    all.add(new Bad("CredentialFilter.new", "tags", () -> new CredentialFilter(many, false, null)));
    CredentialFilter full = new CredentialFilter(many.subList(1, 65), false, null);
    all.add(new Bad("CredentialFilter.andTag", "tags", () -> full.andTag("canary")));
    all.add(
        new Bad(
            "CredentialFilter.andWebsiteKind", "website kind", () -> full.andWebsiteKind(none())));
    all.add(new Bad("CredentialFilter.matches", "meta", () -> full.matches(none())));
  }

  private static void searches(List<Bad> all) {
    requiredLine(all, "SearchQuery.of", "search text", 256, SearchQuery::of);
    requiredLine(all, "SearchQuery.new", "search text", 256, text -> new SearchQuery(text, 1));
    for (String noWord : List.of("-", "...", "🍕 !", "\u0301", "\u00ad")) {
      all.add(new Bad("SearchQuery.of", "search text", () -> SearchQuery.of(noWord)));
    }
    String many = IntStream.range(0, 33).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    all.add(new Bad("SearchQuery.of", "search text", () -> SearchQuery.of(many)));
    for (int limit : new int[] {Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE}) {
      all.add(new Bad("SearchQuery.new", "search limit", () -> new SearchQuery("a", limit)));
      SearchQuery query = SearchQuery.of("a");
      all.add(new Bad("SearchQuery.withLimit", "search limit", () -> query.withLimit(limit)));
    }
    all.add(new Bad("SearchHit.new", "credential", () -> new SearchHit(none(), 1, Set.of())));
    CredentialSummary summary = Summaries.of(CredentialContent.builder().website("a").build());
    all.add(new Bad("SearchHit.new", "fields", () -> new SearchHit(summary, 1, none())));
    all.add(new Bad("SearchRanking.of", "query", () -> SearchRanking.of(none())));
    SearchRanking ranking = SearchRanking.of(SearchQuery.of("a"));
    all.add(new Bad("SearchRanking.add", "credential", () -> ranking.add(none())));
  }
}
