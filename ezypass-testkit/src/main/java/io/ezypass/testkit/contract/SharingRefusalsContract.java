package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.VaultSharing;
import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What cannot be shared or opened is refused in a fixed order, and nothing is written. */
abstract class SharingRefusalsContract extends SharingContract {
  @Test
  void aRecipientHasOneGrantOfACredential() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = newVault();
    NewGrant asked = NewGrant.to(recipient.owner());
    Grant grant = owner.sharing().share(id, asked);
    Instant end = clock().instant().plusSeconds(60);
    clock().advance(Duration.ofSeconds(1));

    for (NewGrant other : List.of(asked, asked.until(end))) {
      AlreadySharedException refused =
          assertThrows(AlreadySharedException.class, () -> owner.sharing().share(id, other));
      assertThat(refused.owner()).isEqualTo(owner.owner());
      assertThat(refused.credential()).isEqualTo(id);
      assertThat(refused.recipient()).isEqualTo(recipient.owner());
    }

    assertThat(owner.sharing().grants(id)).containsExactly(grant);
    assertThat(received(recipient)).hasSize(1);
    CredentialId other = owner.add(Given.login("github.com", "other")).id();
    owner.sharing().share(other, asked);
    assertThat(received(recipient)).hasSize(2);
  }

  @Test
  void nobodySharesWithOneself() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();

    for (CredentialId asked : List.of(id, Given.UNKNOWN_ID)) {
      assertRefused("recipient", () -> owner.sharing().share(asked, NewGrant.to(owner.owner())));
      assertThrows(
          IllegalArgumentException.class, () -> owner.sharing().open(owner.owner(), asked));
    }

    assertThat(given(owner)).isEmpty();
  }

  @Test
  void aGrantThatWouldHaveEndedIsRefused() {
    Vault owner = newVault();
    Vault recipient = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Instant now = clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    moveClockTo(now);

    for (Instant end : List.of(now, now.plusMillis(999), now.minusSeconds(1), Instant.EPOCH)) {
      NewGrant late = NewGrant.to(recipient.owner()).until(end);
      assertRefused("expiresAt", () -> owner.sharing().share(id, late));
      assertRefused("expiresAt", () -> owner.sharing().share(Given.UNKNOWN_ID, late));
    }

    assertNotShared(owner, recipient, id);
    owner.sharing().share(id, NewGrant.to(recipient.owner()).until(now.plusSeconds(1)));
    assertShared(owner, recipient, id);
  }

  @Test
  void aRecipientMustBeRegistered() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();

    UserNotFoundException refused =
        assertThrows(
            UserNotFoundException.class,
            () -> owner.sharing().share(id, NewGrant.to(Given.UNKNOWN_USER)));

    assertThat(refused.user()).isEqualTo(Given.UNKNOWN_USER);
    assertThat(given(owner)).isEmpty();
    assertThat(owner.sharing().grants(id)).isEmpty();
  }

  @Test
  void onlyWhatIsThereIsShared() {
    Vault owner = newVault();
    Vault recipient = newVault();
    CredentialId deleted = owner.add(Given.login("github.com", "deleted")).id();
    owner.delete(deleted, 1);
    CredentialId theirs = newVault().add(Given.login("github.com", "theirs")).id();

    for (CredentialId id : List.of(Given.UNKNOWN_ID, deleted, theirs)) {
      CredentialNotFoundException refused =
          assertThrows(
              CredentialNotFoundException.class,
              () -> owner.sharing().share(id, NewGrant.to(recipient.owner())));
      assertThat(refused.user()).isEqualTo(owner.owner());
      assertThat(refused.credential()).isEqualTo(id);
      assertThat(owner.sharing().grants(id)).isEmpty();
    }

    assertThrows(
        CredentialNotFoundException.class,
        () -> owner.sharing().share(deleted, NewGrant.to(Given.UNKNOWN_USER)));
    assertThat(given(owner)).isEmpty();
    assertThat(received(recipient)).isEmpty();
  }

  @Test
  void aCredentialHasAtMostThirtyGrants() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    CredentialId other = owner.add(Given.login("github.com", "other")).id();
    List<Vault> recipients = Threads.each(Grant.MOST + 1, i -> newVault());
    NewGrant last = NewGrant.to(recipients.get(Grant.MOST).owner());
    NewGrant first = NewGrant.to(recipients.get(0).owner());
    for (Vault recipient : recipients.subList(0, Grant.MOST)) {
      owner.sharing().share(id, NewGrant.to(recipient.owner()));
    }

    assertThrows(LimitExceededException.class, () -> owner.sharing().share(id, last));
    assertThrows(
        LimitExceededException.class,
        () -> owner.sharing().share(id, NewGrant.to(Given.UNKNOWN_USER)));
    assertThrows(AlreadySharedException.class, () -> owner.sharing().share(id, first));

    assertThat(owner.sharing().grants(id)).hasSize(Grant.MOST);
    assertNotShared(owner, recipients.get(Grant.MOST), id);
    owner.sharing().share(other, last);
    owner.sharing().revoke(id, recipients.get(7).owner());
    owner.sharing().share(id, last);
    assertThat(owner.sharing().grants(id)).hasSize(Grant.MOST);
    assertShared(owner, recipients.get(Grant.MOST), id);
  }

  @Test
  void whatCannotBeOpenedIsNotToldApart() {
    Vault owner = newVault();
    Vault reader = newVault();
    CredentialId kept = owner.add(Given.login("github.com", "kept")).id();
    CredentialId revoked = owner.add(Given.login("github.com", "revoked")).id();
    share(owner, kept);
    owner.sharing().share(revoked, NewGrant.to(reader.owner()));
    owner.sharing().revoke(revoked, reader.owner());

    for (CredentialId id : List.of(kept, revoked, Given.UNKNOWN_ID)) {
      assertNotOpened(reader, owner.owner(), id);
      assertNotOpened(reader, Given.UNKNOWN_USER, id);
    }
  }

  @Test
  void anUnknownUserNeitherSharesNorReceives() {
    Vault unknown = vaults().vault(Given.UNKNOWN_USER);
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    NewGrant grant = NewGrant.to(owner.owner());

    for (Executable call :
        List.<Executable>of(
            () -> unknown.sharing().share(id, grant),
            () -> unknown.sharing().grants(id),
            () -> unknown.sharing().given(PageRequest.first(10)),
            () -> unknown.sharing().received(PageRequest.first(10)),
            () -> unknown.sharing().open(owner.owner(), id),
            () -> unknown.sharing().open(UserId.of("nobody"), Given.UNKNOWN_ID))) {
      assertThat(assertThrows(UserNotFoundException.class, call).user())
          .isEqualTo(Given.UNKNOWN_USER);
    }
  }

  @Test
  void sharingRefusesEveryNullForAnUnknownUserToo() {
    NullArguments.assertRefused(VaultSharing.class, vaults().vault(Given.UNKNOWN_USER).sharing());
  }

  private static void assertRefused(String field, Executable call) {
    assertThat(assertThrows(IllegalArgumentException.class, call)).hasMessageContaining(field);
  }
}
