package io.ezypass.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.SearchHit.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchRankingTest {
  private static final CredentialSummary BANK =
      Summaries.of(
          CredentialContent.builder()
              .website("https://www.M\u00fcnchen-Bank.de/konto")
              .title("Sparbuch")
              .login("ana@example.com")
              .tags(List.of("geld", "Privat sache"))
              .urls(List.of("https://login.bankhaus.example/start?next=http://weiter"))
              .description("Vertrag 4711\nFiliale Stra\u00dfe")
              .field("custom", "feld")
              .hiddenField("verborgen", Secret.of("geheim"))
              .password(Secret.of("kennwort"))
              .notes(Secret.of("notiz"))
              .build());

  @ParameterizedTest
  @CsvSource({
    "munchen, 4, WEBSITE", // written so, stored as xn--mnchen-bank-…
    "MÜNCHEN, 4, WEBSITE",
    "sparbuch, 4, TITLE",
    "Spar, 2, TITLE",
    "ana, 4, LOGIN",
    "geld, 3, TAGS",
    "sache, 3, TAGS",
    "priv, 1, TAGS",
    "bankhaus, 3, URLS",
    "konto, 3, URLS",
    "weiter, 3, URLS",
    "vertrag, 3, DESCRIPTION",
    "471, 1, DESCRIPTION",
    "strasse, 3, DESCRIPTION"
  })
  void findsWordsAndTheirBeginnings(String text, int score, Field field) {
    List<SearchHit> hits = search(text, BANK);

    assertThat(hits).extracting(SearchHit::score).containsExactly(score);
    assertThat(hits.get(0).fields()).contains(field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parbuch", // no beginning of a word
        "https", // every URL has it
        "custom",
        "feld",
        "verborgen",
        "geheim",
        "kennwort",
        "notiz",
        "sparbuch fehlt"
      })
  void findsNothingElse(String text) {
    assertThat(search(text, BANK)).isEmpty();
  }

  @Test
  void theSchemeOfAUrlIsNotSearchedButAnotherUrlInsideIs() {
    assertThat(search("http", BANK).get(0).fields()).containsExactly(Field.URLS);
  }

  @Test
  void everyWordCountsWhereverItIs() {
    SearchHit hit = search("vertr bank geld", BANK).get(0);

    assertThat(hit.score()).isEqualTo(1 + 4 + 3);
    assertThat(hit.fields())
        .isEqualTo(Set.of(Field.WEBSITE, Field.URLS, Field.TAGS, Field.DESCRIPTION));
    assertThat(search("geld GELD", BANK).get(0).score()).isEqualTo(3);
  }

  @Test
  void aWholeWordComesBeforeABeginningAndTheMainFieldsBeforeTheOthers() {
    CredentialSummary title = named("a.example", "git");
    CredentialSummary login = Summaries.of(site("b.example").login("git").build());
    CredentialSummary tag = Summaries.of(site("c.example").tags(List.of("git")).build());
    CredentialSummary url = Summaries.of(site("d.example").urls(List.of("x://y/git")).build());
    CredentialSummary website = Summaries.of(site("github.com").build());
    CredentialSummary description = Summaries.of(site("e.example").description("gitarre").build());

    assertThat(search("git", description, website, url, tag, login, title))
        .extracting(SearchHit::credential)
        .containsExactly(login, title, tag, url, website, description);
  }

  @Test
  void equalScoresAreOrderedByWhatIsShown() {
    CredentialSummary none = Summaries.of(site("b-x.example").build());
    CredentialSummary upper = named("x.example", "C x");
    CredentialSummary lower = named("x.example", "a x");
    CredentialSummary accent = named("x.example", "\u00e4 x");
    CredentialSummary first = Summaries.of("A".repeat(28), site("x.example").title("d x").build());
    CredentialSummary second = Summaries.of("B".repeat(28), site("x.example").title("D x").build());
    List<CredentialSummary> expected = List.of(lower, accent, none, upper, first, second);

    List<CredentialSummary> shuffled = new ArrayList<>(expected);
    long seed = Long.getLong("ezypass.seed", System.nanoTime());
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(shuffled, new Random(seed + round));
      assertThat(search("x", shuffled.toArray(CredentialSummary[]::new)))
          .as("-Dezypass.seed=%d", seed)
          .extracting(SearchHit::credential)
          .isEqualTo(expected);
    }
  }

  @Test
  void keepsTheBestWhateverTheOrder() {
    long seed = Long.getLong("ezypass.seed", System.nanoTime());
    Random random = new Random(seed);
    List<CredentialSummary> many =
        IntStream.range(0, 500)
            .mapToObj(i -> named("site" + random.nextInt(9) + ".example", "t" + i % 50))
            .toList();
    List<SearchHit> all = best(SearchQuery.of("s t").withLimit(1_000), many);

    assertThat(all).as("-Dezypass.seed=%d", seed).hasSize(500);
    assertThat(all).isSortedAccordingTo(Comparator.nullsFirst(SearchHit.BEST_FIRST));
    for (int limit : new int[] {1, 2, 49, 499, 500}) {
      List<CredentialSummary> shuffled = new ArrayList<>(many);
      Collections.shuffle(shuffled, random);
      assertThat(best(SearchQuery.of("s t").withLimit(limit), shuffled))
          .as("-Dezypass.seed=%d, limit %d", seed, limit)
          .isEqualTo(all.subList(0, limit));
    }
  }

  @Test
  void theLongestFieldsAreSearched() {
    CredentialSummary longest =
        Summaries.of(
            site("x.example")
                .title("a ".repeat(512))
                .urls(Collections.nCopies(64, "u".repeat(2_048)))
                .tags(Collections.nCopies(64, "\ufdfa".repeat(128)))
                .description("\u0301\ud83d\ude00".repeat(3_000) + "end")
                .build());

    assertThat(search("end uuu a", longest)).hasSize(1);
    assertThat(search("\ufdfa".repeat(256).substring(0, 1), longest)).hasSize(1);
  }

  @Test
  void anAppIsFoundByItsPackageAndANameByItsWords() {
    CredentialSummary app = Summaries.of(site("android://SecretHash@com.example.vault").build());
    CredentialSummary name = Summaries.of(site("My B\u00e4nk").build());

    assertThat(search("vault", app)).hasSize(1);
    assertThat(search("secrethash", app)).isEmpty();
    assertThat(search("bank my", name)).hasSize(1);
  }

  private static List<SearchHit> search(String text, CredentialSummary... vault) {
    return best(SearchQuery.of(text), List.of(vault));
  }

  private static List<SearchHit> best(SearchQuery query, List<CredentialSummary> vault) {
    SearchRanking ranking = SearchRanking.of(query);
    vault.forEach(ranking::add);
    return ranking.best();
  }

  private static CredentialContent.Builder site(String website) {
    return CredentialContent.builder().website(website);
  }

  private static CredentialSummary named(String website, String title) {
    return Summaries.of(site(website).title(title).build());
  }
}
