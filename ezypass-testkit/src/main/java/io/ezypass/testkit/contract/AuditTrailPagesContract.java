package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditRange;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How an audit trail is read, in which order, and for how long; and many who write it at once. */
abstract class AuditTrailPagesContract extends AuditTrailContract {
  private static final Instant NOON = Instant.parse("2031-03-31T12:00:00.250Z");

  @Test
  void aTrailIsReadFromTheNewestToTheOldest() {
    Vault vault = auditedVault();
    List<CredentialId> added = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      added.add(0, vault.add(Given.login("github.com", "login " + i)).id());
      clock().advance(Duration.ofMillis(i % 3));
    }

    List<AuditEvent> events = events(vault);

    assertThat(events)
        .flatExtracting(AuditEvent::changes)
        .extracting("credential")
        .isEqualTo(added);
    assertGapless(events);
    assertThat(events)
        .extracting(AuditEvent::at)
        .isSortedAccordingTo(Comparator.<Instant>reverseOrder());
    for (int limit : new int[] {1, 7, 22, 23, 24, 1_000}) {
      assertThat(Given.allPages(page -> vault.audit().list(AuditRange.all(), page), limit))
          .isEqualTo(events);
    }
  }

  @Test
  void aRangeBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
    moveClockTo(NOON);
    Vault vault = auditedVault();
    for (int i = 0; i < 5; i++) {
      vault.add(Given.login("github.com", "login " + i));
      clock().advance(Duration.ofMillis(1));
    }

    assertThat(numbers(vault, AuditRange.between(NOON.plusMillis(1), NOON.plusMillis(3))))
        .containsExactly(3L, 2L);
    assertThat(numbers(vault, AuditRange.since(NOON.plusMillis(3)))).containsExactly(5L, 4L);
    assertThat(numbers(vault, new AuditRange(null, NOON.plusMillis(2)))).containsExactly(2L, 1L);
    assertThat(numbers(vault, AuditRange.between(NOON, NOON.plusMillis(1)))).containsExactly(1L);
    assertThat(numbers(vault, AuditRange.between(NOON, NOON))).isEmpty();
    assertThat(numbers(vault, AuditRange.since(NOON))).hasSize(5);
    assertThat(numbers(vault, AuditRange.since(NOON.plusMillis(5)))).isEmpty();
    assertThat(numbers(vault, new AuditRange(null, NOON))).isEmpty();
    assertThat(numbers(vault, new AuditRange(null, null))).hasSize(5);
  }

  /** Borders are compared as they are, not cut to milliseconds. */
  @Test
  void aRangeMayBeginAndEndWithinAMillisecond() {
    moveClockTo(NOON);
    Vault vault = auditedVault();
    vault.add(Given.login("github.com", "tahir"));

    assertThat(numbers(vault, AuditRange.since(NOON.plusNanos(1)))).isEmpty();
    assertThat(numbers(vault, AuditRange.between(NOON.minusNanos(1), NOON))).isEmpty();
    assertThat(numbers(vault, AuditRange.between(NOON, NOON.plusNanos(1)))).containsExactly(1L);
    assertThat(numbers(vault, AuditRange.between(Instant.MIN, Instant.MAX))).containsExactly(1L);
  }

  @Test
  void rangesCutMonthsAndYears() {
    moveClockTo(NOON);
    Vault vault = auditedVault();
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      times.add(clock().instant());
      vault.add(Given.login("github.com", "login " + i));
      clock().advance(Duration.ofDays(27));
    }

    for (int from = 0; from < 15; from += 4) {
      for (int until = from; until < 15; until += 3) {
        AuditRange range = AuditRange.between(times.get(from), times.get(until));
        for (int limit : new int[] {1, 4, 50}) {
          assertThat(Given.allPages(page -> vault.audit().list(range, page), limit))
              .extracting(AuditEvent::at)
              .containsExactlyElementsOf(
                  times.subList(from, until).stream().sorted(Comparator.reverseOrder()).toList());
        }
      }
    }
  }

  @Test
  void aTrailIsOfOneVault() {
    Vault one = auditedVault();
    Vault two = auditedVault();
    CredentialId ofOne = one.add(Given.login("github.com", "1")).id();
    CredentialId ofTwo = two.add(Given.login("github.com", "1")).id();

    assertThat(changes(one)).containsExactly(change(Action.ADD, ofOne, 1));
    assertThat(changes(two)).containsExactly(change(Action.ADD, ofTwo, 1));
    assertThat(events(two).get(0).number()).isEqualTo(1);
    Vault nobodys = audited(vaults().vault(Given.UNKNOWN_USER));
    assertThrows(UserNotFoundException.class, () -> events(nobodys));
  }

  @Test
  void whatIsWrittenMeanwhileIsNotOnLaterPages() {
    Vault vault = vaultWithEvents();
    List<AuditEvent> before = events(vault);
    var first = vault.audit().list(AuditRange.all(), PageRequest.first(2));
    vault.add(Given.login("github.com", "meanwhile"));

    List<AuditEvent> all = new ArrayList<>(first.items());
    all.addAll(rest(vault, AuditRange.all(), Given.next(first)));

    assertThat(all).isEqualTo(before);
  }

  @Test
  void aTokenIsOfOneRange() {
    Vault vault = vaultWithEvents();
    Instant from = clock().instant().minusSeconds(3600);
    Instant until = clock().instant().plusSeconds(3600);
    AuditRange range = AuditRange.between(from, until);
    PageToken token = token(vault, range);
    PageToken ofAll = token(vault, AuditRange.all());
    assertThat(rest(vault, range, token)).isNotEmpty();
    assertThat(rest(vault, AuditRange.between(from, until), token)).isNotEmpty();

    assertRefused(vault, AuditRange.all(), token);
    assertRefused(vault, AuditRange.since(from), token);
    assertRefused(vault, new AuditRange(null, until), token);
    assertRefused(vault, AuditRange.between(from, until.plusMillis(1)), token);
    assertRefused(vault, AuditRange.between(from.minusMillis(1), until), token);
    assertRefused(vault, range, ofAll);
  }

  @Test
  void aTokenIsOfOneVaultAndOneList() {
    Vault vault = vaultWithEvents();
    Vault other = vaultWithEvents();
    for (int i = 0; i < 3; i++) {
      vault.delete(vault.add(Given.login("github.com", "trash " + i)).id(), 1);
    }
    PageToken token = token(vault, AuditRange.all());
    PageToken ofVault = Given.tokenAfter(vault::list, 1);
    PageToken ofTrash = Given.tokenAfter(vault.trash()::list, 1);

    assertRefused(other, AuditRange.all(), token);
    assertRefused(vault, AuditRange.all(), ofVault);
    assertRefused(vault, AuditRange.all(), ofTrash);
    assertRefused(vault, AuditRange.all(), PageToken.of("nonsense"));
    assertThrows(InvalidPageTokenException.class, () -> vault.list(PageRequest.after(token, 1)));
    assertThrows(
        InvalidPageTokenException.class, () -> vault.trash().list(PageRequest.after(token, 1)));
  }

  @Test
  void aTokenOfATrailIsGoodForADay() {
    Vault vault = vaultWithEvents();
    PageToken token = token(vault, AuditRange.all());

    clock().advance(Duration.ofHours(23));
    assertThat(rest(vault, AuditRange.all(), token)).isNotEmpty();
    clock().advance(Duration.ofHours(2));
    assertRefused(vault, AuditRange.all(), token);
  }

  @Test
  void timesAreWholeMillisecondsAndNeverGoBack() {
    Vault vault = auditedVault();
    Instant fine = clock().instant().truncatedTo(ChronoUnit.MILLIS).plusNanos(1_999_999);
    moveClockTo(fine);
    vault.add(Given.login("github.com", "1"));
    clock().advance(Duration.ofSeconds(-2));
    vault.add(Given.login("github.com", "2"));
    clock().advance(Duration.ofSeconds(10));
    vault.add(Given.login("github.com", "3"));

    Instant first = fine.truncatedTo(ChronoUnit.MILLIS);
    assertThat(events(vault))
        .extracting(AuditEvent::at)
        .containsExactly(first.plusSeconds(8), first, first);
  }

  @Test
  void anEventIsKeptForItsTimeCutToSeconds() {
    moveClockTo(NOON);
    Vault vault = keeping(Duration.ofMinutes(1), newVault());
    vault.add(Given.login("github.com", "1"));
    clock().advance(Duration.ofSeconds(30));
    vault.add(Given.login("github.com", "2"));

    moveClockTo(NOON.truncatedTo(ChronoUnit.SECONDS).plusSeconds(60).minusMillis(1));
    assertThat(numbers(vault, AuditRange.all())).containsExactly(2L, 1L);
    clock().advance(Duration.ofMillis(1));
    assertThat(numbers(vault, AuditRange.all())).containsExactly(2L);
    assertThat(numbers(vault, AuditRange.since(NOON))).containsExactly(2L);
    clock().advance(Duration.ofSeconds(30));
    assertThat(numbers(vault, AuditRange.all())).isEmpty();
    assertThat(numbers(audited(vault), AuditRange.all())).isEmpty();
  }

  @Test
  void whenEverythingHasEndedATrailGoesOn() {
    Vault vault = keeping(Duration.ofMinutes(1), newVault());
    vault.add(Given.login("github.com", "1"));
    clock().advance(Duration.ofMinutes(2));
    CredentialId second = vault.add(Given.login("github.com", "2")).id();
    CredentialId third = audited(vault).add(Given.login("github.com", "3")).id();

    List<AuditEvent> events = events(vault);

    assertThat(changes(vault))
        .containsExactly(change(Action.ADD, second, 1), change(Action.ADD, third, 1));
    // Where it goes on is not said: DynamoDB may have removed the events that the count goes by.
    assertThat(events.get(0).number()).isEqualTo(events.get(1).number() + 1);
  }

  /** What is missing from the middle would be a gap: so what has ended ends all that is older. */
  @Test
  void whatIsOlderThanAnEventThatHasEndedIsNotShown() {
    Vault vault = auditedVault();
    vault.add(Given.login("github.com", "kept forever"));
    keeping(Duration.ofDays(30), vault).add(Given.login("github.com", "kept for long"));
    keeping(Duration.ofMinutes(1), vault).add(Given.login("github.com", "kept for a minute"));
    assertThat(numbers(vault, AuditRange.all())).containsExactly(3L, 2L, 1L);
    clock().advance(Duration.ofSeconds(30));
    keeping(Duration.ofMinutes(1), vault).add(Given.login("github.com", "kept for a minute"));
    vault.add(Given.login("github.com", "kept forever"));

    clock().advance(Duration.ofSeconds(30));
    assertThat(numbers(vault, AuditRange.all())).containsExactly(5L, 4L);
    clock().advance(Duration.ofSeconds(30));
    assertThat(numbers(vault, AuditRange.all())).containsExactly(5L);
    clock().advance(Duration.ofDays(1_000));
    assertThat(numbers(vault, AuditRange.all())).containsExactly(5L);
  }

  @Test
  void editsOfEightThreadsLeaveOneEventEach() {
    Vault vault = auditedVault();
    CredentialId shared = vault.add(Given.login("github.com", "shared")).id();
    long each = 3;

    List<CredentialId> own =
        Threads.atOnce(
            thread -> {
              CredentialId id = vault.add(Given.login("github.com", "of " + thread)).id();
              for (int i = 0; i < each; i++) {
                editUntilItWins(vault, shared);
                vault.edit(id, seen -> seen.toBuilder().title("edited").build());
              }
              return id;
            });

    assertThat(vault.get(shared).version()).isEqualTo(1L + Threads.COUNT * each);
    List<AuditEvent> events = events(vault);
    assertGapless(events);
    assertThat(events).allMatch(event -> event.changes().size() == 1);
    List<AuditedChange> expected = new ArrayList<>();
    expected.addAll(versions(shared, 1 + Threads.COUNT * each));
    own.forEach(id -> expected.addAll(versions(id, 1 + each)));
    assertThat(changes(vault)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(changes(vault).stream().filter(change -> shared.equals(change.credential())))
        .extracting(AuditedChange::version)
        .isSorted();
  }

  @Test
  void aTrailIsDeletedWithItsUser() {
    VaultRepository audited = target().repository(AUDITED);
    UserId id = audited.register(NewUser.withId(UserId.of("tahir"))).id();
    Vault vault = audited.vault(id);
    vault.add(Given.login("github.com", "1"));
    vault.add(Given.login("github.com", "2"));
    PageToken token = token(vault, AuditRange.all());

    moveClockTo(audited.deleteUser(id).finalFrom());
    assertThrows(UserNotFoundException.class, () -> events(vault));
    audited.deleteUser(id);
    vaults().register(NewUser.withId(id));

    assertThat(events(vault)).isEmpty();
    assertRefused(vault, AuditRange.all(), token);
    CredentialId added = vault.add(Given.login("github.com", "3")).id();
    assertThat(changes(vault)).containsExactly(change(Action.ADD, added, 1));
    assertGapless(events(vault));
  }

  private Vault vaultWithEvents() {
    Vault vault = auditedVault();
    for (int i = 0; i < 5; i++) {
      vault.add(Given.login("github.com", "login " + i));
      clock().advance(Duration.ofSeconds(1));
    }
    return vault;
  }

  /** The same vault by a process that keeps its events for that long. */
  private Vault keeping(Duration time, Vault vault) {
    return target()
        .repository(VaultPolicies.defaults().withAudit(AuditPolicy.keep(time)))
        .vault(vault.owner());
  }

  private static List<Long> numbers(Vault vault, AuditRange range) {
    return events(vault, range).stream().map(AuditEvent::number).toList();
  }

  private static PageToken token(Vault vault, AuditRange range) {
    return Given.tokenAfter(page -> vault.audit().list(range, page), 1);
  }

  private static List<AuditEvent> rest(Vault vault, AuditRange range, PageToken token) {
    return Given.pagesAfter(token, page -> vault.audit().list(range, page), 2);
  }

  private static void assertRefused(Vault vault, AuditRange range, PageToken token) {
    assertThrows(
        InvalidPageTokenException.class,
        () -> vault.audit().list(range, PageRequest.after(token, 1)));
  }

  /** What an addition and the updates after it leave. */
  private static List<AuditedChange> versions(CredentialId id, long last) {
    return LongStream.rangeClosed(1, last)
        .mapToObj(version -> change(version == 1 ? Action.ADD : Action.UPDATE, id, version))
        .toList();
  }

  /** An edit that lost eight rounds says so, and may be asked again. */
  private static void editUntilItWins(Vault vault, CredentialId id) {
    for (boolean won = false; !won; ) {
      try {
        vault.edit(id, seen -> seen.toBuilder().title("edited").build()).close();
        won = true;
      } catch (VersionConflictException e) {
        assertThat(e.stored()).isNotEqualTo(e.seen());
      }
    }
  }
}
