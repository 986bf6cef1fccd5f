package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Adding, reading, replacing and deleting credentials. */
abstract class CredentialsContract extends DirectoryContract {
  @Test
  void anAddedCredentialIsOfVersionOneAndFound() {
    Vault vault = newVault();
    CredentialContent content = Given.login("github.com", "tahir");

    Credential added = vault.add(content);

    Audit audit = Audit.created(clock().instant(), Actor.user(vault.owner()));
    assertThat(added).isEqualTo(new Credential(added.id(), vault.owner(), content, audit, 1));
    assertThat(vault.get(added.id())).isEqualTo(added);
  }

  @Test
  void everyCredentialHasAnIdOfItsOwn() {
    Vault vault = newVault();
    CredentialContent content = Given.login("github.com", "tahir");

    assertThat(Threads.each(16, i -> vault.add(content).id())).doesNotHaveDuplicates();
    assertThat(vault.open()).hasSize(16);
  }

  @Test
  void anUpdateReplacesTheContentWhole() {
    Vault vault = newVault();
    Credential added = vault.add(Given.everything(clock().instant()));
    CredentialContent replaced = Given.site("github.com").title("only a title").build();

    Credential updated = vault.update(added.id(), 1, replaced);

    assertThat(updated.id()).isEqualTo(added.id());
    assertThat(updated.owner()).isEqualTo(vault.owner());
    assertThat(updated.content()).isEqualTo(replaced);
    assertThat(updated.version()).isEqualTo(2);
    assertThat(vault.get(added.id())).isEqualTo(updated);
    assertThat(vault.open()).containsExactly(updated.summary());
  }

