package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserKey;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.model.WriteOutcome;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A write of which no answer came back is named, and its outcome can be asked for. */
abstract class OutcomesContract extends ConcurrencyContract {
  @Test
  void anAddWhoseAnswerWasLostIsFoundApplied() {
    Vault vault = newVault();

    PendingWrite pending = loseResponse(() -> vault.add(Given.login("github.com", "tahir")));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vault.open()).hasSize(1).allMatch(c -> "tahir".equals(c.login()));
  }

  @Test
  void anAddThatWasLostIsFoundNotApplied() {
    Vault vault = newVault();

    PendingWrite pending = loseRequest(() -> vault.add(Given.login("github.com", "tahir")));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void anUpdateWhoseAnswerWasLostIsFoundApplied() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("github.com", "first"));
    CredentialContent second = Given.login("github.com", "second");

    PendingWrite pending = loseResponse(() -> vault.update(first.id(), 1, second));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vault.get(first.id()).content()).isEqualTo(second);
  }

  @Test
  void anUpdateThatWasLostIsFoundNotApplied() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("github.com", "first"));
    CredentialContent second = Given.login("github.com", "second");

    PendingWrite pending = loseRequest(() -> vault.update(first.id(), 1, second));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(vault.get(first.id())).isEqualTo(first);
    assertThat(vault.update(first.id(), 1, second).version()).isEqualTo(2);
  }

  @Test
  void aMoveWhoseAnswerWasLostIsFoundApplied() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("old.example", "tahir"));

    PendingWrite pending =
        loseResponse(() -> vault.update(first.id(), 1, Given.login("new.example", "tahir")));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vault.get(first.id()).content().website().value()).isEqualTo("new.example");
    assertThat(vault.open()).hasSize(1);
    assertThat(vault.findByWebsite(Website.of("old.example"), WebsiteMatch.EXACT)).isEmpty();
  }

  @Test
  void aMoveThatWasLostIsFoundNotApplied() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("old.example", "tahir"));

    PendingWrite pending =
        loseRequest(() -> vault.update(first.id(), 1, Given.login("new.example", "tahir")));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(vault.credentials()).containsExactly(first);
    assertThat(vault.findByWebsite(Website.of("new.example"), WebsiteMatch.EXACT)).isEmpty();
  }

  @Test
  void aDeletionWhoseAnswerWasLostIsFoundApplied() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("github.com", "tahir"));

    PendingWrite pending = loseResponse(() -> vault.delete(first.id(), 1));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void aDeletionThatWasLostIsFoundNotApplied() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("github.com", "tahir"));

    PendingWrite pending = loseRequest(() -> vault.delete(first.id(), 1));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(vault.credentials()).containsExactly(first);
    vault.delete(first.id(), 1);
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void aRegistrationWhoseAnswerWasLostIsFoundApplied() {
    NewUser user = NewUser.withEmail("tahir@example.com");

    PendingWrite pending = loseResponse(() -> vaults().register(user));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vaults().findUser(user.id())).isPresent();
    assertThat(vaults().findUserBy(UserKey.email("tahir@example.com"))).isPresent();
    Vault vault = vaults().vault(user.id());
    Credential added = vault.add(Given.login("github.com", "tahir"));
    assertThat(vault.credentials()).containsExactly(added);
  }

  @Test
  void aRegistrationThatWasLostIsFoundNotApplied() {
    NewUser user = NewUser.withEmail("tahir@example.com");

    PendingWrite pending = loseRequest(() -> vaults().register(user));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(vaults().findUser(user.id())).isEmpty();
    assertThat(vaults().register(user).version()).isEqualTo(1);
  }

  @Test
  void aProfileUpdateWhoseAnswerWasLostIsFoundApplied() {
    VaultUser user = vaults().register(NewUser.withUsername("old"));

    PendingWrite pending =
        loseResponse(() -> vaults().updateUser(user.id(), 1, user.profile().withUsername("new")));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vaults().findUserBy(UserKey.username("new"))).isPresent();
    assertThat(vaults().findUserBy(UserKey.username("old"))).isEmpty();
  }

  @Test
  void aProfileUpdateThatWasLostIsFoundNotApplied() {
    VaultUser user = vaults().register(NewUser.withUsername("tahir"));

    PendingWrite pending =
        loseRequest(() -> vaults().updateUser(user.id(), 1, user.profile().withDisplayName("new")));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(vaults().findUser(user.id())).contains(user);
  }

  @Test
  void anEditIsNotRepeatedWhenItsOutcomeIsUnknown() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("github.com", "tahir"));
    AtomicInteger rounds = new AtomicInteger();

    PendingWrite pending =
        loseResponse(
            () ->
                vault.edit(
                    first.id(),
                    seen -> seen.toBuilder().title("round " + rounds.incrementAndGet()).build()));

    assertThat(rounds).hasValue(1);
    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vault.get(first.id()).version()).isEqualTo(2);
    assertThat(vault.get(first.id()).content().title()).isEqualTo("round 1");
  }

  @Test
  void anAppliedWriteStaysAppliedAfterALaterOne() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("github.com", "first"));
    PendingWrite pending =
        loseResponse(() -> vault.update(first.id(), 1, Given.login("github.com", "second")));

    vault.update(first.id(), 2, Given.login("github.com", "third"));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vault.get(first.id()).content().login()).isEqualTo("third");
  }

  @Test
  void aLostWriteStaysLostAfterSomebodyElses() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("github.com", "first"));
    PendingWrite pending =
        loseRequest(() -> vault.update(first.id(), 1, Given.login("github.com", "lost")));

    vault.update(first.id(), 1, Given.login("github.com", "somebody else"));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(vault.get(first.id()).content().login()).isEqualTo("somebody else");
  }

  @Test
  void aPendingWriteIsATextThatAnyViewResolves() {
    Vault vault = newVault();
    PendingWrite pending = loseResponse(() -> vault.add(Given.login("github.com", "tahir")));

    PendingWrite stored = PendingWrite.of(pending.value());

    assertThat(vaults().resolve(stored)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vaults().as(Actor.of("support")).resolve(stored)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(pending.value()).doesNotContain("tahir", "github");
  }

  @Test
  void aTextThatIsNoPendingWriteOfThisTableIsRefused() {
    ContractTarget other = anotherTarget();
    Vault theirs =
        other.repository().vault(other.repository().register(NewUser.withUsername("tahir")).id());
    other.loseNextResponse();
    PendingWrite foreign =
        assertThrows(
                WriteOutcomeUnknownException.class,
                () -> theirs.add(Given.login("github.com", "tahir")))
            .pending();

    assertThrows(IllegalArgumentException.class, () -> vaults().resolve(foreign));
    assertThrows(
        IllegalArgumentException.class, () -> vaults().resolve(PendingWrite.of("nonsense")));
    assertThat(other.repository().resolve(foreign)).isEqualTo(WriteOutcome.APPLIED);
  }

  private PendingWrite loseRequest(Executable write) {
    target().loseNextRequest();
    return assertThrows(WriteOutcomeUnknownException.class, write).pending();
  }

  private PendingWrite loseResponse(Executable write) {
    target().loseNextResponse();
    return assertThrows(WriteOutcomeUnknownException.class, write).pending();
  }
}
