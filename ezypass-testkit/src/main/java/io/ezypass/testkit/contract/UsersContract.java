package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.AlreadyExistsException.Claim;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import org.junit.jupiter.api.Test;

/** Registering and finding users. */
abstract class UsersContract extends Contract {
  @Test
  void aRegisteredUserIsOfVersionOneAndFound() {
    UserId id = UserId.of("service:42");
    UserProfile profile = new UserProfile("tahir", "tahir@example.com", "Tahir");

    VaultUser user = vaults().register(new NewUser(id, profile));

    assertThat(user)
        .isEqualTo(new VaultUser(id, profile, Audit.created(clock().instant(), Actor.user(id)), 1));
    assertThat(vaults().findUser(id)).contains(user);
  }

  @Test
  void aUserIsFoundByEmailAndByUsername() {
    VaultUser user =
        vaults()
            .register(NewUser.withEmail("tahir@example.com").username("tahir").displayName("T"));
    vaults().register(NewUser.withEmail("other@example.com").username("other"));

    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(user);
    assertThat(vaults().findUserBy(UserKey.username("tahir"))).contains(user);
  }

  @Test
  void aUserNeedsNeitherEmailNorUsername() {
    VaultUser one = vaults().register(NewUser.withId(UserId.of("one")));
    VaultUser two = vaults().register(NewUser.withId(UserId.of("two")));

    assertThat(one.profile()).isEqualTo(new UserProfile(null, null, null));
    assertThat(vaults().findUser(one.id())).contains(one);
    assertThat(vaults().findUser(two.id())).contains(two);
  }

  @Test
  void anUnknownUserIsEmpty() {
    vaults().register(NewUser.withEmail("tahir@example.com").username("tahir"));

    assertThat(vaults().findUser(UserId.random())).isEmpty();
    assertThat(vaults().findUserBy(UserKey.email("nobody@example.com"))).isEmpty();
    assertThat(vaults().findUserBy(UserKey.username("nobody"))).isEmpty();
  }

  @Test
  void emailAndUsernameAreDifferentNames() {
    VaultUser byName = vaults().register(NewUser.withUsername("tahir@example.com"));
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).isEmpty();

    VaultUser byEmail = vaults().register(NewUser.withEmail("tahir@example.com"));

    assertThat(vaults().findUserBy(UserKey.username("tahir@example.com"))).contains(byName);
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(byEmail);
  }

  @Test
  void keysAreFoundInEverySpelling() {
    VaultUser user =
        vaults().register(NewUser.withEmail("Tahir@Example.COM").username("Jose\u0301"));

    assertThat(vaults().findUserBy(UserKey.email(" tahir@example.com "))).contains(user);
    assertThat(vaults().findUserBy(UserKey.username("JOS\u00c9"))).contains(user);
  }

  @Test
  void aProfileIsKeptAsItWasWritten() {
    UserProfile profile =
        new UserProfile("Jose\u0301 " + Given.UNICODE, "Tahir@Example.COM", Given.UNICODE);

    VaultUser user = vaults().register(new NewUser(UserId.random(), profile));

    assertThat(user.profile()).isEqualTo(profile);
    assertThat(vaults().findUser(user.id())).contains(user);
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(user);
  }

  @Test
  void theLongestProfileAndIdArrive() {
    UserId id = UserId.of("AZaz09._:-".repeat(12) + "AZaz09._");
    String username = "n".repeat(UserKey.MAX_CHARS);
    String email = "e".repeat(UserKey.MAX_CHARS - 2) + "@x";
    UserProfile profile = new UserProfile(username, email, "𝔘".repeat(512));

    VaultUser user = vaults().register(new NewUser(id, profile));

    assertThat(vaults().findUser(id)).contains(user);
    assertThat(user.profile()).isEqualTo(profile);
    assertThat(vaults().findUserBy(UserKey.username(username))).contains(user);
    assertThat(vaults().findUserBy(UserKey.email(email))).contains(user);
  }

  @Test
  void aTakenIdIsRefused() {
    UserId id = UserId.of("taken");
    VaultUser user = vaults().register(NewUser.withId(id).displayName("first"));

    assertTaken(Claim.USER_ID, NewUser.withId(id).displayName("second"));

    assertThat(vaults().findUser(id)).contains(user);
  }

  @Test
  void anIdDiffersByCase() {
    VaultUser lower = vaults().register(NewUser.withId(UserId.of("case")));
    VaultUser upper = vaults().register(NewUser.withId(UserId.of("CASE")));

    assertThat(vaults().findUser(lower.id())).contains(lower);
    assertThat(vaults().findUser(upper.id())).contains(upper);
  }

  @Test
  void aTakenEmailIsRefusedInEverySpelling() {
    VaultUser user = vaults().register(NewUser.withEmail("tahir@example.com"));

    assertTaken(Claim.EMAIL, NewUser.withEmail("tahir@example.com"));
    assertTaken(Claim.EMAIL, NewUser.withEmail("TAHIR@example.com").username("free"));

    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).contains(user);
  }

  @Test
  void aTakenUsernameIsRefusedInEverySpelling() {
    VaultUser user = vaults().register(NewUser.withUsername("jos\u00e9"));

    assertTaken(Claim.USERNAME, NewUser.withUsername("jos\u00e9"));
    assertTaken(Claim.USERNAME, NewUser.withUsername("JOSE\u0301").email("free@example.com"));

    assertThat(vaults().findUserBy(UserKey.username("jos\u00e9"))).contains(user);
  }

  @Test
  void aRefusedRegistrationWritesNothing() {
    vaults().register(NewUser.withUsername("taken"));
    NewUser refused = NewUser.withEmail("free@example.com").username("taken");
    assertTaken(Claim.USERNAME, refused);

    assertThat(vaults().findUser(refused.id())).isEmpty();
    assertThat(vaults().findUserBy(UserKey.email("free@example.com"))).isEmpty();
    assertThat(Given.allPages(vaults()::listUsers, 100)).hasSize(1);

    VaultUser later = vaults().register(refused.username("another"));
    assertThat(vaults().findUserBy(UserKey.email("free@example.com"))).contains(later);
  }

  @Test
  void twoTablesKnowNothingOfEachOther() {
    NewUser user = NewUser.withEmail("tahir@example.com");
    vaults().register(user);
    ContractTarget other = anotherTarget();

    assertThat(other.repository().findUser(user.id())).isEmpty();
    assertThat(other.repository().findUserBy(UserKey.email("tahir@example.com"))).isEmpty();
    assertThat(other.repository().register(user).version()).isEqualTo(1);
  }

  private void assertTaken(Claim claim, NewUser user) {
    AlreadyExistsException refused =
        assertThrows(AlreadyExistsException.class, () -> vaults().register(user));
    assertThat(refused.claim()).isEqualTo(claim);
  }
}
