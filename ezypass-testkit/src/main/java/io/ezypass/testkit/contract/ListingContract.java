package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Opening a vault at once, page by page, and as streams. */
abstract class ListingContract extends FindByWebsiteContract {
  @Test
  void anEmptyVaultIsEmpty() {
    Vault vault = newVault();

    assertThat(vault.open()).isEmpty();
    assertThat(Given.allPages(vault::list, 10)).isEmpty();
    assertThat(vault.summaries()).isEmpty();
    assertThat(vault.credentials()).isEmpty();
  }

  @Test
  void openingShowsEveryCredential() {
    Vault vault = newVault();
    List<Credential> added = fill(vault, 25);

    assertThat(vault.open())
        .containsExactlyInAnyOrderElementsOf(added.stream().map(Credential::summary).toList());
  }

  @Test
  void onlyTheOwnVaultIsOpened() {
    Vault vault = newVault();
    Vault other = newVault();
    CredentialSummary mine = vault.add(Given.login("github.com", "tahir")).summary();
    CredentialSummary theirs = other.add(Given.login("github.com", "tahir")).summary();

    assertThat(vault.open()).containsExactly(mine);
    assertThat(other.open()).containsExactly(theirs);
    assertThat(vault.credentials().map(Credential::owner)).containsExactly(vault.owner());
  }

  @Test
  void pagesShowEveryCredentialOnce() {
    Vault vault = newVault();
    List<CredentialSummary> added = fill(vault, 25).stream().map(Credential::summary).toList();

    for (int limit : new int[] {1, 5, 7, 24, 25, 26, 1_000}) {
      assertThat(Given.allPages(vault::list, limit))
          .as("pages of %d", limit)
          .containsExactlyInAnyOrderElementsOf(added);
    }
  }

  @Test
  void streamsShowEveryCredential() {
    Vault vault = newVault();
    List<Credential> added = fill(vault, 25);

    assertThat(vault.summaries())
        .containsExactlyInAnyOrderElementsOf(added.stream().map(Credential::summary).toList());
    assertThat(vault.credentials()).containsExactlyInAnyOrderElementsOf(added);
  }

  @Test
  void aStreamReadsWhenItIsConsumed() {
    Vault vault = newVault();
    Stream<CredentialSummary> summaries = vault.summaries();
    Stream<Credential> credentials = vault.credentials().filter(c -> c.version() == 1);

    Credential added = vault.add(Given.login("github.com", "tahir"));

    assertThat(summaries.toList()).containsExactly(added.summary());
    assertThat(credentials.toList()).containsExactly(added);
  }

  @Test
  void aStreamFailsWhenItIsConsumed() {
    Vault vault = vaults().vault(UserId.of("unknown"));
    Stream<CredentialSummary> summaries = vault.summaries();
    Stream<Credential> credentials = vault.credentials();

    Assertions.assertThrows(UserNotFoundException.class, summaries::toList);
    Assertions.assertThrows(UserNotFoundException.class, credentials::findFirst);
  }

  @Test
  void aStreamIsSequential() {
    Vault vault = newVault();

    assertThat(vault.summaries().isParallel()).isFalse();
    assertThat(vault.credentials().isParallel()).isFalse();
  }

  @Test
  void aStreamMayBeLeftEarly() {
    Vault vault = newVault();
    List<Credential> added = fill(vault, 25);

    assertThat(vault.summaries().limit(3).toList()).hasSize(3).doesNotHaveDuplicates();
    assertThat(vault.credentials().findFirst()).isPresent().get().isIn(added);
    try (Stream<CredentialSummary> unread = vault.summaries()) {
      assertThat(unread).isNotNull();
    }
  }

  @Test
  void aListGoesOnWhileOthersComeAndGo() {
    Vault vault = newVault();
    List<CredentialId> added = fill(vault, 30).stream().map(Credential::id).toList();
    Page<CredentialSummary> first = vault.list(PageRequest.first(10));
    List<CredentialId> seen = ids(first.items());
    List<CredentialId> unseen = added.stream().filter(id -> !seen.contains(id)).toList();

    seen.stream().skip(1).forEach(id -> vault.delete(id, 1));
    unseen.subList(0, 5).forEach(id -> vault.delete(id, 1));
    unseen.subList(5, 10).forEach(id -> vault.edit(id, c -> c.toBuilder().title("t").build()));
    List<CredentialId> late = fill(vault, 5).stream().map(Credential::id).toList();

    List<CredentialId> rest = ids(Given.pagesAfter(Given.next(first), vault::list, 10));
    assertThat(rest).doesNotHaveDuplicates().doesNotContainAnyElementsOf(seen);
    assertThat(rest).containsAll(unseen.subList(5, unseen.size()));
    assertThat(rest).doesNotContainAnyElementsOf(unseen.subList(0, 5));
    assertThat(rest.stream().filter(id -> !added.contains(id))).isSubsetOf(late);
  }

  private static List<Credential> fill(Vault vault, int count) {
    return Threads.each(
        count, i -> vault.add(Given.login("site-" + i % 10 + ".example", "login " + i)));
  }

  private static List<CredentialId> ids(List<CredentialSummary> summaries) {
    return summaries.stream().map(CredentialSummary::id).toList();
  }
}
