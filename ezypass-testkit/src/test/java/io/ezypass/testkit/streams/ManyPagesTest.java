package io.ezypass.testkit.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.SearchHit;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.UserId;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.contract.BlockingVaultRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vaults that take many Queries, and Queries that return nothing and are not the last. */
class ManyPagesTest {
  private static final UserId TAHIR = UserId.of("tahir");
  private static final int COUNT = 12;
  private static final Set<Integer> FAVOURITES = Set.of(0, 6, 11);

  /** With one row a Query, the first ones of a vault hold neither its keys nor a credential. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void readsOnOverPagesThatShowNothing(int rows) {
    try (SmallPages process = new SmallPages(rows)) {
      List<CredentialId> ids = fill(process.local());
      for (VaultRepository vaults : twins(process)) {
        process.evict(TAHIR);
        Vault vault = vaults.vault(TAHIR);

        assertThat(ids(vault.open())).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids(vault.summaries().toList())).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(vault.credentials().map(c -> c.id())).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(vault.search(SearchQuery.of("site")))
            .extracting(hit -> hit.credential().id())
            .containsExactlyInAnyOrderElementsOf(ids);
        for (int limit : new int[] {1, 3, 100}) {
          assertThat(ids(filtered(vault, CredentialFilter.everything(), limit)))
              .containsExactlyInAnyOrderElementsOf(ids);
          assertThat(ids(filtered(vault, CredentialFilter.favourites(), limit)))
              .containsExactlyInAnyOrder(ids.get(0), ids.get(6), ids.get(11));
        }
      }
    }
  }

  @Test
  void aFilteredPageThatFindsNothingEndsAfterEightQueriesAndHasANextOne() {
    try (SmallPages process = new SmallPages(1)) {
      fill(process.local());
      for (VaultRepository vaults : twins(process)) {
        Vault vault = vaults.vault(TAHIR);
        vault.open();
        process.local().resetCounts();
        CredentialFilter nothing = CredentialFilter.tagged("nothing");

        Page<CredentialSummary> first = vault.filter(nothing, PageRequest.first(10));
        assertThat(first.items()).isEmpty();
        assertThat(first.isLast()).isFalse();
        assertThat(process.local().calls().counts()).containsEntry("Query", 8).hasSize(1);

        assertThat(filtered(vault, nothing, 10)).isEmpty();
      }
    }
  }

  /** More than a megabyte, in both ways of reading it. */
  @Test
  void searchingTwoThousandCredentialsSendsTheQueriesOfListingThem() {
    int count = 2_000;
    try (SmallPages process = new SmallPages(600)) {
      Vault filling = register(process.local());
      IntStream.range(0, count)
          .parallel()
          .forEach(
              i ->
                  filling.add(
                      site((char) ('a' + i % 26) + ".example")
                          .title("Title " + i)
                          .description("d".repeat(400))
                          .build()));
      List<VaultRepository> all = new ArrayList<>(twins(process));
      all.add(process.local().repository());
      for (VaultRepository vaults : all) {
        Vault vault = vaults.vault(TAHIR);
        vault.open(); // from here on the keys are cached
        process.local().resetCounts();
        assertThat(vault.summaries()).hasSize(count);
        Map<String, Integer> listing = process.local().calls().counts();
        process.local().resetCounts();

        List<SearchHit> one = vault.search(SearchQuery.of("title 1234"));

        assertThat(process.local().calls().counts()).isEqualTo(listing).containsOnlyKeys("Query");
        assertThat(listing.get("Query")).isGreaterThan(1);
        assertThat(process.local().kms().callCounts()).isEmpty();
        assertThat(one).extracting(hit -> hit.credential().title()).containsExactly("Title 1234");
        // 19, 190 to 199, 1900 to 1999
        assertThat(vault.search(SearchQuery.of("title 19").withLimit(1_000))).hasSize(111);
      }
    }
  }

  /** Twelve that are shown; one of them has moved, and one more has expired. */
  private static List<CredentialId> fill(EzyPassLocal local) {
    Vault vault = register(local);
    List<CredentialId> ids = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      CredentialContent.Builder content = site("site-" + i + ".example");
      ids.add(vault.add(content.favourite(FAVOURITES.contains(i)).build()).id());
    }
    vault.edit(ids.get(3), seen -> seen.toBuilder().website("site-x.example").build());
    vault.add(site("site.example").expiresAt(local.clock().instant().plusSeconds(60)).build());
    local.clock().advance(Duration.ofMinutes(2));
    return ids;
  }

  private static Vault register(EzyPassLocal local) {
    local.repository().register(NewUser.withId(TAHIR));
    return local.repository().vault(TAHIR);
  }

  private static CredentialContent.Builder site(String website) {
    return CredentialContent.builder().website(website);
  }

  private static List<VaultRepository> twins(SmallPages process) {
    return List.of(process.vaults(), BlockingVaultRepository.of(process.asyncVaults()));
  }

  /** As a caller does it. */
  private static List<CredentialSummary> filtered(Vault vault, CredentialFilter filter, int limit) {
    List<CredentialSummary> all = new ArrayList<>();
    @Nullable PageToken next = null;
    do {
      Page<CredentialSummary> page = vault.filter(filter, new PageRequest(limit, next));
      all.addAll(page.items());
      next = page.next();
    } while (next != null);
    return all;
  }

  private static List<CredentialId> ids(List<CredentialSummary> summaries) {
    return summaries.stream().map(CredentialSummary::id).toList();
  }
}
