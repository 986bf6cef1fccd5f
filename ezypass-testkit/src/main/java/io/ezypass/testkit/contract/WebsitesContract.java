package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A credential whose website changes stays the same credential. */
abstract class WebsitesContract extends EditContract {
  @Test
  void aChangedWebsiteKeepsTheId() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("old.example", "tahir"));

    Credential moved = vault.update(added.id(), 1, Given.login("new.example", "tahir"));

    assertThat(moved.id()).isEqualTo(added.id());
    assertThat(moved.version()).isEqualTo(2);
    assertThat(vault.get(added.id())).isEqualTo(moved);
    assertOnlyAt(vault, moved, "new.example", "old.example");
  }

  @Test
  void aWebsiteMayChangeBackAndForthTwice() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "version 1")).id();
    long version = 1;
    for (String site : List.of("new.example", "old.example", "new.example", "old.example")) {
      Credential moved = vault.update(id, version, Given.login(site, "version " + ++version));

      assertThat(moved.version()).isEqualTo(version);
      assertThat(vault.get(id)).isEqualTo(moved);
      String left = site.equals("old.example") ? "new.example" : "old.example";
      assertOnlyAt(vault, moved, site, left);
    }
  }

  @Test
  void aWebsiteMayChangeOnAndOn() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("site-0.example", "tahir")).id();
    for (int i = 1; i <= 5; i++) {
      String site = "site-" + i + ".example";
      Credential moved = vault.edit(id, seen -> seen.toBuilder().website(site).build());

      assertOnlyAt(vault, moved, site, "site-" + (i - 1) + ".example");
      assertThat(vault.get(id)).isEqualTo(moved);
    }
  }

  @Test
  void aMovedCredentialIsUpdatedWhereItIs() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "tahir")).id();
    vault.update(id, 1, Given.login("new.example", "tahir"));

    Credential updated = vault.update(id, 2, Given.login("new.example", "rainer"));
    Credential edited = vault.edit(id, seen -> seen.toBuilder().title("edited").build());

    assertThat(updated.version()).isEqualTo(3);
    assertThat(edited.version()).isEqualTo(4);
    assertThat(edited.content().login()).isEqualTo("rainer");
    assertThat(vault.get(id)).isEqualTo(edited);
    assertOnlyAt(vault, edited, "new.example", "old.example");
  }

  @Test
  void aMoveTakesEveryFieldAlong() {
    Vault vault = newVault();
    CredentialContent content = Given.everything(clock().instant());
    CredentialId id = vault.add(content).id();
    CredentialContent expected = content.toBuilder().website("new.example").build();

    Credential moved = vault.edit(id, seen -> seen.toBuilder().website("new.example").build());

    assertThat(moved.content()).isEqualTo(expected);
    assertThat(vault.get(id)).isEqualTo(moved);
    assertThat(vault.credentials()).containsExactly(moved);
  }

  @Test
  void aStaleUpdateAfterAMoveIsRefused() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "tahir")).id();
    Credential moved = vault.update(id, 1, Given.login("new.example", "tahir"));

    for (String site : List.of("old.example", "new.example", "third.example")) {
      VersionConflictException refused =
          assertThrows(
              VersionConflictException.class, () -> vault.update(id, 1, Given.login(site, "lost")));
      assertThat(refused.seen()).isEqualTo(1);
      assertThat(refused.stored()).isEqualTo(2);
    }

    assertThat(vault.get(id)).isEqualTo(moved);
    assertOnlyAt(vault, moved, "new.example", "old.example");
  }

  @Test
  void aStaleMoveIsRefused() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "tahir")).id();
    Credential updated = vault.update(id, 1, Given.login("old.example", "kept"));

    assertThrows(
        VersionConflictException.class,
        () -> vault.update(id, 1, Given.login("new.example", "lost")));

    assertThat(vault.get(id)).isEqualTo(updated);
    assertOnlyAt(vault, updated, "old.example", "new.example");
  }

  @Test
  void aStaleDeletionAfterAMoveIsRefused() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "tahir")).id();
    Credential moved = vault.update(id, 1, Given.login("new.example", "tahir"));

    VersionConflictException refused =
        assertThrows(VersionConflictException.class, () -> vault.delete(id, 1));

    assertThat(refused.seen()).isEqualTo(1);
    assertThat(refused.stored()).isEqualTo(2);
    assertThat(vault.get(id)).isEqualTo(moved);
  }

  @Test
  void aMovedCredentialIsDeletedForGood() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "tahir")).id();
    vault.update(id, 1, Given.login("new.example", "tahir"));

    vault.delete(id, 2);

    assertGone(vault, id);
    vault.delete(id, 2);
    assertGone(vault, id);
  }

  @Test
  void aCredentialThatMovedBackIsDeletedForGood() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "tahir")).id();
    vault.update(id, 1, Given.login("new.example", "tahir"));
    vault.update(id, 2, Given.login("old.example", "tahir"));

    vault.delete(id, 3);

    assertGone(vault, id);
  }

  @Test
  void aDeletedCredentialThatHadMovedIsNotFound() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "tahir")).id();
    vault.update(id, 1, Given.login("new.example", "tahir"));
    vault.delete(id, 2);

    for (String site : List.of("old.example", "new.example")) {
      assertThrows(
          CredentialNotFoundException.class, () -> vault.update(id, 2, Given.login(site, "tahir")));
    }
    assertGone(vault, id);
  }

  @Test
  void credentialsThatMeetOnOneWebsiteStayApart() {
    Vault vault = newVault();
    Credential one = vault.add(Given.login("one.example", "tahir"));
    Credential two = vault.add(Given.login("two.example", "tahir"));

    Credential moved = vault.update(one.id(), 1, Given.login("two.example", "tahir"));

    assertThat(find(vault, "two.example"))
        .containsExactlyInAnyOrder(moved.summary(), two.summary());
    vault.delete(moved.id(), 2);
    assertThat(vault.get(two.id())).isEqualTo(two);
    assertThat(vault.open()).containsExactly(two.summary());
  }

  @Test
  void twoCredentialsMayTradePlaces() {
    Vault vault = newVault();
    CredentialId one = vault.add(Given.login("one.example", "one")).id();
    CredentialId two = vault.add(Given.login("two.example", "two")).id();

    Credential movedOne = vault.update(one, 1, Given.login("two.example", "one"));
    Credential movedTwo = vault.update(two, 1, Given.login("one.example", "two"));

    assertThat(find(vault, "one.example")).containsExactly(movedTwo.summary());
    assertThat(find(vault, "two.example")).containsExactly(movedOne.summary());
    assertThat(vault.get(one)).isEqualTo(movedOne);
    assertThat(vault.get(two)).isEqualTo(movedTwo);
  }

  @Test
  void anotherSpellingIsKeptAndIsTheSamePlace() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();

    Credential spelled = vault.update(id, 1, Given.login("https://www.GitHub.com/login", "tahir"));

    assertThat(spelled.content().website().written()).isEqualTo("https://www.GitHub.com/login");
    assertThat(vault.get(id)).isEqualTo(spelled);
    assertThat(find(vault, "github.com")).containsExactly(spelled.summary());
  }

  @Test
  void aHostMayBecomeANameOrAnApp() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    Website name = Website.named("github.com");
    Website app = Website.of("android://c2lnbmF0dXJl@com.github.android");

    for (Website website : List.of(name, app, name)) {
      Credential moved = vault.edit(added.id(), seen -> seen.toBuilder().website(website).build());
      assertThat(vault.get(added.id())).isEqualTo(moved);
      assertThat(vault.findByWebsite(website, WebsiteMatch.EXACT)).containsExactly(moved.summary());
      assertThat(find(vault, "github.com")).isEmpty();
    }
  }

  private static void assertOnlyAt(Vault vault, Credential moved, String site, String left) {
    CredentialSummary summary = moved.summary();
    assertThat(find(vault, site)).containsExactly(summary);
    assertThat(find(vault, left)).isEmpty();
    assertThat(vault.open()).containsExactly(summary);
    assertThat(Given.allPages(vault::list, 1)).containsExactly(summary);
    assertThat(vault.summaries()).containsExactly(summary);
    assertThat(vault.credentials()).containsExactly(moved);
  }

  private static void assertGone(Vault vault, CredentialId id) {
    assertThrows(CredentialNotFoundException.class, () -> vault.get(id));
    assertThat(vault.open()).isEmpty();
    assertThat(Given.allPages(vault::list, 10)).isEmpty();
    assertThat(find(vault, "old.example")).isEmpty();
    assertThat(find(vault, "new.example")).isEmpty();
  }

  private static List<CredentialSummary> find(Vault vault, String site) {
    return vault.findByWebsite(Website.of(site), WebsiteMatch.EXACT);
  }
}
