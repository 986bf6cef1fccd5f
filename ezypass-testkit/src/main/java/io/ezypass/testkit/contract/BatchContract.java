package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchRead;
import io.ezypass.BatchResult;
import io.ezypass.Vault;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.JobProgress;
import io.ezypass.error.BatchMismatchException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.Actor;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many credentials in one call: idempotent by the caller's id, told item by item. */
abstract class BatchContract extends HealthContract {
  static final BatchId IMPORT = BatchId.of("import of 2026-11-28");
  static final BatchOptions STANDARD = BatchOptions.standard();

  @Test
  void aBatchAddsEveryContentInOrder() {
    Vault vault = newVault();
    List<CredentialContent> contents = logins(250);

    BatchResult result = vault.batch().add(IMPORT, contents, STANDARD);

    assertThat(result.isSettled()).isTrue();
    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(250);
    assertThat(ids(result)).doesNotHaveDuplicates();
    List<BatchRead> read = vault.batch().get(ids(result));
    assertThat(read).extracting(r -> r.orThrow().content()).isEqualTo(contents);
    assertThat(read)
        .extracting(BatchRead::orThrow)
        .allMatch(c -> c.version() == 1 && c.audit().createdBy().equals(Actor.user(vault.owner())));
    assertThat(vault.open()).hasSize(250);
  }

  @Test
  void aBatchActsInTheNameOfTheRepositorysActor() {
    Vault vault = newVault();
    Actor support = Actor.of("support");

    BatchResult result =
        vaults().as(support).vault(vault.owner()).batch().add(IMPORT, logins(1), STANDARD);

    assertThat(vault.get(ids(result).get(0)).audit().createdBy()).isEqualTo(support);
  }

  @Test
  void runAgainABatchChangesNothingAndSaysWhatIsThere() {
    Vault vault = newVault();
    List<CredentialContent> contents = logins(120);
    BatchResult first = vault.batch().add(IMPORT, contents, STANDARD);
    List<Credential> stored = vault.credentials().toList();

    BatchResult second = vault.batch().add(IMPORT, contents, STANDARD);

    assertThat(second.count(Outcome.ALREADY_THERE)).isEqualTo(120);
    assertThat(ids(second)).isEqualTo(ids(first));
    assertThat(vault.credentials()).containsExactlyInAnyOrderElementsOf(stored);
  }

