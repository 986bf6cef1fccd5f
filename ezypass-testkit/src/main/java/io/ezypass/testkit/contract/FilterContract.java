package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.Website;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pages of what passes a filter: nothing else, each once, and tokens that are good for it only. */
abstract class FilterContract extends PageTokensContract {
  private static final CredentialFilter WORK = CredentialFilter.tagged("work");
  private static final CredentialFilter FAVOURITES = CredentialFilter.favourites();

  @Test
  void aFilterShowsWhatPassesIt() {
    Vault vault = newVault();
    CredentialContent work = Given.site("a.example").tags(List.of("Work", "code")).build();
    CredentialSummary both = vault.add(work.toBuilder().favourite(true).build()).summary();
    CredentialSummary tagged = vault.add(work).summary();
    CredentialSummary starred = vault.add(favourite("b.example")).summary();
    CredentialSummary named = vault.add(favourite("My Bank")).summary();
    CredentialSummary app =
        vault
            .add(Given.site("android://x@com.example.app").tags(List.of("WORK ")).build())
            .summary();

    Map<CredentialFilter, List<CredentialSummary>> expected =
        Map.of(
            CredentialFilter.everything(),
            List.of(both, tagged, starred, named, app),
            WORK,
            List.of(both, tagged, app),
            WORK.andTag("CODE"),
            List.of(both, tagged),
            FAVOURITES,
            List.of(both, starred, named),
            FAVOURITES.andTag("work"),
            List.of(both),
            FAVOURITES.andWebsiteKind(Website.Kind.NAME),
            List.of(named),
            WORK.andWebsiteKind(Website.Kind.APP),
            List.of(app),
            WORK.andTag("home"),
            List.of());

    expected.forEach(
        (filter, passing) ->
            assertThat(all(vault, filter, 2))
                .as("%s %s %s", filter.tags(), filter.favouritesOnly(), filter.websiteKind())
                .containsExactlyInAnyOrderElementsOf(passing));
  }

