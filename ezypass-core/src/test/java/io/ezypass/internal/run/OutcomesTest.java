package io.ezypass.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.OperationEvent.Outcome;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.BatchMismatchException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VaultException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;

final class OutcomesTest {
  private static final UserId ALICE = UserId.of("alice");

  private static final Map<VaultException, Outcome> EXPECTED =
      Map.ofEntries(
          Map.entry(new UserNotFoundException(ALICE), Outcome.NOT_FOUND),
          Map.entry(
              new CredentialNotFoundException(ALICE, CredentialId.of("A".repeat(28))),
              Outcome.NOT_FOUND),
          Map.entry(
              new RevisionNotFoundException(ALICE, CredentialId.of("A".repeat(28)), 3),
              Outcome.NOT_FOUND),
          Map.entry(
              new AlreadyExistsException(AlreadyExistsException.Claim.EMAIL),
              Outcome.ALREADY_EXISTS),
          Map.entry(
              new AlreadySharedException(ALICE, CredentialId.of("A".repeat(28)), UserId.of("bob")),
              Outcome.ALREADY_EXISTS),
          Map.entry(new BatchMismatchException(), Outcome.ALREADY_EXISTS),
          Map.entry(new VersionConflictException("x", 1, 2), Outcome.VERSION_CONFLICT),
          Map.entry(
              new WriteOutcomeUnknownException(PendingWrite.of("AAAA")), Outcome.OUTCOME_UNKNOWN),
          Map.entry(new TamperedItemException("x"), Outcome.TAMPERED),
          Map.entry(new UnsupportedFormatException("x"), Outcome.UNSUPPORTED_FORMAT),
          Map.entry(new NotInitialisedException("x"), Outcome.NOT_INITIALISED),
          Map.entry(new InvalidPageTokenException(), Outcome.INVALID_PAGE_TOKEN),
          Map.entry(new LimitExceededException("x"), Outcome.LIMIT_EXCEEDED));

  @Test
  void everyExceptionOfTheTreeHasAnOutcome() {
    EXPECTED.forEach((failure, outcome) -> assertThat(Outcomes.of(failure)).isEqualTo(outcome));
    List<Class<?>> covered = new ArrayList<>();
    EXPECTED.keySet().forEach(failure -> covered.add(failure.getClass()));
    covered.add(KeyUnavailableException.class);
    covered.add(StorageUnavailableException.class);
    assertThat(covered).containsExactlyInAnyOrder(VaultException.class.getPermittedSubclasses());
  }

  @Test
  void reasonsAreToldApart() {
    for (KeyUnavailableException.Reason reason : KeyUnavailableException.Reason.values()) {
      assertThat(Outcomes.of(new KeyUnavailableException(reason)))
          .isEqualTo(Outcome.valueOf("KEY_" + reason.name()));
    }
    for (StorageUnavailableException.Reason reason : StorageUnavailableException.Reason.values()) {
      assertThat(Outcomes.of(new StorageUnavailableException(reason, "GetItem", "x")))
          .isEqualTo(Outcome.valueOf("STORAGE_" + reason.name()));
    }
  }

  @Test
  void everythingElseIsOneOfFour() {
    assertThat(Outcomes.of(null)).isEqualTo(Outcome.SUCCESS);
    assertThat(Outcomes.of(AbortedException.create("x"))).isEqualTo(Outcome.CANCELLED);
    assertThat(Outcomes.of(new CancellationException())).isEqualTo(Outcome.CANCELLED);
    assertThat(Outcomes.of(new IllegalArgumentException())).isEqualTo(Outcome.INVALID_ARGUMENT);
    assertThat(Outcomes.of(new NumberFormatException())).isEqualTo(Outcome.INVALID_ARGUMENT);
    assertThat(Outcomes.of(new IllegalStateException())).isEqualTo(Outcome.FAILED);
    assertThat(Outcomes.of(new StackOverflowError())).isEqualTo(Outcome.FAILED);
  }

  @Test
  void everyOutcomeCanHappen() {
    Set<Outcome> reached = EnumSet.copyOf(EXPECTED.values());
    reached.addAll(
        Set.of(Outcome.SUCCESS, Outcome.CANCELLED, Outcome.INVALID_ARGUMENT, Outcome.FAILED));
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().startsWith("KEY_") || outcome.name().startsWith("STORAGE_")) {
        reached.add(outcome);
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(Outcome.values());
  }
}