  @Test
  void everyChangeIsOneVersion() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();
    for (int version = 1; version <= 6; version++) {
      Credential updated =
          vault.update(id, version, Given.login("github.com", "version " + version));
      assertThat(updated.version()).isEqualTo(version + 1L);
    }
    assertThat(vault.get(id).content().login()).isEqualTo("version 6");
  }

  @Test
  void aStaleUpdateIsRefused() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "first")).id();
    Credential stored = vault.update(id, 1, Given.login("github.com", "kept"));

    VersionConflictException refused =
        assertThrows(
            VersionConflictException.class,
            () -> vault.update(id, 1, Given.login("github.com", "lost")));

    assertThat(refused.seen()).isEqualTo(1);
    assertThat(refused.stored()).isEqualTo(2);
    assertThat(vault.get(id)).isEqualTo(stored);
  }

  @Test
  void anUpdateOfAVersionToComeIsRefused() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "kept"));

    VersionConflictException refused =
        assertThrows(
            VersionConflictException.class,
            () -> vault.update(stored.id(), 7, Given.login("github.com", "lost")));

    assertThat(refused.seen()).isEqualTo(7);
    assertThat(refused.stored()).isEqualTo(1);
    assertThat(vault.get(stored.id())).isEqualTo(stored);
  }

  @Test
  void anUnknownCredentialIsNotFound() {
    Vault vault = newVault();
    vault.add(Given.login("github.com", "tahir"));

    assertNotFound(vault, Given.UNKNOWN_ID);
  }

  @Test
  void aCredentialOfAnotherUserIsNotFound() {
    Vault vault = newVault();
    Credential theirs = newVault().add(Given.login("github.com", "tahir"));
    vault.add(Given.login("github.com", "tahir"));

    assertNotFound(vault, theirs.id());
    vault.delete(theirs.id(), 1);

    assertThat(vaults().vault(theirs.owner()).get(theirs.id())).isEqualTo(theirs);
  }

  @Test
  void aDeletedCredentialIsGone() {
    Vault vault = newVault();
    Credential deleted = vault.add(Given.login("github.com", "deleted"));
    Credential kept = vault.add(Given.login("github.com", "kept"));

    vault.delete(deleted.id(), 1);

    assertNotFound(vault, deleted.id());
    assertThat(vault.open()).containsExactly(kept.summary());
    assertThat(vault.list(PageRequest.first(10)).items()).containsExactly(kept.summary());
    assertThat(vault.summaries()).containsExactly(kept.summary());
    assertThat(vault.credentials()).containsExactly(kept);
    assertThat(vault.findByWebsite(Website.of("github.com"), WebsiteMatch.EXACT))
        .containsExactly(kept.summary());
  }

  @Test
  void deletingTwiceIsASuccess() {
    Vault vault = newVault();
    Credential credential = vault.add(Given.login("github.com", "tahir"));

    vault.delete(credential.id(), 1);
    vault.delete(credential.id(), 1);
    vault.delete(credential.id(), 2);

    assertThat(vault.open()).isEmpty();
  }

  @Test
  void deletingWhatNeverWasIsASuccess() {
    Vault vault = newVault();
    Credential kept = vault.add(Given.login("github.com", "kept"));

    vault.delete(Given.UNKNOWN_ID, 1);

    assertThat(vault.open()).containsExactly(kept.summary());
  }

  @Test
  void aStaleDeletionIsRefused() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "first")).id();
    Credential stored = vault.update(id, 1, Given.login("github.com", "second"));

    VersionConflictException refused =
        assertThrows(VersionConflictException.class, () -> vault.delete(id, 1));

    assertThat(refused.seen()).isEqualTo(1);
    assertThat(refused.stored()).isEqualTo(2);
    assertThat(vault.get(id)).isEqualTo(stored);
    vault.delete(id, 2);
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void aDeletionOfAVersionToComeIsRefused() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "tahir"));

    assertThrows(VersionConflictException.class, () -> vault.delete(stored.id(), 2));

    assertThat(vault.get(stored.id())).isEqualTo(stored);
  }

  @Test
  void theVaultOfAnUnknownUserIsNotFound() {
    Vault vault = vaults().vault(UserId.of("unknown"));

    assertThat(vault.owner()).isEqualTo(UserId.of("unknown"));
    assertUserNotFound(vault);
  }

  @Test
  void deletingForGoodInTheVaultOfAnUnknownUserIsASuccess() {
    Vault vault = vaults().vault(UserId.of("unknown"));
    VaultPolicies withoutTrash = VaultPolicies.defaults().withTrash(TrashPolicy.off());

    target().repository(withoutTrash).vault(vault.owner()).delete(Given.UNKNOWN_ID, 1);
    vault.trash().purge(Given.UNKNOWN_ID, 1);

    assertThrows(UserNotFoundException.class, () -> vault.delete(Given.UNKNOWN_ID, 1));
    assertThat(vaults().findUser(vault.owner())).isEmpty();
  }

  @Test
  void aRefusalNamesNothingThatTheUserWrote() {
    Vault vault = newVault();
    CredentialContent content =
        Given.site("private.example").login("private").password(Secret.of("private")).build();
    CredentialId id = vault.add(content).id();
    vault.update(id, 1, content);

    assertThatThrownBy(() -> vault.update(id, 1, content))
        .isInstanceOf(VersionConflictException.class)
        .hasMessageContaining(id.value())
        .hasMessageNotContaining("private")
        .hasNoCause();
    assertThatThrownBy(() -> vault.update(Given.UNKNOWN_ID, 1, content))
        .isInstanceOf(CredentialNotFoundException.class)
        .hasMessageContaining(Given.UNKNOWN_ID.value())
        .hasMessageNotContaining("private")
        .hasNoCause();
  }

  private static void assertNotFound(Vault vault, CredentialId id) {
    CredentialContent content = Given.login("github.com", "lost");
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("get", () -> vault.get(id));
    calls.put("update", () -> vault.update(id, 1, content));
    calls.put("edit", () -> vault.edit(id, seen -> content));
    SoftAssertions all = new SoftAssertions();
    calls.forEach(
        (name, call) ->
            all.assertThatThrownBy(call)
                .as(name)
                .isInstanceOfSatisfying(
                    CredentialNotFoundException.class,
                    notFound -> {
                      assertThat(notFound.credential()).isEqualTo(id);
                      assertThat(notFound.user()).isEqualTo(vault.owner());
                    }));
    all.assertAll();
  }

  /** Every call but {@code delete}, which needs no key and finds nothing to do. */
  static void assertUserNotFound(Vault vault) {
    CredentialContent content = Given.login("github.com", "lost");
    Website website = Website.of("github.com");
    Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
    calls.put("add", () -> vault.add(content));
    calls.put("get", () -> vault.get(Given.UNKNOWN_ID));
    calls.put("update", () -> vault.update(Given.UNKNOWN_ID, 1, content));
    calls.put("edit", () -> vault.edit(Given.UNKNOWN_ID, seen -> content));
    calls.put("open", vault::open);
    calls.put("list", () -> vault.list(PageRequest.first(10)));
    calls.put("filter", () -> vault.filter(CredentialFilter.favourites(), PageRequest.first(10)));
    calls.put("search", () -> vault.search(SearchQuery.of("github")));
    calls.put("summaries", () -> vault.summaries().toList());
    calls.put("credentials", () -> vault.credentials().toList());
    calls.put("findByWebsite", () -> vault.findByWebsite(website, WebsiteMatch.EXACT));
    SoftAssertions all = new SoftAssertions();
    calls.forEach(
        (name, call) ->
            all.assertThatThrownBy(call)
                .as(name)
                .isInstanceOfSatisfying(
                    UserNotFoundException.class,
                    notFound -> assertThat(notFound.user()).isEqualTo(vault.owner())));
    all.assertAll();
  }
}