  @Test
  void filteredPagesShowEveryMatchOnceWhateverTheirSize() {
    Vault vault = vaultWhereEveryThirdIsWork(31);
    List<CredentialSummary> expected =
        vault.open().stream().filter(c -> WORK.matches(c.meta())).toList();

    assertThat(expected).hasSize(11);
    for (int limit : new int[] {1, 2, 3, 5, 10, 11, 12, 1_000}) {
      assertThat(all(vault, WORK, limit))
          .as("pages of %d", limit)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void aFullFilteredPageGoesOnBehindItsLastItem() {
    Vault vault = vaultWhereEveryThirdIsWork(31);
    List<CredentialId> order = ids(all(vault, WORK, 1_000));

    Page<CredentialSummary> first = vault.filter(WORK, PageRequest.first(4));
    assertThat(ids(first.items())).isEqualTo(order.subList(0, 4));
    // What stands between that item and the next match may become a match: it must not be lost.
    for (CredentialSummary other : vault.open()) {
      if (!order.contains(other.id())) {
        vault.edit(other.id(), c -> c.toBuilder().tags(List.of("work")).build());
      }
    }
    List<CredentialId> everything = ids(all(vault, CredentialFilter.everything(), 1_000));
    CredentialId last = order.get(3);

    assertThat(ids(Given.pagesAfter(Given.next(first), filtered(vault, WORK), 7)))
        .isEqualTo(everything.subList(everything.indexOf(last) + 1, everything.size()));
  }

  @Test
  void aFilteredListGoesOnWhileOthersComeAndGo() {
    Vault vault = vaultWhereEveryThirdIsWork(31);
    List<CredentialId> order = ids(all(vault, WORK, 1_000));
    Page<CredentialSummary> first = vault.filter(WORK, PageRequest.first(4));

    vault.delete(order.get(3), 1);
    vault.delete(order.get(5), 1);
    vault.edit(order.get(6), c -> c.toBuilder().tags(List.of()).build());

    assertThat(ids(Given.pagesAfter(Given.next(first), filtered(vault, WORK), 4)))
        .containsExactly(order.get(4), order.get(7), order.get(8), order.get(9), order.get(10));
  }

  @Test
  void whatHasExpiredPassesNoFilter() {
    Vault vault = newVault();
    vault.add(
        Given.site("a.example")
            .favourite(true)
            .expiresAt(clock().instant().plusSeconds(60))
            .build());
    assertThat(all(vault, FAVOURITES, 10)).hasSize(1);

    clock().advance(Duration.ofMinutes(2));

    assertThat(all(vault, FAVOURITES, 10)).isEmpty();
  }

  @Test
  void aFilteredTokenIsGoodForAnEqualFilter() {
    Vault vault = vaultWhereEveryThirdIsWork(13);
    PageToken token = Given.tokenAfter(filtered(vault, WORK), 2);
    PageToken returned = PageToken.of(token.value());

    assertThat(Given.pagesAfter(returned, filtered(vault, CredentialFilter.tagged(" WORK")), 2))
        .hasSize(3)
        .isEqualTo(Given.pagesAfter(token, filtered(vault, WORK), 100));
  }

  @Test
  void aFilteredTokenOfAnotherQueryOrUserIsRefused() {
    Vault vault = vaultWhereEveryThirdIsWork(13);
    Vault other = vaultWhereEveryThirdIsWork(13);
    CredentialFilter everything = CredentialFilter.everything();
    PageToken ofWork = Given.tokenAfter(filtered(vault, WORK), 2);
    PageToken ofEverything = Given.tokenAfter(filtered(vault, everything), 2);
    PageToken ofList = Given.tokenAfter(vault::list, 2);

    assertRefused(vault, WORK.andTag("code"), ofWork);
    assertRefused(vault, WORK.andFavourite(), ofWork);
    assertRefused(vault, WORK.andWebsiteKind(Website.Kind.HOST), ofWork);
    assertRefused(vault, everything, ofWork);
    assertRefused(vault, WORK, ofEverything);
    assertRefused(vault, WORK, ofList);
    assertRefused(vault, everything, ofList);
    assertRefused(other, WORK, ofWork);
    assertRefused(vault, WORK, edited(ofWork.value(), 10));
    assertThrows(
        InvalidPageTokenException.class, () -> vault.list(PageRequest.after(ofEverything, 2)));
    assertThrows(
        InvalidPageTokenException.class, () -> vaults().listUsers(PageRequest.after(ofWork, 2)));
  }

  @Test
  void aFilteredTokenIsGoodForADay() {
    Vault vault = vaultWhereEveryThirdIsWork(13);
    PageToken token = Given.tokenAfter(filtered(vault, WORK), 2);

    clock().advance(Duration.ofDays(1).minusMinutes(1));
    assertThat(Given.pagesAfter(token, filtered(vault, WORK), 2)).hasSize(3);

    clock().advance(Duration.ofMinutes(2));
    assertRefused(vault, WORK, token);
  }

  private static void assertRefused(Vault vault, CredentialFilter filter, PageToken token) {
    assertThrows(
        InvalidPageTokenException.class, () -> vault.filter(filter, PageRequest.after(token, 2)));
  }

  private static List<CredentialSummary> all(Vault vault, CredentialFilter filter, int limit) {
    return Given.allPages(filtered(vault, filter), limit);
  }

  private static Function<PageRequest, Page<CredentialSummary>> filtered(
      Vault vault, CredentialFilter filter) {
    return page -> vault.filter(filter, page);
  }

  private static List<CredentialId> ids(List<CredentialSummary> summaries) {
    return summaries.stream()
        .map(CredentialSummary::id)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static CredentialContent favourite(String website) {
    return Given.site(website).favourite(true).build();
  }

  private Vault vaultWhereEveryThirdIsWork(int count) {
    Vault vault = newVault();
    List<Credential> added =
        Threads.each(
            count,
            i ->
                vault.add(
                    Given.site("site-" + i % 5 + ".example")
                        .tags(List.of(i % 3 == 0 ? "work" : "home"))
                        .build()));
    assertThat(added).hasSize(count);
    return vault;
  }
}
