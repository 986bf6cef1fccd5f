package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.Credential;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserDeletion.State;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deleting a user with everything, from the first call until the id is free again. */
abstract class DeletionContract extends SharingRacesContract {
  @Test
  void aDeletionIsPendingAtFirst() {
    Vault vault = newVault();
    vault.add(Given.login("github.com", "one"));
    vault.add(Given.login("github.com", "two"));
    Instant now = clock().instant();

    UserDeletion deletion = vaults().deleteUser(vault.owner());

    assertThat(deletion.user()).isEqualTo(vault.owner());
    assertThat(deletion.state()).isEqualTo(State.PENDING);
    assertThat(deletion.finalFrom()).isAfterOrEqualTo(now.plus(Duration.ofHours(1)));
    assertThat(deletion.rowsDeleted()).isGreaterThanOrEqualTo(2);
    assertThat(deletion.claimsLeft()).isEmpty();
    assertThat(deletion.recoverableUntil()).isNull();
  }

  @Test
  void aDeletedUserIsGoneAtOnce() {
    VaultUser user = vaults().register(NewUser.withEmail("tahir@example.com").username("tahir"));
    vaults().vault(user.id()).add(Given.login("github.com", "tahir"));

    vaults().deleteUser(user.id());

    assertThat(vaults().findUser(user.id())).isEmpty();
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).isEmpty();
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).isEmpty();
    assertThat(Given.allPages(vaults()::listUsers, 10)).isEmpty();
    assertThrows(
        UserNotFoundException.class,
        () -> vaults().updateUser(user.id(), 1, new UserProfile(null, null, null)));
  }

  @Test
  void aDeletedVaultIsClosedAtOnce() {
    Vault vault = newVault();
    Credential credential = vault.add(Given.login("github.com", "tahir"));

    vaults().deleteUser(vault.owner());

    CredentialsContract.assertUserNotFound(vault);
    CredentialsContract.assertUserNotFound(vaults().vault(vault.owner()));
    assertThrows(UserNotFoundException.class, () -> vault.get(credential.id()));
    assertThrows(UserNotFoundException.class, () -> vault.delete(credential.id(), 1));
  }

  @Test
  void theKeysOfADeletedUserAreFreeAtOnce() {
    NewUser user = NewUser.withEmail("tahir@example.com").username("tahir");
    vaults().register(user);
    vaults().deleteUser(user.id());

    VaultUser heir = vaults().register(NewUser.withEmail("tahir@example.com").username("tahir"));

    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(heir);
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).contains(heir);
  }

  @Test
  void aDeletionThatGoesOnLeavesAnHeirAlone() {
    NewUser user = NewUser.withEmail("tahir@example.com").username("tahir");
    vaults().register(user);
    UserDeletion deletion = vaults().deleteUser(user.id());
    VaultUser heir = vaults().register(NewUser.withEmail("tahir@example.com").username("tahir"));

    vaults().deleteUser(user.id());
    moveClockTo(deletion.finalFrom());
    vaults().deleteUser(user.id());

    assertThat(vaults().findUser(heir.id())).contains(heir);
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(heir);
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).contains(heir);
  }

  @Test
  void theIdStaysTakenUntilTheDeletionIsFinal() {
    UserId id = vaults().register(NewUser.withId(UserId.of("tahir"))).id();
    UserDeletion deletion = vaults().deleteUser(id);

    assertTaken(id);
    moveClockTo(deletion.finalFrom().minusSeconds(1));
    assertTaken(id);
    vaults().deleteUser(id);
    assertTaken(id);
    clock().advance(Duration.ofDays(100));
    assertTaken(id);

    vaults().deleteUser(id);
    assertThat(vaults().register(NewUser.withId(id)).version()).isEqualTo(1);
  }

  @Test
  void anotherCallBeforeTheTimeStaysPending() {
    Vault vault = newVault();
    vault.add(Given.login("github.com", "tahir"));
    UserDeletion first = vaults().deleteUser(vault.owner());

    for (Instant time :
        List.of(
            clock().instant(),
            clock().instant().plusSeconds(600),
            first.finalFrom().minusSeconds(1))) {
      moveClockTo(time);
      UserDeletion again = vaults().deleteUser(vault.owner());
      assertThat(again.user()).isEqualTo(vault.owner());
      assertThat(again.state()).isEqualTo(State.PENDING);
      assertThat(again.finalFrom()).isEqualTo(first.finalFrom());
      assertThat(again.recoverableUntil()).isNull();
    }
  }

  @Test
  void aCallFromThenOnIsFinal() {
    Vault vault = newVault();
    vault.add(Given.login("github.com", "tahir"));
    Instant start = clock().instant();
    UserDeletion first = vaults().deleteUser(vault.owner());
    moveClockTo(first.finalFrom());

    UserDeletion last = vaults().deleteUser(vault.owner());

    assertThat(last.user()).isEqualTo(vault.owner());
    assertThat(last.state()).isEqualTo(State.FINAL);
    assertThat(last.finalFrom()).isEqualTo(first.finalFrom());
    assertThat(last.claimsLeft()).isEmpty();
    assertThat(last.recoverableUntil()).isAfterOrEqualTo(start.plus(35, ChronoUnit.DAYS));
    assertThat(vaults().findUser(vault.owner())).isEmpty();
  }

  @Test
  void aFinalDeletionIsNotRepeated() {
    UserId id = vaults().register(NewUser.withId(UserId.of("tahir"))).id();
    moveClockTo(vaults().deleteUser(id).finalFrom());
    vaults().deleteUser(id);

    UserNotFoundException refused =
        assertThrows(UserNotFoundException.class, () -> vaults().deleteUser(id));

    assertThat(refused.user()).isEqualTo(id);
  }

  @Test
  void anUnknownUserCannotBeDeleted() {
    UserId unknown = UserId.of("unknown");

    UserNotFoundException refused =
        assertThrows(UserNotFoundException.class, () -> vaults().deleteUser(unknown));

    assertThat(refused.user()).isEqualTo(unknown);
    assertThat(vaults().register(NewUser.withId(unknown)).version()).isEqualTo(1);
  }

  @Test
  void whoeverGetsTheIdFindsAnEmptyVault() {
    Vault vault = newVault();
    Credential old = vault.add(Given.login("github.com", "tahir"));
    moveClockTo(vaults().deleteUser(vault.owner()).finalFrom());
    vaults().deleteUser(vault.owner());

    VaultUser heir = vaults().register(NewUser.withId(vault.owner()));

    assertThat(heir.version()).isEqualTo(1);
    assertThat(heir.audit().createdAt()).isEqualTo(clock().instant());
    assertThat(vault.open()).isEmpty();
    assertThrows(CredentialNotFoundException.class, () -> vault.get(old.id()));
    Credential added = vault.add(Given.login("github.com", "heir"));
    assertThat(vault.open()).containsExactly(added.summary());
    assertThat(Given.allPages(vaults()::listUsers, 10)).containsExactly(vault.owner());
  }

  @Test
  void aDeletionLeavesOthersAlone() {
    Vault deleted = newVault();
    deleted.add(Given.login("github.com", "tahir"));
    Vault kept = newVault();
    Credential credential = kept.add(Given.login("github.com", "tahir"));

    moveClockTo(vaults().deleteUser(deleted.owner()).finalFrom());
    vaults().deleteUser(deleted.owner());

    assertThat(kept.credentials()).containsExactly(credential);
    assertThat(vaults().findUser(kept.owner())).isPresent();
    assertThat(Given.allPages(vaults()::listUsers, 10)).containsExactly(kept.owner());
  }

  @Test
  void aVaultOfEveryKindOfRowIsDeleted() {
    Vault vault = newVault();
    Threads.each(130, i -> vault.add(Given.login("site-" + i % 7 + ".example", "login " + i)));
    Instant end = clock().instant().plusSeconds(60);
    vault.add(Given.site("ending.example").expiresAt(end).build());
    for (int i = 0; i < 3; i++) {
      Credential moving = vault.add(Given.login("old.example", "moving"));
      vault.update(moving.id(), 1, Given.login("new.example", "moved"));
    }
    moveClockTo(end.plusSeconds(1));

    UserDeletion deletion = vaults().deleteUser(vault.owner());
    CredentialsContract.assertUserNotFound(vault);
    moveClockTo(deletion.finalFrom());
    vaults().deleteUser(vault.owner());

    vaults().register(NewUser.withId(vault.owner()));
    assertThat(vault.open()).isEmpty();
    assertThat(Given.allPages(vault::list, 100)).isEmpty();
  }

  private void assertTaken(UserId id) {
    AlreadyExistsException refused =
        assertThrows(AlreadyExistsException.class, () -> vaults().register(NewUser.withId(id)));
    assertThat(refused.claim()).isEqualTo(AlreadyExistsException.Claim.USER_ID);
  }
}
