package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchResult;
import io.ezypass.Vault;
import io.ezypass.error.BatchMismatchException;
import io.ezypass.model.Actor;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.VaultPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many deletions in one call. */
abstract class BatchDeletionContract extends BatchContract {
  private static final BatchId CLEAN_UP = BatchId.of("clean-up");

  @Test
  void aBatchDeletesWhatItsCallerSawIntoTheTrash() {
    Vault vault = newVault();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(120), STANDARD));
    Credential moved = vault.update(ids.get(5), 1, Given.login("moved.example", "moved"));
    Vault support = vaults().as(Actor.of("support")).vault(vault.owner());

    BatchResult result =
        support.batch().delete(CLEAN_UP, seen(vault, ids.subList(0, 110)), STANDARD);

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(110);
    assertThat(ids(result)).isEqualTo(ids.subList(0, 110));
    assertThat(vault.open())
        .extracting("id")
        .containsExactlyInAnyOrderElementsOf(ids.subList(110, 120));
    List<TrashedCredential> trash = Given.allPages(vault.trash()::list, 50);
    assertThat(trash).hasSize(110).allMatch(t -> t.deletedBy().equals(Actor.of("support")));
    Credential restored = vault.trash().restore(moved.id(), 3);
    assertThat(restored.content()).isEqualTo(moved.content());
  }

  @Test
  void runAgainABatchDoesNotDeleteWhatWasRestoredSince() {
    Vault vault = newVault();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(60), STANDARD));
    List<CredentialVersion> seen = seen(vault, ids);
    vault.batch().delete(CLEAN_UP, seen, STANDARD);
    Credential restored = vault.trash().restore(ids.get(3), 2);

    BatchResult again = vault.batch().delete(CLEAN_UP, seen, STANDARD);

    assertThat(again.count(Outcome.ALREADY_THERE)).isEqualTo(60);
    assertThat(vault.credentials()).containsExactly(restored);
  }

  @Test
  void anotherVersionIsAConflictAndStaysOneForThisBatch() {
    Vault vault = newVault();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(60), STANDARD));
    List<CredentialVersion> seen = seen(vault, ids);
    vault.update(ids.get(50), 1, Given.login("github.com", "changed"));

    BatchResult result = vault.batch().delete(CLEAN_UP, seen, STANDARD);

    assertThat(result.items().get(50))
        .isEqualTo(new BatchItem(Outcome.CONFLICT, ids.get(50), null));
    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(59);
    assertThat(vault.open()).hasSize(1);

    vault.delete(ids.get(50), 2);
    BatchResult again = vault.batch().delete(CLEAN_UP, seen, STANDARD);
    assertThat(again.items().get(50).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(again.count(Outcome.ALREADY_THERE)).isEqualTo(59);
  }

  @Test
  void whatIsGoneOrNamedTwiceIsAlreadyAsItShouldBe() {
    Vault vault = newVault();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(3), STANDARD));
    vault.delete(ids.get(2), 1);
    List<CredentialVersion> items =
        List.of(
            new CredentialVersion(ids.get(0), 1),
            new CredentialVersion(ids.get(1), 7),
            new CredentialVersion(ids.get(0), 1),
            new CredentialVersion(ids.get(1), 1),
            new CredentialVersion(ids.get(2), 1),
            new CredentialVersion(Given.UNKNOWN_ID, 1));

    BatchResult result = vault.batch().delete(CLEAN_UP, items, STANDARD);

    assertThat(result.items())
        .extracting(BatchItem::outcome)
        .containsExactly(
            Outcome.WRITTEN,
            Outcome.CONFLICT,
            Outcome.ALREADY_THERE,
            Outcome.WRITTEN,
            Outcome.ALREADY_THERE,
            Outcome.ALREADY_THERE);
    assertThat(vault.open()).isEmpty();
    assertThat(vault.trash().list(PageRequest.first(10)).items()).hasSize(3);
  }

  @Test
  void anIdOfAdditionsIsNoIdOfDeletions() {
    Vault vault = newVault();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(2), STANDARD));
    List<CredentialVersion> seen = seen(vault, ids);

    assertThrows(BatchMismatchException.class, () -> vault.batch().delete(IMPORT, seen, STANDARD));
    assertThat(vault.open()).hasSize(2);

    vault.batch().delete(CLEAN_UP, seen, STANDARD);
    List<CredentialVersion> otherVersion = new ArrayList<>(seen);
    otherVersion.set(1, new CredentialVersion(ids.get(1), 2));
    assertThrows(
        BatchMismatchException.class, () -> vault.batch().delete(CLEAN_UP, otherVersion, STANDARD));
  }

  @Test
  void aLostDeletionIsSentAgainAndWrittenOnce() {
    Vault vault = newVault();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(4), STANDARD));
    List<CredentialVersion> seen = seen(vault, ids);

    target().loseNextResponse();
    BatchResult response = vault.batch().delete(CLEAN_UP, seen.subList(0, 2), STANDARD);
    target().loseNextRequest();
    BatchResult request = vault.batch().delete(BatchId.random(), seen.subList(2, 4), STANDARD);

    assertThat(response.count(Outcome.WRITTEN)).isEqualTo(2);
    assertThat(request.count(Outcome.WRITTEN)).isEqualTo(2);
    assertThat(vault.open()).isEmpty();
    assertThat(vault.trash().list(PageRequest.first(10)).items()).hasSize(4);
  }

  @Test
  void withoutATrashABatchDeletesForGoodWithRevisions() {
    Vault vault = newVault();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(3), STANDARD));
    vault.update(ids.get(0), 1, Given.login("github.com", "changed"));
    vault.update(ids.get(1), 1, Given.login("moved.example", "moved"));
    Vault without =
        target()
            .repository(VaultPolicies.defaults().withTrash(TrashPolicy.off()))
            .vault(vault.owner());

    BatchResult result = without.batch().delete(CLEAN_UP, seen(vault, ids), STANDARD);

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(3);
    assertThat(vault.open()).isEmpty();
    assertThat(vault.trash().list(PageRequest.first(10)).items()).isEmpty();
  }

  /** The times at which DynamoDB deletes have no fractions. */
  @Test
  void aBatchIsKnownUntilTheSecondInWhichItsRetentionEnds() {
    Instant begun = Instant.parse("2031-03-01T12:00:00.250Z");
    Instant end = Instant.parse("2031-03-03T12:00:00Z");
    moveClockTo(begun);
    Vault vault = newVault();
    BatchOptions options = STANDARD.withReceiptRetention(Duration.ofDays(2));
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(1), options));
    vault.batch().delete(CLEAN_UP, seen(vault, ids), options);

    moveClockTo(end.minusMillis(1));
    assertThat(vault.batch().add(IMPORT, logins(1), options).count(Outcome.ALREADY_THERE))
        .isEqualTo(1);
    assertThrows(
        BatchMismatchException.class, () -> vault.batch().add(CLEAN_UP, logins(1), options));
    moveClockTo(end);
    assertThat(vault.batch().add(IMPORT, logins(1), options).count(Outcome.WRITTEN)).isEqualTo(1);
    vault.batch().add(CLEAN_UP, logins(1), options);
    assertThat(vault.open()).hasSize(2);
  }

  private static List<CredentialVersion> seen(Vault vault, List<CredentialId> ids) {
    return vault.batch().get(ids).stream()
        .map(read -> CredentialVersion.of(read.orThrow().summary()))
        .toList();
  }
}
