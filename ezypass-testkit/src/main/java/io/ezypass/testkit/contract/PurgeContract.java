package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.WriteOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is purged is gone for good, and what became of a write to the trash can be asked for. */
abstract class PurgeContract extends TrashContract {
  @Test
  void whatIsPurgedIsGoneForGood() {
    Vault vault = newVault();
    Credential first = vault.add(password("1"));
    Credential second = vault.update(first.id(), 1, password("2"));
    Credential other = vault.add(password("other"));
    trash(vault, second);
    trash(vault, other);

    assertThrows(VersionConflictException.class, () -> vault.trash().purge(first.id(), 2));
    vault.trash().purge(first.id(), 3);

    assertThat(only(vault).id()).isEqualTo(other.id());
    assertThrows(CredentialNotFoundException.class, () -> vault.trash().restore(first.id(), 3));
    vault.trash().purge(first.id(), 3);
    vault.trash().purge(Given.UNKNOWN_ID, 1);
  }

  @Test
  void whatWasRestoredIsNotPurged() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("old.example", "tahir"));
    trash(vault, added);
    Credential restored = vault.trash().restore(added.id(), 2);

    VersionConflictException refused =
        assertThrows(VersionConflictException.class, () -> vault.trash().purge(added.id(), 2));
    assertThat(refused.stored()).isEqualTo(3);
    Credential moved = vault.edit(added.id(), c -> c.toBuilder().website("new.example").build());
    refused =
        assertThrows(VersionConflictException.class, () -> vault.trash().purge(added.id(), 2));

    assertThat(refused.stored()).isEqualTo(4);
    assertThat(restored.id()).isEqualTo(moved.id());
    assertThat(vault.credentials()).containsExactly(moved);
  }

  @Test
  void aTrashIsEmptied() {
    Vault vault = newVault();
    Credential kept = vault.add(Given.login("github.com", "kept"));
    for (int i = 0; i < 5; i++) {
      Credential added = vault.add(password("old"));
      trash(vault, i % 2 == 0 ? added : vault.update(added.id(), 1, password("new " + i)));
    }

    assertThat(vault.trash().empty()).isEqualTo(5);

    assertThat(trashOf(vault)).isEmpty();
    assertThat(vault.credentials()).containsExactly(kept);
    assertThat(vault.trash().empty()).isZero();
  }

  @Test
  void aRestoreWhoseAnswerWasLostIsFoundApplied() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);

    PendingWrite pending = loseResponse(() -> vault.trash().restore(added.id(), 2));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(vault.get(added.id()).version()).isEqualTo(3);
    assertThat(trashOf(vault)).isEmpty();
  }

  @Test
  void aRestoreThatWasLostIsFoundNotApplied() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);

    target().loseNextRequest();
    PendingWrite pending =
        assertThrows(WriteOutcomeUnknownException.class, () -> vault.trash().restore(added.id(), 2))
            .pending();

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(vault.trash().restore(added.id(), 2).version()).isEqualTo(3);
  }

  @Test
  void aPurgeWhoseAnswerWasLostIsFoundApplied() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);

    PendingWrite pending = loseResponse(() -> vault.trash().purge(added.id(), 2));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(trashOf(vault)).isEmpty();
  }

  @Test
  void aPurgeThatWasLostIsFoundNotApplied() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    trash(vault, added);

    target().loseNextRequest();
    PendingWrite pending =
        assertThrows(WriteOutcomeUnknownException.class, () -> vault.trash().purge(added.id(), 2))
            .pending();

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.NOT_APPLIED);
    assertThat(only(vault).id()).isEqualTo(added.id());
  }

  @Test
  void aDeletionWhoseAnswerWasLostIsFoundAppliedAfterARestoreToo() {
    Vault vault = newVault();
    Credential added = vault.add(Given.login("github.com", "tahir"));

    PendingWrite pending = loseResponse(() -> vault.delete(added.id(), 1));

    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
    assertThat(only(vault).id()).isEqualTo(added.id());
    vault.trash().restore(added.id(), 2);
    assertThat(vaults().resolve(pending)).isEqualTo(WriteOutcome.APPLIED);
  }

  private PendingWrite loseResponse(Executable write) {
    target().loseNextResponse();
    return assertThrows(WriteOutcomeUnknownException.class, write).pending();
  }
}
