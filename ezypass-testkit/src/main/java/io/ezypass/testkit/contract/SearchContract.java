package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.SearchHit;
import io.ezypass.model.SearchHit.Field;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Searching one vault by the beginnings of words, the best hits first. */
abstract class SearchContract extends FilterContract {
  @Test
  void aSearchFindsWordsInWhatAListShows() {
    Vault vault = newVault();
    CredentialSummary all = vault.add(Given.everything(clock().instant())).summary();
    vault.add(Given.login("example.org", "somebody"));

    for (String text :
        List.of("github", "GIT", "tahir", "Code", "gist", "private", "work com", "ＧｉｔＨｕｂ")) {
      assertThat(vault.search(SearchQuery.of(text)))
          .as(text)
          .extracting(SearchHit::credential)
          .containsExactly(all);
    }
    assertThat(vault.search(SearchQuery.of("work tahir")).get(0).fields())
        .isEqualTo(Set.of(Field.LOGIN, Field.TAGS, Field.DESCRIPTION));
  }

  @Test
  void aSearchFindsNoSecretAndNoCustomField() {
    Vault vault = newVault();
    vault.add(Given.everything(clock().instant()));

    for (String text :
        List.of(
            "correct",
            "horse",
            "second line",
            "otpauth",
            "JBSWY3DPEHPK3PXP",
            "recovery",
            "12345",
            "organisation",
            "ithub",
            "code missing")) {
      assertThat(vault.search(SearchQuery.of(text))).as(text).isEmpty();
    }
  }

  @Test
  void accentsAndCaseDoNotCount() {
    Vault vault = newVault();
    CredentialSummary stored =
        vault
            .add(Given.site("mu\u0308nchen.de").title("Stra\u00dfe").login("JOS\u00c9").build())
            .summary();

    for (String text :
        List.of("munchen", "M\u00dcNCHEN", "strasse", "STRASSE", "jose", "jos\u00e9")) {
      assertThat(vault.search(SearchQuery.of(text)))
          .as(text)
          .extracting(SearchHit::credential)
          .containsExactly(stored);
    }
  }

  @Test
  void theBestHitsComeFirst() {
    Vault vault = newVault();
    CredentialSummary beginning = vault.add(Given.site("gitlab.com").build()).summary();
    CredentialSummary whole = vault.add(Given.site("b.example").title("Git").build()).summary();
    CredentialSummary described =
        vault.add(Given.site("c.example").description("gitarre").build()).summary();
    CredentialSummary tagged =
        vault.add(Given.site("d.example").tags(List.of("git")).build()).summary();
    CredentialSummary same = vault.add(Given.site("a.example").title("git").build()).summary();

    List<SearchHit> hits = vault.search(SearchQuery.of("git"));

    assertThat(hits)
        .extracting(SearchHit::credential)
        .containsExactly(same, whole, tagged, beginning, described);
    assertThat(hits).extracting(SearchHit::score).containsExactly(4, 4, 3, 2, 1);
    for (int limit = 1; limit <= 5; limit++) {
      assertThat(vault.search(SearchQuery.of("git").withLimit(limit)))
          .isEqualTo(hits.subList(0, limit));
    }
  }

  @Test
  void aSearchStaysInTheVaultAndSeesItAsItIs() {
    Vault vault = newVault();
    Vault other = newVault();
    other.add(Given.login("github.com", "tahir"));
    SearchQuery github = SearchQuery.of("github");
    assertThat(vault.search(github)).isEmpty();

    CredentialSummary added = vault.add(Given.login("github.com", "tahir")).summary();
    assertThat(vault.search(github)).extracting(SearchHit::credential).containsExactly(added);

    vault.edit(
        added.id(), c -> c.toBuilder().website("gitlab.com").password(Secret.of("x")).build());
    assertThat(vault.search(github)).isEmpty();
    assertThat(vault.search(SearchQuery.of("gitlab"))).hasSize(1);

    vault.delete(added.id(), 2);
    assertThat(vault.search(SearchQuery.of("gitlab"))).isEmpty();
  }

  @Test
  void whatHasExpiredIsNotFound() {
    Vault vault = newVault();
    vault.add(Given.site("github.com").expiresAt(clock().instant().plusSeconds(60)).build());

    clock().advance(Duration.ofMinutes(2));

    assertThat(vault.search(SearchQuery.of("github"))).isEmpty();
  }
}
