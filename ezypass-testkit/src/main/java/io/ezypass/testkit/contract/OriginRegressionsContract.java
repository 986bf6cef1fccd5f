package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the password manager that the library grew from got wrong: its table had the login e-mail as
 * partition key and the website as sort key, its list read one page, and its writes were
 * unconditional.
 */
abstract class OriginRegressionsContract extends AuditTrailPagesContract {
  @Test
  void originTwoUsersWithTheSameLoginAndSiteOverwroteEachOther() {
    Vault one = newVault();
    Vault two = newVault();
    Credential ofOne = one.add(Given.login("github.com", "shared@example.com"));
    Credential ofTwo = two.add(Given.login("github.com", "shared@example.com"));

    Credential changed = two.update(ofTwo.id(), 1, Given.login("github.com", "changed"));
    assertThat(one.credentials()).containsExactly(ofOne);
    assertThat(two.credentials()).containsExactly(changed);

    two.delete(changed.id(), 2);
    assertThat(one.credentials()).containsExactly(ofOne);
    assertThat(two.open()).isEmpty();
  }

  @Test
  void originTwoLoginsOnOneSiteCouldNotDiffer() {
    Vault vault = newVault();
    Credential home = vault.add(Given.login("github.com", "tahir"));
    Credential work = vault.add(Given.login("github.com", "tahir.work"));
    Credential again = vault.add(Given.login("github.com", "tahir"));

    Credential changed =
        vault.edit(again.id(), c -> c.toBuilder().password(Secret.of("another")).build());

    assertThat(vault.credentials()).containsExactlyInAnyOrder(home, work, changed);
    assertThat(vault.findByWebsite(Website.of("github.com"), WebsiteMatch.EXACT))
        .containsExactlyInAnyOrder(home.summary(), work.summary(), changed.summary());
    vault.delete(home.id(), 1);
    assertThat(vault.credentials()).containsExactlyInAnyOrder(work, changed);
  }

  @Test
  void originAListDroppedEverythingPastOneMegabyte() {
    Vault vault = newVault();
    String notes = "x".repeat(3_000);
    List<CredentialId> added =
        Threads.each(
            640,
            i ->
                vault
                    .add(Given.site("site-" + i % 20 + ".example").notes(Secret.of(notes)).build())
                    .id());

    assertThat(ids(vault.open())).containsExactlyInAnyOrderElementsOf(added);
    assertThat(ids(vault.summaries().toList())).containsExactlyInAnyOrderElementsOf(added);
    assertThat(ids(Given.allPages(vault::list, 250))).containsExactlyInAnyOrderElementsOf(added);
    assertThat(ids(Given.allPages(vault::list, 1_000))).containsExactlyInAnyOrderElementsOf(added);
    assertThat(vault.credentials())
        .allMatch(c -> notes.equals(Given.text(c.content().notes())))
        .extracting(Credential::id)
        .containsExactlyInAnyOrderElementsOf(added);
  }

  @Test
  void originEveryWriteWasUnconditional() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("github.com", "tahir"));
    Credential second = vault.update(first.id(), 1, Given.login("github.com", "informed"));

    assertThrows(
        VersionConflictException.class,
        () -> vault.update(first.id(), 1, Given.login("github.com", "uninformed")));
    assertThrows(VersionConflictException.class, () -> vault.delete(first.id(), 1));

    assertThat(vault.credentials()).containsExactly(second);
  }

  private static List<CredentialId> ids(List<CredentialSummary> summaries) {
    return summaries.stream().map(CredentialSummary::id).toList();
  }
}
