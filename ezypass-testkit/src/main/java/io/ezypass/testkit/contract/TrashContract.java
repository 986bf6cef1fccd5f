package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is deleted can be had back for a while, and is gone past its date for every reader. */
abstract class TrashContract extends HistoryContract {
  private static final Duration THIRTY_DAYS = Duration.ofDays(30);

  @Test
  void whatIsDeletedIsInTheTrash() {
    Vault vault = newVault();
    Credential added = vault.add(Given.everything(clock().instant()));
    Credential kept = vault.add(Given.login("github.com", "kept"));
    clock().advance(Duration.ofMinutes(1));
    Instant now = clock().instant();

    vaults().as(Actor.of("support")).vault(vault.owner()).delete(added.id(), 1);

    assertThat(vault.credentials()).containsExactly(kept);
    assertThrows(CredentialNotFoundException.class, () -> vault.get(added.id()));
    TrashedCredential trashed = only(vault);
    assertThat(trashed.id()).isEqualTo(added.id());
    assertThat(trashed.version()).isEqualTo(2);
    assertThat(trashed.summary().meta()).isEqualTo(added.content().meta());
    assertThat(trashed.summary().audit()).isEqualTo(added.audit());
    assertThat(trashed.deletedAt()).isEqualTo(now);
    assertThat(trashed.deletedBy()).isEqualTo(Actor.of("support"));
    assertThat(trashed.purgeAt()).isEqualTo(now.plus(THIRTY_DAYS).truncatedTo(ChronoUnit.SECONDS));
  }

  @Test
  void theOwnerDeletesUnlessToldOtherwise() {
    Vault vault = newVault();
    trash(vault, vault.add(Given.login("github.com", "tahir")));

    assertThat(only(vault).deletedBy()).isEqualTo(Actor.user(vault.owner()));
  }

  @Test
  void whatWasDeletedComesBackUnderItsId() {
    Vault vault = newVault();
    Credential added = vault.add(Given.everything(clock().instant()));
    trash(vault, added);
    clock().advance(Duration.ofDays(1));

    Credential restored =
        vaults().as(Actor.of("support")).vault(vault.owner()).trash().restore(added.id(), 2);

    assertThat(restored.id()).isEqualTo(added.id());
    assertThat(restored.version()).isEqualTo(3);
    assertThat(restored.content()).isEqualTo(added.content());
    assertThat(restored.audit().createdAt()).isEqualTo(added.audit().createdAt());
    assertThat(restored.audit().updatedAt()).isEqualTo(clock().instant());
    assertThat(restored.audit().updatedBy()).isEqualTo(Actor.of("support"));
    assertThat(vault.credentials()).containsExactly(restored);
    assertThat(vault.get(added.id())).isEqualTo(restored);
    assertThat(trashOf(vault)).isEmpty();
  }

