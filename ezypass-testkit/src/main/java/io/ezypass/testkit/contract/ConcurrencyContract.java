package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Eight threads on the same things: nothing is lost, nothing happens twice. */
abstract class ConcurrencyContract extends AuditContract {
  @Test
  void editsOfEightThreadsLoseNothing() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "0")).id();
    long each = 6;

    Threads.atOnce(
        thread -> {
          for (int i = 0; i < each; i++) {
            editUntilItWins(vault, id, ConcurrencyContract::countUp);
          }
          return thread;
        });

    Credential counted = vault.get(id);
    assertThat(counted.content().login()).isEqualTo(String.valueOf(Threads.COUNT * each));
    assertThat(counted.version()).isEqualTo(1L + Threads.COUNT * each);
  }

  @Test
  void ofEightUpdatesOfOneVersionOneWins() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "first")).id();

    List<Boolean> won =
        Threads.atOnce(
            thread -> {
              try {
                vault.update(id, 1, Given.login("github.com", "thread " + thread));
                return true;
              } catch (VersionConflictException e) {
                assertThat(e.seen()).isEqualTo(1);
                assertThat(e.stored()).isEqualTo(2);
                return false;
              }
            });

    assertThat(won).containsOnlyOnce(true);
    Credential stored = vault.get(id);
    assertThat(stored.version()).isEqualTo(2);
    assertThat(stored.content().login()).isEqualTo("thread " + won.indexOf(true));
  }

  @Test
  void ofUpdatesAndDeletionsOfOneVersionOneWins() {
    for (int repeat = 0; repeat < 5; repeat++) {
      Vault vault = newVault();
      CredentialId id = vault.add(Given.login("github.com", "first")).id();

      List<String> outcomes =
          Threads.atOnce(thread -> thread % 2 == 0 ? tryUpdate(vault, id) : tryDelete(vault, id));

      if (outcomes.contains("updated")) {
        assertThat(outcomes).containsOnlyOnce("updated").doesNotContain("deleted");
        assertThat(vault.get(id).version()).isEqualTo(2);
      } else {
        assertThat(Collections.frequency(outcomes, "deleted")).isEqualTo(Threads.COUNT / 2);
        assertThat(vault.open()).isEmpty();
      }
    }
  }

  @Test
  void movesOfEightThreadsLeaveOneCredential() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("start.example", "0")).id();

    Threads.atOnce(
        thread -> {
          String site = "site-" + thread % 3 + ".example";
          for (int i = 0; i < 3; i++) {
            editUntilItWins(vault, id, seen -> countUp(seen).toBuilder().website(site).build());
          }
          return site;
        });

    Credential stored = vault.get(id);
    assertThat(stored.content().login()).isEqualTo(String.valueOf(3 * Threads.COUNT));
    assertThat(vault.open()).containsExactly(stored.summary());
    assertThat(vault.credentials()).containsExactly(stored);
    for (String site : List.of("start", "site-0", "site-1", "site-2")) {
      Website website = Website.of(site + ".example");
      List<CredentialSummary> found = vault.findByWebsite(website, WebsiteMatch.EXACT);
      assertThat(found)
          .isEqualTo(
              website.isSamePlaceAs(stored.content().website())
                  ? List.of(stored.summary())
                  : List.of());
    }
    vault.delete(id, stored.version());
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void addsOfEightThreadsAllArrive() {
    Vault vault = newVault();

    List<List<CredentialSummary>> added =
        Threads.atOnce(
            thread ->
                Threads.each(
                    5, i -> vault.add(Given.login("github.com", thread + "-" + i)).summary()));

    assertThat(vault.open())
        .containsExactlyInAnyOrderElementsOf(added.stream().flatMap(List::stream).toList());
  }

  @Test
  void readersSeeEveryCredentialDuringEdits() {
    Vault vault = newVault();
    List<CredentialId> ids =
        Threads.each(12, i -> vault.add(Given.login("site-" + i + ".example", "0")).id());

    Threads.atOnce(
        thread -> {
          for (int i = 0; i < 8; i++) {
            if (thread % 2 == 0) {
              editUntilItWins(
                  vault, ids.get((thread + i) % ids.size()), ConcurrencyContract::countUp);
            } else {
              assertThat(vault.open().stream().map(CredentialSummary::id))
                  .containsExactlyInAnyOrderElementsOf(ids);
            }
          }
          return thread;
        });
  }

  @Test
  void ofEightRegistrationsWithOneIdOneWins() {
    assertOneWins(thread -> NewUser.withId(UserId.of("tahir")).displayName("thread " + thread));

    assertThat(vaults().findUser(UserId.of("tahir"))).isPresent();
  }

  @Test
  void ofEightRegistrationsWithOneEmailOneWins() {
    List<NewUser> users =
        assertOneWins(thread -> NewUser.withEmail("tahir@example.com").username("t" + thread));

    VaultUser winner = vaults().findUserBy(UserKey.email("tahir@example.com")).orElseThrow();
    for (NewUser user : users) {
      boolean won = user.id().equals(winner.id());
      String username = String.valueOf(user.profile().username());
      assertThat(vaults().findUser(user.id()).isPresent()).isEqualTo(won);
      assertThat(vaults().findUserBy(UserKey.username(username)).isPresent()).isEqualTo(won);
    }
  }

  @Test
  void ofEightUsersWhoWantOneUsernameOneGetsIt() {
    List<VaultUser> users =
        Threads.each(Threads.COUNT, i -> vaults().register(NewUser.withUsername("old " + i)));

    List<Boolean> won =
        Threads.atOnce(
            thread -> {
              try {
                vaults()
                    .updateUser(users.get(thread).id(), 1, new UserProfile("wanted", null, null));
                return true;
              } catch (AlreadyExistsException e) {
                assertThat(e.claim()).isEqualTo(AlreadyExistsException.Claim.USERNAME);
                return false;
              }
            });

    assertThat(won).containsOnlyOnce(true);
    for (int i = 0; i < Threads.COUNT; i++) {
      UserKey held = UserKey.username(won.get(i) ? "wanted" : "old " + i);
      assertThat(vaults().findUserBy(held).map(VaultUser::id)).contains(users.get(i).id());
    }
  }

  @Test
  void eightDeletionsOfOneUserAgree() {
    Vault vault = newVault();
    Threads.each(20, i -> vault.add(Given.login("github.com", "login " + i)));

    assertThat(Threads.atOnce(thread -> vaults().deleteUser(vault.owner()).finalFrom()))
        .containsOnly(vaults().deleteUser(vault.owner()).finalFrom());

    CredentialsContract.assertUserNotFound(vault);
  }

  private List<NewUser> assertOneWins(IntFunction<NewUser> user) {
    List<NewUser> users = IntStream.range(0, Threads.COUNT).mapToObj(user).toList();
    List<Boolean> won =
        Threads.atOnce(
            thread -> {
              try {
                vaults().register(users.get(thread));
                return true;
              } catch (AlreadyExistsException e) {
                return false;
              }
            });
    assertThat(won).containsOnlyOnce(true);
    assertThat(Given.allPages(vaults()::listUsers, 10)).hasSize(1);
    return users;
  }

  /** An edit that lost eight rounds says so, and may be asked again. */
  private static void editUntilItWins(
      Vault vault, CredentialId id, UnaryOperator<CredentialContent> change) {
    for (boolean won = false; !won; ) {
      try {
        vault.edit(id, change).close();
        won = true;
      } catch (VersionConflictException e) {
        assertThat(e.stored()).isNotEqualTo(e.seen());
      }
    }
  }

  private static CredentialContent countUp(CredentialContent seen) {
    long count = Long.parseLong(String.valueOf(seen.login()));
    return seen.toBuilder().login(String.valueOf(count + 1)).build();
  }

  private static String tryUpdate(Vault vault, CredentialId id) {
    try {
      vault.update(id, 1, Given.login("github.com", "second"));
      return "updated";
    } catch (VersionConflictException e) {
      return "conflict";
    } catch (CredentialNotFoundException e) {
      return "not found";
    }
  }

  private static String tryDelete(Vault vault, CredentialId id) {
    try {
      vault.delete(id, 1);
      return "deleted";
    } catch (VersionConflictException e) {
      return "conflict";
    }
  }
}