  @Test
  void runAgainABatchDoesNotBringBackWhatWasDeletedOrChangedSince() {
    Vault vault = newVault();
    List<CredentialContent> contents = logins(3);
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, contents, STANDARD));
    vault.delete(ids.get(0), 1);
    Credential changed = vault.update(ids.get(1), 1, Given.login("github.com", "changed"));

    BatchResult again = vault.batch().add(IMPORT, contents, STANDARD);

    assertThat(again.count(Outcome.ALREADY_THERE)).isEqualTo(3);
    assertThat(vault.open()).hasSize(2);
    assertThat(vault.get(ids.get(1))).isEqualTo(changed);
    assertThrows(CredentialNotFoundException.class, () -> vault.get(ids.get(0)));
  }

  @Test
  void anIdIsForOneContentOnly() {
    Vault vault = newVault();
    List<CredentialContent> contents = logins(150);
    vault.batch().add(IMPORT, contents, STANDARD);

    assertMismatch(vault, contents.subList(0, 149));
    List<CredentialContent> more = new ArrayList<>(contents);
    more.add(contents.get(0));
    assertMismatch(vault, more);
    List<CredentialContent> otherOrder = new ArrayList<>(contents);
    Collections.swap(otherOrder, 0, 1);
    assertMismatch(vault, otherOrder);
    List<CredentialContent> otherSecret = new ArrayList<>(contents);
    otherSecret.set(
        149, contents.get(149).toBuilder().password(Secret.of("another password")).build());
    assertMismatch(vault, otherSecret);
    assertThat(vault.open()).hasSize(150);
  }

  @Test
  void anIdIsOfOneVault() {
    Vault one = newVault();
    Vault two = newVault();

    assertThat(one.batch().add(IMPORT, logins(2), STANDARD).count(Outcome.WRITTEN)).isEqualTo(2);
    assertThat(two.batch().add(IMPORT, logins(3), STANDARD).count(Outcome.WRITTEN)).isEqualTo(3);
    assertThat(one.open()).hasSize(2);
  }

  @Test
  void aBatchIsKnownForItsRetention() {
    Vault vault = newVault();
    List<CredentialContent> contents = logins(2);
    vault.batch().add(IMPORT, contents, STANDARD.withReceiptRetention(Duration.ofDays(2)));

    // What a later call asks for does not count: the batch has begun.
    clock().advance(Duration.ofDays(2).minusSeconds(1));
    assertThat(vault.batch().add(IMPORT, contents, STANDARD).count(Outcome.ALREADY_THERE))
        .isEqualTo(2);

    clock().advance(Duration.ofSeconds(2));
    List<CredentialContent> others = logins(3);
    assertThat(vault.batch().add(IMPORT, others, STANDARD).count(Outcome.WRITTEN)).isEqualTo(3);
    assertThat(vault.batch().add(IMPORT, others, STANDARD).count(Outcome.ALREADY_THERE))
        .isEqualTo(3);
    assertThat(vault.open()).hasSize(5);
  }

  @Test
  void aBadItemFailsAloneAndForGood() {
    Vault vault = newVault();
    List<CredentialContent> contents = new ArrayList<>(logins(110));
    contents.set(50, Given.site("github.com").expiresAt(clock().instant().plusSeconds(60)).build());
    CredentialContent.Builder large = Given.site("large.example");
    for (int i = 0; i < 5; i++) {
      large.hiddenField("field " + i, Secret.of("x".repeat(100_000)));
    }
    contents.set(109, large.build());
    clock().advance(Duration.ofSeconds(60));

    BatchResult result = vault.batch().add(IMPORT, contents, STANDARD);

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(108);
    assertFailed(result.items().get(50), IllegalArgumentException.class);
    assertThat(result.items().get(50).failure()).hasMessageContaining("expiresAt");
    assertFailed(result.items().get(109), LimitExceededException.class);
    assertThat(vault.open()).hasSize(108);

    BatchResult again = vault.batch().add(IMPORT, contents, STANDARD);
    assertThat(again.count(Outcome.ALREADY_THERE)).isEqualTo(108);
    assertFailed(again.items().get(50), IllegalArgumentException.class);
    assertFailed(again.items().get(109), LimitExceededException.class);
  }

  @Test
  void equalContentsAreAddedEachOnItsOwn() {
    Vault vault = newVault();
    CredentialContent content = Given.login("github.com", "tahir");

    BatchResult result = vault.batch().add(IMPORT, Collections.nCopies(100, content), STANDARD);

    assertThat(ids(result)).hasSize(100).doesNotHaveDuplicates();
    assertThat(vault.open()).hasSize(100);
  }

  @Test
  void whatIsLostOnTheWayIsSentAgainAndWrittenOnce() {
    Vault vault = newVault();
    target().loseNextResponse();
    BatchResult response = vault.batch().add(IMPORT, logins(2), STANDARD);
    target().loseNextRequest();
    BatchResult request = vault.batch().add(BatchId.random(), logins(2), STANDARD);

    assertThat(response.count(Outcome.WRITTEN)).isEqualTo(2);
    assertThat(request.count(Outcome.WRITTEN)).isEqualTo(2);
    assertThat(vault.open()).hasSize(4);
  }

  @Test
  void theObserverIsToldOfEveryItem() {
    Vault vault = newVault();
    List<JobProgress> told = Collections.synchronizedList(new ArrayList<>());
    BatchOptions observed = STANDARD.withJob(JobOptions.unpaced().observedBy(told::add));

    vault.batch().add(IMPORT, logins(105), observed);
    assertThat(told)
        .isEqualTo(
            IntStream.rangeClosed(1, 105)
                .mapToObj(i -> new JobProgress(vault.owner(), i))
                .toList());

    told.clear();
    vault.batch().add(IMPORT, logins(105), observed);
    assertThat(told).hasSize(105);
  }

  @Test
  void aCancelledBatchIsReportedAndGoesOnWhenItIsCalledAgain() {
    Vault vault = newVault();
    List<CredentialContent> contents = logins(250);
    List<JobProgress> told = Collections.synchronizedList(new ArrayList<>());
    BatchOptions stopping =
        STANDARD.withJob(
            JobOptions.unpaced().observedBy(told::add).cancelledWhen(() -> !told.isEmpty()));

    BatchResult first = vault.batch().add(IMPORT, contents, stopping);

    assertThat(first.isSettled()).isFalse();
    int written = (int) first.count(Outcome.WRITTEN);
    assertThat(written).isBetween(1, 249);
    assertThat(first.items().subList(written, 250))
        .allMatch(item -> item.outcome() == Outcome.NOT_ATTEMPTED && item.id() == null)
        .extracting(BatchItem::failure)
        .allMatch(CancellationException.class::isInstance);

    BatchResult second = vault.batch().add(IMPORT, contents, STANDARD);
    assertThat(second.count(Outcome.ALREADY_THERE)).isEqualTo(written);
    assertThat(second.count(Outcome.WRITTEN)).isEqualTo(250 - written);
    assertThat(vault.open()).hasSize(250);
  }

  @Test
  void aBatchThatIsCancelledBeforeItBeginsIsNone() {
    Vault vault = newVault();
    BatchOptions never = STANDARD.withJob(JobOptions.unpaced().cancelledWhen(() -> true));

    assertThrows(CancellationException.class, () -> vault.batch().add(IMPORT, logins(1), never));
    assertThat(vault.batch().add(IMPORT, logins(2), STANDARD).count(Outcome.WRITTEN)).isEqualTo(2);
  }

  @Test
  void theCallersSecretsAreItsOwn() {
    Vault vault = newVault();
    CredentialContent content = Given.login("github.com", "tahir");

    CredentialId id = ids(vault.batch().add(IMPORT, List.of(content), STANDARD)).get(0);

    assertThat(Given.text(content.password())).isEqualTo("password of tahir");
    content.secrets().close();
    assertThat(Given.text(vault.get(id).content().password())).isEqualTo("password of tahir");
  }

  @Test
  void manyAreReadInTheOrderAskedFor() {
    Vault vault = newVault();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(230), STANDARD));
    vault.update(ids.get(7), 1, Given.login("moved.example", "moved"));
    vault.delete(ids.get(8), 1);
    List<CredentialId> asked = new ArrayList<>(ids);
    Collections.reverse(asked);
    asked.add(Given.UNKNOWN_ID);
    asked.add(ids.get(0));

    List<BatchRead> read = vault.batch().get(asked);

    assertThat(read).extracting(BatchRead::id).isEqualTo(asked);
    assertThat(read.get(222).orThrow().content().login()).isEqualTo("moved");
    for (int gone : new int[] {221, 230}) {
      assertThat(read.get(gone).credential()).isNull();
      assertThatThrownBy(read.get(gone)::orThrow).isInstanceOf(CredentialNotFoundException.class);
    }
    assertThat(read.stream().filter(r -> r.failure() == null)).hasSize(230);
    // What was asked for twice is there twice, each with secrets of its own.
    read.get(229).close();
    assertThat(Given.text(read.get(231).orThrow().content().password()))
        .isEqualTo("password of user-0");
  }

  @Test
  void nothingIsDoneForNothing() {
    Vault vault = vaults().vault(Given.UNKNOWN_USER);

    assertThat(vault.batch().add(IMPORT, List.of(), STANDARD).items()).isEmpty();
    assertThat(vault.batch().get(List.of())).isEmpty();
    assertThrows(UserNotFoundException.class, () -> vault.batch().add(IMPORT, logins(1), STANDARD));
    assertThrows(UserNotFoundException.class, () -> vault.batch().get(List.of(Given.UNKNOWN_ID)));
  }

  @Test
  void aNullOrTooManyAmongTheItemsAreRefusedByName() {
    Vault vault = newVault();
    List<CredentialContent> contents = new ArrayList<>(logins(3));
    contents.set(1, null);
    List<CredentialId> tooMany = Collections.nCopies(100_001, Given.UNKNOWN_ID);

    assertThatThrownBy(() -> vault.batch().add(IMPORT, contents, STANDARD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contents[1]");
    assertThatThrownBy(() -> vault.batch().get(tooMany))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ids");
    assertThat(vault.open()).isEmpty();
  }

  private static void assertMismatch(Vault vault, List<CredentialContent> contents) {
    assertThrows(BatchMismatchException.class, () -> vault.batch().add(IMPORT, contents, STANDARD));
  }

  private static void assertFailed(BatchItem item, Class<? extends RuntimeException> why) {
    assertThat(item.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(item.id()).isNull();
    assertThat(item.failure()).isInstanceOf(why);
  }

  static List<CredentialContent> logins(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Given.login("site-" + i % 10 + ".example", "user-" + i))
        .toList();
  }

  static List<CredentialId> ids(BatchResult result) {
    return result.items().stream().map(BatchItem::id).toList();
  }
}
