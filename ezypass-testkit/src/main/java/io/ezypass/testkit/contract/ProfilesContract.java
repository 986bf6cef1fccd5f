package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.AlreadyExistsException.Claim;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import org.junit.jupiter.api.Test;

/** Changing profiles, and the claims on e-mail addresses and usernames that move with them. */
abstract class ProfilesContract extends UsersContract {
  @Test
  void aProfileIsReplacedWhole() {
    VaultUser user =
        vaults()
            .register(
                NewUser.withEmail("tahir@example.com").username("tahir").displayName("Tahir"));
    UserProfile replaced = new UserProfile(null, "tahir@example.com", null);

    VaultUser changed = vaults().updateUser(user.id(), 1, replaced);

    assertThat(changed.profile()).isEqualTo(replaced);
    assertThat(changed.version()).isEqualTo(2);
    assertThat(vaults().findUser(user.id())).contains(changed);
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(changed);
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).isEmpty();
  }

  @Test
  void everyUpdateIsOneVersion() {
    VaultUser user = vaults().register(NewUser.withUsername("tahir"));
    for (int version = 1; version <= 6; version++) {
      user =
          vaults()
              .updateUser(user.id(), version, user.profile().withDisplayName("version " + version));
      assertThat(user.version()).isEqualTo(version + 1L);
    }
    assertThat(vaults().findUser(user.id())).contains(user);
  }

  @Test
  void changedKeysMove() {
    VaultUser user = vaults().register(NewUser.withEmail("old@example.com").username("old"));

    VaultUser changed =
        vaults().updateUser(user.id(), 1, new UserProfile("new", "new@example.com", null));

    assertThat(vaults().findUserBy(UserKey.email("old@example.com"))).isEmpty();
    assertThat(vaults().findUserBy(UserKey.username("old"))).isEmpty();
    assertThat(vaults().findUserBy(UserKey.email("new@example.com"))).contains(changed);
    assertThat(vaults().findUserBy(UserKey.username("new"))).contains(changed);
  }

  @Test
  void changedKeysAreFreeForOthers() {
    VaultUser user = vaults().register(NewUser.withEmail("old@example.com").username("old"));
    vaults().updateUser(user.id(), 1, new UserProfile("new", "new@example.com", null));

    VaultUser heir = vaults().register(NewUser.withEmail("old@example.com").username("old"));

    assertThat(vaults().findUserBy(UserKey.email("old@example.com"))).contains(heir);
    assertThat(vaults().findUserBy(UserKey.username("old"))).contains(heir);
  }

  @Test
  void removedKeysAreFreeForOthers() {
    VaultUser user = vaults().register(NewUser.withEmail("tahir@example.com").username("tahir"));
    vaults().updateUser(user.id(), 1, user.profile().withEmail(null).withUsername(""));

    VaultUser heir = vaults().register(NewUser.withUsername("heir"));
    VaultUser changed =
        vaults().updateUser(heir.id(), 1, new UserProfile("tahir", "tahir@example.com", null));

    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(changed);
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).contains(changed);
  }

  @Test
  void keysMayBeAddedLater() {
    VaultUser user = vaults().register(NewUser.withId(UserId.random()));

    VaultUser changed =
        vaults().updateUser(user.id(), 1, new UserProfile("tahir", "tahir@example.com", null));

    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(changed);
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).contains(changed);
  }

  @Test
  void anotherSpellingOfTheSameKeyIsNoNewClaim() {
    VaultUser user = vaults().register(NewUser.withEmail("tahir@example.com").username("tahir"));
    UserProfile spelled = new UserProfile("Tahir", "Tahir@Example.com", null);

    VaultUser changed = vaults().updateUser(user.id(), 1, spelled);

    assertThat(changed.profile()).isEqualTo(spelled);
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(changed);
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).contains(changed);
  }

  @Test
  void keysMayChangeBack() {
    VaultUser user = vaults().register(NewUser.withEmail("one@example.com"));
    vaults().updateUser(user.id(), 1, user.profile().withEmail("two@example.com"));
    VaultUser back = vaults().updateUser(user.id(), 2, user.profile());

    assertThat(vaults().findUserBy(UserKey.email("one@example.com"))).contains(back);
    assertThat(vaults().findUserBy(UserKey.email("two@example.com"))).isEmpty();
  }

  @Test
  void aStaleProfileUpdateIsRefused() {
    VaultUser user = vaults().register(NewUser.withUsername("tahir"));
    VaultUser stored = vaults().updateUser(user.id(), 1, user.profile().withDisplayName("kept"));

    VersionConflictException refused =
        assertThrows(
            VersionConflictException.class,
            () -> vaults().updateUser(user.id(), 1, user.profile().withUsername("lost")));

    assertThat(refused.seen()).isEqualTo(1);
    assertThat(refused.stored()).isEqualTo(2);
    assertThat(vaults().findUser(user.id())).contains(stored);
    assertThat(vaults().findUserBy(UserKey.username("lost"))).isEmpty();
  }

  @Test
  void aProfileUpdateOfAVersionToComeIsRefused() {
    VaultUser user = vaults().register(NewUser.withUsername("tahir"));

    VersionConflictException refused =
        assertThrows(
            VersionConflictException.class,
            () -> vaults().updateUser(user.id(), 2, user.profile().withDisplayName("lost")));

    assertThat(refused.seen()).isEqualTo(2);
    assertThat(refused.stored()).isEqualTo(1);
    assertThat(vaults().findUser(user.id())).contains(user);
  }

  @Test
  void anUnknownUserCannotBeUpdated() {
    UserId unknown = UserId.of("unknown");

    UserNotFoundException refused =
        assertThrows(
            UserNotFoundException.class,
            () -> vaults().updateUser(unknown, 1, new UserProfile("free", null, null)));

    assertThat(refused.user()).isEqualTo(unknown);
    assertThat(vaults().findUserBy(UserKey.username("free"))).isEmpty();
    assertThat(vaults().findUser(unknown)).isEmpty();
  }

  @Test
  void anEmailOfSomebodyElseIsRefused() {
    VaultUser holder = vaults().register(NewUser.withEmail("taken@example.com"));
    VaultUser user = vaults().register(NewUser.withEmail("tahir@example.com").username("tahir"));

    assertTaken(Claim.EMAIL, user, new UserProfile("free", "Taken@Example.com", null));

    assertThat(vaults().findUserBy(UserKey.email("taken@example.com"))).contains(holder);
    assertThat(vaults().findUserBy(UserKey.username("free"))).isEmpty();
  }

  @Test
  void aUsernameOfSomebodyElseIsRefused() {
    VaultUser holder = vaults().register(NewUser.withUsername("taken"));
    VaultUser user = vaults().register(NewUser.withEmail("tahir@example.com").username("tahir"));

    assertTaken(Claim.USERNAME, user, new UserProfile("TAKEN", "free@example.com", null));

    assertThat(vaults().findUserBy(UserKey.username("taken"))).contains(holder);
    assertThat(vaults().findUserBy(UserKey.email("free@example.com"))).isEmpty();
    assertThat(vaults().register(NewUser.withEmail("free@example.com")).version()).isEqualTo(1);
  }

  @Test
  void aProfileUpdateLeavesTheVaultAlone() {
    Vault vault = newVault();
    Credential credential = vault.add(Given.login("github.com", "tahir"));

    vaults().updateUser(vault.owner(), 1, new UserProfile("tahir", "tahir@example.com", null));

    assertThat(vault.get(credential.id())).isEqualTo(credential);
  }

  private void assertTaken(Claim claim, VaultUser user, UserProfile profile) {
    AlreadyExistsException refused =
        assertThrows(
            AlreadyExistsException.class, () -> vaults().updateUser(user.id(), 1, profile));

    assertThat(refused.claim()).isEqualTo(claim);
    assertThat(vaults().findUser(user.id())).contains(user);
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(user);
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).contains(user);
  }
}
