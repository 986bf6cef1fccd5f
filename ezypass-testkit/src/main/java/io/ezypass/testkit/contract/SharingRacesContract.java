package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import io.ezypass.model.WriteOutcome;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Shares that meet other writes of one credential, or whose answer gets lost. */
abstract class SharingRacesContract extends SharedListsContract {
  @Test
  void sharesOfEightThreadsAllLand() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    List<Vault> recipients = Threads.each(3 * Threads.COUNT, i -> newVault());

    Threads.atOnce(
        thread -> {
          for (int i = 0; i < 3; i++) {
            UserId recipient = recipients.get(3 * thread + i).owner();
            assertThat(tryShare(owner, id, recipient)).isEqualTo("shared");
          }
          return thread;
        });

    assertThat(owner.sharing().grants(id))
        .extracting(Grant::recipient)
        .containsExactlyElementsOf(recipients.stream().map(Vault::owner).sorted(BY_TEXT).toList());
    assertThat(given(owner)).isEqualTo(owner.sharing().grants(id));
    for (Vault recipient : recipients) {
      assertThat(received(recipient)).hasSize(1);
    }
  }

  @Test
  void theLimitHoldsAgainstEightThreads() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    int before = Grant.MOST - 3;
    List<Vault> recipients = Threads.each(before + Threads.COUNT, i -> newVault());
    for (Vault recipient : recipients.subList(0, before)) {
      owner.sharing().share(id, NewGrant.to(recipient.owner()));
    }

    List<String> outcomes =
        Threads.atOnce(thread -> tryShare(owner, id, recipients.get(before + thread).owner()));

    assertThat(Collections.frequency(outcomes, "shared")).isEqualTo(3);
    assertThat(Collections.frequency(outcomes, "limit")).isEqualTo(Threads.COUNT - 3);
    assertThat(owner.sharing().grants(id)).hasSize(Grant.MOST);
    for (int thread = 0; thread < Threads.COUNT; thread++) {
      Vault recipient = recipients.get(before + thread);
      if (outcomes.get(thread).equals("shared")) {
        assertShared(owner, recipient, id);
      } else {
        assertNotShared(owner, recipient, id);
      }
    }
  }

  @Test
  void ofEightSharesWithOneRecipientOneWins() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = newVault();

    List<String> outcomes = Threads.atOnce(thread -> tryShare(owner, id, recipient.owner()));

    assertThat(outcomes).containsOnlyOnce("shared").containsOnly("shared", "already shared");
    assertThat(owner.sharing().grants(id)).hasSize(1);
    assertShared(owner, recipient, id);
  }

  @Test
  void editsAndSharesAtOnceAllLand() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("start.example", "0")).id();
    List<Vault> recipients = Threads.each(Threads.COUNT, i -> newVault());

    Threads.atOnce(
        thread -> {
          if (thread % 2 == 1) {
            for (int i = 0; i < 2; i++) {
              UserId recipient = recipients.get(thread - i).owner();
              assertThat(tryShare(owner, id, recipient)).isEqualTo("shared");
            }
          } else {
            String site = "site-" + thread % 4 + ".example";
            edit(owner, id, "title of " + thread, "start.example");
            edit(owner, id, "title of " + thread, site);
          }
          return thread;
        });

    Credential stored = owner.get(id);
    assertThat(stored.version()).isEqualTo(1L + Threads.COUNT);
    assertThat(owner.sharing().grants(id)).hasSize(Threads.COUNT);
    for (Vault recipient : recipients) {
      assertOpened(recipient, stored);
      assertShared(owner, recipient, id);
    }
  }

  @Test
  void sharesAndRevocationsAtOnceDoNotMeet() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    List<Vault> recipients = Threads.each(Threads.COUNT, i -> newVault());
    List<Vault> before = recipients.subList(0, Threads.COUNT / 2);
    before.forEach(recipient -> owner.sharing().share(id, NewGrant.to(recipient.owner())));

    Threads.atOnce(
        thread -> {
          UserId recipient = recipients.get(thread).owner();
          if (thread < before.size()) {
            untilItGetsThrough(() -> owner.sharing().revoke(id, recipient));
          } else {
            assertThat(tryShare(owner, id, recipient)).isEqualTo("shared");
          }
          return thread;
        });

    before.forEach(recipient -> assertNotShared(owner, recipient, id));
    recipients
        .subList(before.size(), recipients.size())
        .forEach(recipient -> assertShared(owner, recipient, id));
  }

  @Test
  void whatIsSharedDuringADeletionIsNotShared() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    List<Vault> recipients = Threads.each(Threads.COUNT, i -> newVault());

    List<String> outcomes =
        Threads.atOnce(
            thread -> {
              if (thread == 0) {
                untilItGetsThrough(() -> owner.delete(id, 1));
                return "deleted";
              }
              return tryShare(owner, id, recipients.get(thread).owner());
            });

    assertThat(outcomes).containsOnlyOnce("deleted");
    assertThat(outcomes.subList(1, Threads.COUNT)).isSubsetOf("shared", "not found");
    assertThat(given(owner)).isEmpty();
    owner.trash().restore(id, 2);
    assertThat(owner.sharing().grants(id)).isEmpty();
    for (Vault recipient : recipients) {
      assertNotShared(owner, recipient, id);
    }
  }

  @Test
  void aGrantWhoseAnswerWasLostIsFoundApplied() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = newVault();
    NewGrant grant = NewGrant.to(recipient.owner());

    target().loseNextResponse();
    PendingWrite shared = unknown(() -> owner.sharing().share(id, grant));
    assertThat(vaults().resolve(shared)).isEqualTo(WriteOutcome.APPLIED);
    assertShared(owner, recipient, id);
    target().loseNextResponse();
    PendingWrite revoked = unknown(() -> owner.sharing().revoke(id, recipient.owner()));

    assertThat(vaults().resolve(revoked)).isEqualTo(WriteOutcome.APPLIED);
    assertNotShared(owner, recipient, id);
  }

  @Test
  void aGrantThatWasLostIsFoundNotApplied() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = newVault();
    NewGrant grant = NewGrant.to(recipient.owner());

    target().loseNextRequest();
    PendingWrite shared = unknown(() -> owner.sharing().share(id, grant));
    assertThat(vaults().resolve(shared)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertNotShared(owner, recipient, id);
    owner.sharing().share(id, grant);
    target().loseNextRequest();
    PendingWrite revoked = unknown(() -> owner.sharing().revoke(id, recipient.owner()));

    assertThat(vaults().resolve(revoked)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertShared(owner, recipient, id);
  }

  private static PendingWrite unknown(Executable write) {
    return assertThrows(WriteOutcomeUnknownException.class, write).pending();
  }

  private static String tryShare(Vault owner, CredentialId id, UserId recipient) {
    String[] outcome = {"shared"};
    untilItGetsThrough(
        () -> {
          try {
            owner.sharing().share(id, NewGrant.to(recipient));
          } catch (AlreadySharedException e) {
            outcome[0] = "already shared";
          } catch (LimitExceededException e) {
            outcome[0] = "limit";
          } catch (CredentialNotFoundException e) {
            outcome[0] = "not found";
          }
        });
    return outcome[0];
  }

  private static void edit(Vault owner, CredentialId id, String title, String site) {
    for (boolean won = false; !won; ) {
      try {
        untilItGetsThrough(
            () -> owner.edit(id, c -> c.toBuilder().title(title).website(site).build()).close());
        won = true;
      } catch (VersionConflictException e) {
        assertThat(e.stored()).isNotEqualTo(e.seen());
      }
    }
  }

  /** A write that others overtook too often says that nothing was written, and may be repeated. */
  private static void untilItGetsThrough(Runnable write) {
    for (boolean through = false; !through; ) {
      try {
        write.run();
        through = true;
      } catch (StorageUnavailableException e) {
        assertThat(e.reason()).isEqualTo(StorageUnavailableException.Reason.THROTTLED);
      }
    }
  }
}