  @Test
  void aMovedCredentialComesBackToItsWebsiteUnderItsOldId() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("old.example", "tahir"));
    Credential moved = vault.edit(added.id(), c -> c.toBuilder().website("new.example").build());
    trash(vault, moved);
    assertThat(vault.findByWebsite(Website.of("new.example"), WebsiteMatch.EXACT)).isEmpty();

    Credential restored = vault.trash().restore(added.id(), 3);

    assertThat(vault.get(added.id())).isEqualTo(restored);
    assertThat(vault.findByWebsite(Website.of("new.example"), WebsiteMatch.EXACT))
        .containsExactly(restored.summary());
    assertThat(vault.findByWebsite(Website.of("old.example"), WebsiteMatch.EXACT)).isEmpty();
    Credential back = vault.edit(added.id(), c -> c.toBuilder().website("old.example").build());
    assertThat(vault.credentials()).containsExactly(back);
    trash(vault, back);
    assertThat(vault.trash().restore(added.id(), 6).version()).isEqualTo(7);
  }

  @Test
  void aHistoryGoesAlong() {
    Vault vault = newVault();
    Credential first = vault.add(password("1"));
    Credential second = vault.update(first.id(), 1, password("2"));
    trash(vault, second);
    assertThrows(CredentialNotFoundException.class, () -> vault.history().list(first.id()));
    assertThrows(CredentialNotFoundException.class, () -> vault.history().get(first.id(), 1));

    vault.trash().restore(first.id(), 3);

    assertThat(versions(vault, first.id())).containsExactly(1L);
    assertThat(vault.history().get(first.id(), 1)).isEqualTo(first);
    vault.update(first.id(), 4, password("3"));
    assertThat(versions(vault, first.id())).containsExactly(4L, 1L);
  }

  @Test
  void whatIsInTheTrashCannotBeChanged() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);

    for (long version : new long[] {1, 2, 3}) {
      assertThrows(
          CredentialNotFoundException.class,
          () -> vault.update(added.id(), version, Given.login("github.com", "lost")));
    }
    assertThrows(CredentialNotFoundException.class, () -> vault.edit(added.id(), seen -> seen));
    assertThrows(CredentialNotFoundException.class, () -> vault.history().revert(added.id(), 2, 1));
    vault.delete(added.id(), 1);
    vault.delete(added.id(), 2);
    assertThat(only(vault).version()).isEqualTo(2);
  }

  @Test
  void aDeletionNamesTheVersionSeen() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));

    VersionConflictException refused =
        assertThrows(VersionConflictException.class, () -> vault.delete(added.id(), 2));

    assertThat(refused.seen()).isEqualTo(2);
    assertThat(refused.stored()).isEqualTo(1);
    assertThat(vault.credentials()).containsExactly(added);
    assertThat(trashOf(vault)).isEmpty();
  }

  @Test
  void aDeletionThatIsRepeatedLateChangesNothing() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);
    Credential restored = vault.trash().restore(added.id(), 2);

    assertThrows(VersionConflictException.class, () -> vault.delete(added.id(), 1));

    assertThat(vault.credentials()).containsExactly(restored);
  }

  @Test
  void restoringNamesTheVersionSeen() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);

    VersionConflictException early =
        assertThrows(VersionConflictException.class, () -> vault.trash().restore(added.id(), 1));
    assertThat(early.stored()).isEqualTo(2);
    vault.trash().restore(added.id(), 2);
    VersionConflictException twice =
        assertThrows(VersionConflictException.class, () -> vault.trash().restore(added.id(), 2));

    assertThat(twice.stored()).isEqualTo(3);
    assertThat(vault.open()).hasSize(1);
  }

  @Test
  void whatWasNeverThereCannotBeRestored() {
    Vault vault = newVault();
    Vault other = newVault();
    Credential theirs = other.add(Given.login("github.com", "tahir"));
    trash(other, theirs);

    assertThrows(
        CredentialNotFoundException.class, () -> vault.trash().restore(Given.UNKNOWN_ID, 1));
    assertThrows(CredentialNotFoundException.class, () -> vault.trash().restore(theirs.id(), 2));
    vault.trash().purge(theirs.id(), 2);
    assertThat(vault.trash().empty()).isZero();
    assertThat(only(other).id()).isEqualTo(theirs.id());
  }

  @Test
  void pastItsDateItIsGoneForEveryReader() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);
    Instant end = clock().instant().plus(THIRTY_DAYS).truncatedTo(ChronoUnit.SECONDS);
    moveClockTo(end.minusMillis(1));
    assertThat(trashOf(vault)).hasSize(1);

    moveClockTo(end);

    assertThat(trashOf(vault)).isEmpty();
    assertThrows(CredentialNotFoundException.class, () -> vault.trash().restore(added.id(), 2));
    assertThat(vault.trash().empty()).isZero();
    vault.trash().purge(added.id(), 2);
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void anExpiryEndsItInTheTrashToo() {
    Vault vault = newVault();
    Instant end = clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);
    Credential added =
        vault.add(Given.login("github.com", "tahir").toBuilder().expiresAt(end).build());
    trash(vault, added);
    moveClockTo(end);

    assertThat(trashOf(vault)).isEmpty();
    assertThrows(CredentialNotFoundException.class, () -> vault.trash().restore(added.id(), 2));
  }

  @Test
  void whatHasEndedIsGoneWhicheverVersionItHad() {
    Instant end = clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);
    Vault vault = newVault();
    Vault forGood = with(TrashPolicy.off(), vault);
    Credential stays = ending(vault, end);
    Credential moved = ending(vault, end);
    vault.edit(moved.id(), content -> content.toBuilder().website("gitlab.com").build());
    Credential trashed = ending(vault, end);
    trash(vault, trashed);
    moveClockTo(end);

    forGood.delete(stays.id(), 7);
    forGood.delete(moved.id(), 7);
    vault.trash().purge(trashed.id(), 7);

    assertThat(vault.open()).isEmpty();
    assertThat(trashOf(vault)).isEmpty();
  }

  private static Credential ending(Vault vault, Instant end) {
    return vault.add(Given.login("github.com", "tahir").toBuilder().expiresAt(end).build());
  }

  @Test
  void aRestoredCredentialHasItsOwnEndAgain() {
    Vault vault = newVault();
    Credential first = vault.add(password("1"));
    Credential second = vault.update(first.id(), 1, password("2"));
    trash(vault, second);
    vault.trash().restore(first.id(), 3);

    clock().advance(Duration.ofDays(1_000));

    assertThat(vault.get(first.id()).version()).isEqualTo(4);
    assertThat(versions(vault, first.id())).containsExactly(1L);
    assertThat(Given.text(vault.history().get(first.id(), 1).content().password())).isEqualTo("1");
  }

  @Test
  void aPolicyMayKeepItUntilItIsPurged() {
    Vault vault = with(TrashPolicy.keepUntilPurged(), newVault());
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);
    clock().advance(Duration.ofDays(10_000));

    assertThat(only(vault).purgeAt()).isNull();
    assertThat(vault.trash().restore(added.id(), 2).version()).isEqualTo(3);
  }

  @Test
  void aPolicyMayHaveNoTrash() {
    Vault vault = with(TrashPolicy.off(), newVault());
    Credential first = vault.add(password("1"));
    Credential second = vault.update(first.id(), 1, password("2"));
    Credential plain = vault.add(password("plain"));
    Credential moved = vault.edit(plain.id(), c -> c.toBuilder().website("new.example").build());

    assertThrows(VersionConflictException.class, () -> vault.delete(first.id(), 1));
    assertThrows(VersionConflictException.class, () -> vault.delete(plain.id(), 1));
    trash(vault, second);
    trash(vault, moved);

    assertThat(vault.open()).isEmpty();
    assertThat(trashOf(vault)).isEmpty();
    assertThrows(CredentialNotFoundException.class, () -> vault.trash().restore(first.id(), 3));
    vault.delete(first.id(), 2);
  }

  @Test
  void aTrashIsListedInPages() {
    Vault vault = newVault();
    for (int i = 0; i < 10; i++) {
      trash(vault, vault.add(Given.login("github.com", "login " + i)));
    }

    assertThat(Given.allPages(vault.trash()::list, 3))
        .containsExactlyInAnyOrderElementsOf(trashOf(vault))
        .hasSize(10);
    Vault other = newVault();
    trash(other, other.add(Given.login("github.com", "theirs")));
    vault.add(Given.login("github.com", "one"));
    vault.add(Given.login("github.com", "two"));
    assertThrows(
        InvalidPageTokenException.class,
        () -> other.trash().list(PageRequest.after(Given.tokenAfter(vault.trash()::list, 3), 3)));
    assertThrows(
        InvalidPageTokenException.class,
        () -> vault.list(PageRequest.after(Given.tokenAfter(vault.trash()::list, 3), 3)));
    assertThrows(
        InvalidPageTokenException.class,
        () -> vault.trash().list(PageRequest.after(Given.tokenAfter(vault::list, 1), 3)));
  }

  static void trash(Vault vault, Credential credential) {
    vault.delete(credential.id(), credential.version());
  }

  static List<TrashedCredential> trashOf(Vault vault) {
    return Given.allPages(vault.trash()::list, 100);
  }

  static TrashedCredential only(Vault vault) {
    assertThat(trashOf(vault)).hasSize(1);
    return trashOf(vault).get(0);
  }

  private Vault with(TrashPolicy policy, Vault vault) {
    return target().repository(VaultPolicies.defaults().withTrash(policy)).vault(vault.owner());
  }
}
