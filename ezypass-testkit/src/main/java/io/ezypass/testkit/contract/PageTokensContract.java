package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.model.Actor;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page token is good for one list of one user in one table, for a day. */
abstract class PageTokensContract extends ListingContract {
  @Test
  void aTokenMayBeUsedAgain() {
    Vault vault = vaultOfNine();
    PageToken token = Given.tokenAfter(vault::list, 3);

    List<CredentialSummary> once = Given.pagesAfter(token, vault::list, 3);
    List<CredentialSummary> again = Given.pagesAfter(token, vault::list, 3);

    assertThat(once).hasSizeGreaterThanOrEqualTo(6);
    assertThat(again).isEqualTo(once);
  }

  @Test
  void aTokenGoesOnWithPagesOfAnotherSize() {
    Vault vault = vaultOfNine();
    Page<CredentialSummary> first = vault.list(PageRequest.first(3));

    List<CredentialSummary> all = new ArrayList<>(first.items());
    all.addAll(Given.pagesAfter(Given.next(first), vault::list, 100));

    assertThat(all).containsExactlyInAnyOrderElementsOf(vault.open());
  }

  @Test
  void aTokenIsGoodForWhoeverActs() {
    Vault vault = vaultOfNine();
    PageToken token = Given.tokenAfter(vault::list, 3);
    Vault byAnother = vaults().as(Actor.of("support")).vault(vault.owner());

    assertThat(Given.pagesAfter(token, byAnother::list, 3))
        .isEqualTo(Given.pagesAfter(token, vault::list, 3));
  }

  @Test
  void aTokenSurvivesATextualDetour() {
    Vault vault = vaultOfNine();
    PageToken token = Given.tokenAfter(vault::list, 3);

    PageToken returned = PageToken.of(token.value());

    assertThat(Given.pagesAfter(returned, vault::list, 3))
        .isEqualTo(Given.pagesAfter(token, vault::list, 3));
  }

  @Test
  void aTokenSaysNothing() {
    Vault vault = vaultOfNine();
    String token = Given.tokenAfter(vault::list, 3).value();

    String decoded = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.ISO_8859_1);

    assertThat(decoded).doesNotContain(vault.owner().value(), "CRED", "site.example");
    for (CredentialSummary summary : vault.open()) {
      assertThat(decoded).doesNotContain(summary.id().value());
      assertThat(token).doesNotContain(summary.id().value());
    }
  }

  @Test
  void anEditedTokenIsRefused() {
    Vault vault = vaultOfNine();
    String token = Given.tokenAfter(vault::list, 3).value();

    for (int index = 0; index < token.length() - 1; index += 5) {
      assertRefused(vault, edited(token, index));
    }
    assertRefused(vault, PageToken.of(token.substring(4)));
    assertRefused(vault, PageToken.of(token.substring(0, token.length() - 4)));
    assertRefused(vault, PageToken.of(token + "AAAA"));
    assertThat(Given.pagesAfter(PageToken.of(token), vault::list, 3))
        .hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void aTextThatNeverWasATokenIsRefused() {
    Vault vault = vaultOfNine();

    assertRefused(vault, PageToken.of("A"));
    assertRefused(vault, PageToken.of("nonsense"));
    assertRefused(vault, PageToken.of("_".repeat(4_096)));
  }

  @Test
  void aTokenOfAnotherUserIsRefused() {
    Vault vault = vaultOfNine();
    PageToken theirs = Given.tokenAfter(vaultOfNine()::list, 3);

    assertRefused(vault, theirs);
  }

  @Test
  void aTokenOfAnotherListIsRefused() {
    Vault vault = vaultOfNine();
    Threads.each(9, i -> vaults().register(NewUser.withId(UserId.random())));
    PageToken ofVault = Given.tokenAfter(vault::list, 3);
    PageToken ofUsers = Given.tokenAfter(vaults()::listUsers, 3);

    assertRefused(vault, ofUsers);
    assertThrows(
        InvalidPageTokenException.class, () -> vaults().listUsers(PageRequest.after(ofVault, 3)));
  }

  @Test
  void aTokenOfAnotherTableIsRefused() {
    Vault vault = vaultOfNine();
    PageToken token = Given.tokenAfter(vault::list, 3);
    ContractTarget other = anotherTarget();
    other.repository().register(NewUser.withId(vault.owner()));

    assertRefused(other.repository().vault(vault.owner()), token);
  }

  @Test
  void aTokenIsGoodForADay() {
    Vault vault = vaultOfNine();
    PageToken token = Given.tokenAfter(vault::list, 3);
    List<CredentialSummary> rest = Given.pagesAfter(token, vault::list, 3);

    clock().advance(Duration.ofDays(1).minusMinutes(1));
    assertThat(Given.pagesAfter(token, vault::list, 3)).isEqualTo(rest);

    clock().advance(Duration.ofMinutes(2));
    assertRefused(vault, token);
  }

  @Test
  void aTokenDiesWithItsUser() {
    Vault vault = vaultOfNine();
    PageToken token = Given.tokenAfter(vault::list, 3);
    UserDeletion deletion = vaults().deleteUser(vault.owner());
    moveClockTo(deletion.finalFrom());
    vaults().deleteUser(vault.owner());
    vaults().register(NewUser.withId(vault.owner()));

    assertRefused(vault, token);
  }

  /** With another character at that place, which must not be the last: that one has slack bits. */
  static PageToken edited(String token, int index) {
    char other = token.charAt(index) == 'A' ? 'B' : 'A';
    return PageToken.of(token.substring(0, index) + other + token.substring(index + 1));
  }

  private static void assertRefused(Vault vault, PageToken token) {
    assertThrows(InvalidPageTokenException.class, () -> vault.list(PageRequest.after(token, 3)));
  }

  private Vault vaultOfNine() {
    Vault vault = newVault();
    Threads.each(9, i -> vault.add(Given.login("site.example", "login " + i)));
    return vault;
  }
}
