package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchResult;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditRange;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.VaultUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every write of a process that was told so leaves one event; no other write does. */
abstract class AuditTrailContract extends BatchDeletionContract {
  static final VaultPolicies AUDITED =
      VaultPolicies.defaults().withAudit(AuditPolicy.keepForever());

  @Test
  void aProcessLeavesNoEventsUnlessToldTo() {
    VaultUser user = vaults().register(NewUser.withUsername("tahir"));
    Vault vault = vaults().vault(user.id());
    Credential added = vault.add(Given.login("github.com", "tahir"));
    assertThat(events(vault)).isEmpty();

    Vault audited = audited(vault);
    audited.update(added.id(), 1, Given.login("github.com", "changed"));
    vault.update(added.id(), 2, Given.login("github.com", "changed again"));
    vault.batch().add(IMPORT, logins(2), STANDARD);
    vault.delete(added.id(), 3);
    vaults().updateUser(user.id(), 1, user.profile().withDisplayName("Tahir"));

    assertThat(changes(vault)).containsExactly(change(Action.UPDATE, added.id(), 2));
    assertThat(events(audited)).isEqualTo(events(vault));
  }

  @Test
  void anEventSaysWhenAndByWhomWhatWasDone() {
    Vault vault = auditedVault();
    Instant now = clock().instant();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();
    clock().advance(Duration.ofMinutes(1));
    as(Actor.of("support"), vault).update(id, 1, Given.login("github.com", "changed"));

    assertThat(events(vault))
        .containsExactly(
            new AuditEvent(
                2, now.plusSeconds(60), Actor.of("support"), List.of(change(Action.UPDATE, id, 2))),
            new AuditEvent(1, now, Actor.user(vault.owner()), List.of(change(Action.ADD, id, 1))));
  }

  @Test
  void changesAreNotedWithTheVersionTheyMade() {
    Vault vault = auditedVault();
    CredentialId id = vault.add(Given.login("github.com", "1")).id();
    vault.update(id, 1, Given.login("github.com", "2"));
    vault.edit(id, seen -> seen.toBuilder().website("moved.example").build());
    vault.edit(id, seen -> seen);
    vault.history().revert(id, 4, 1);
    vault.edit(id, seen -> seen.toBuilder().password(Secret.of("6")).build());

    assertThat(changes(vault))
        .containsExactly(
            change(Action.ADD, id, 1),
            change(Action.UPDATE, id, 2),
            change(Action.UPDATE, id, 3),
            change(Action.UPDATE, id, 4),
            change(Action.REVERT, id, 5),
            change(Action.UPDATE, id, 6));
  }

  @Test
  void theWayIntoTheTrashAndOutOfItIsNoted() {
    Vault vault = auditedVault();
    Vault support = as(Actor.of("support"), vault);
    CredentialId id = vault.add(Given.login("github.com", "1")).id();
    support.delete(id, 1);
    vault.trash().restore(id, 2);
    vault.edit(id, seen -> seen.toBuilder().website("moved.example").build());
    vault.delete(id, 4);
    clock().advance(Duration.ofDays(1));
    support.trash().purge(id, 5);

    assertThat(changes(vault))
        .containsExactly(
            change(Action.ADD, id, 1),
            change(Action.TRASH, id, 2),
            change(Action.RESTORE, id, 3),
            change(Action.UPDATE, id, 4),
            change(Action.TRASH, id, 5),
            change(Action.PURGE, id, 5));
    AuditEvent purged = events(vault).get(0);
    assertThat(purged.actor()).isEqualTo(Actor.of("support"));
    assertThat(purged.at()).isEqualTo(clock().instant());
  }

  @Test
  void emptyingTheTrashLeavesAnEventForEachThatWasInIt() {
    Vault vault = auditedVault();
    List<AuditedChange> expected = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      CredentialId id = vault.add(Given.login("github.com", "login " + i)).id();
      vault.delete(id, 1);
      expected.add(change(Action.PURGE, id, 2));
    }

    assertThat(as(Actor.of("support"), vault).trash().empty()).isEqualTo(3);
    assertThat(vault.trash().empty()).isZero();

    List<AuditEvent> purged = events(vault).subList(0, 3);
    assertThat(purged)
        .allMatch(event -> event.actor().equals(Actor.of("support")))
        .allMatch(event -> event.changes().size() == 1)
        .flatExtracting(AuditEvent::changes)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(events(vault)).hasSize(9);
  }

  @Test
  void withoutATrashTheDeletedVersionIsNoted() {
    Vault vault =
        target().repository(AUDITED.withTrash(TrashPolicy.off())).vault(newVault().owner());
    CredentialId plain = vault.add(Given.login("github.com", "1")).id();
    CredentialId moved = vault.add(Given.login("github.com", "2")).id();
    vault.update(moved, 1, Given.login("moved.example", "3"));
    vault.delete(plain, 1);
    vault.delete(moved, 2);

    assertThat(changes(vault))
        .endsWith(change(Action.DELETE, plain, 1), change(Action.DELETE, moved, 2))
        .hasSize(5);
    assertThat(events(vault).get(0).actor()).isEqualTo(Actor.user(vault.owner()));
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void theRegistrationAndChangesOfTheProfileAreNoted() {
    VaultRepository audited = target().repository(AUDITED);
    VaultUser user = audited.as(Actor.of("admin")).register(NewUser.withUsername("tahir"));
    Instant registered = clock().instant();
    clock().advance(Duration.ofHours(1));
    audited.updateUser(user.id(), 1, user.profile().withDisplayName("Tahir"));
    Vault vault = audited.vault(user.id());

    assertThat(events(vault))
        .containsExactly(
            new AuditEvent(
                2,
                registered.plus(Duration.ofHours(1)),
                Actor.user(user.id()),
                List.of(new AuditedChange(Action.UPDATE_USER, null, 2, null))),
            new AuditEvent(
                1,
                registered,
                Actor.of("admin"),
                List.of(new AuditedChange(Action.REGISTER, null, 1, null))));
  }

  @Test
  void whatABatchWritesIsNotedOnceEach() {
    Vault vault = auditedVault();
    Vault importer = as(Actor.of("import job"), vault);
    List<CredentialContent> contents = logins(120);
    List<CredentialId> ids = ids(importer.batch().add(IMPORT, contents, STANDARD));
    assertThat(changes(vault))
        .containsExactlyInAnyOrderElementsOf(
            ids.stream().map(id -> change(Action.ADD, id, 1)).toList());
    assertThat(events(vault)).allMatch(event -> event.actor().equals(Actor.of("import job")));

    List<CredentialVersion> seen = ids.stream().map(id -> new CredentialVersion(id, 1)).toList();
    vault.batch().delete(BatchId.of("half"), seen.subList(0, 60), STANDARD);
    Vault withoutTrash =
        target().repository(AUDITED.withTrash(TrashPolicy.off())).vault(vault.owner());
    withoutTrash.batch().delete(BatchId.of("rest"), seen.subList(60, 120), STANDARD);

    List<AuditedChange> deleted = new ArrayList<>();
    ids.subList(0, 60).forEach(id -> deleted.add(change(Action.TRASH, id, 2)));
    ids.subList(60, 120).forEach(id -> deleted.add(change(Action.DELETE, id, 1)));
    List<AuditedChange> all = changes(vault);
    assertThat(all.subList(120, all.size())).containsExactlyInAnyOrderElementsOf(deleted);
    assertGapless(events(vault));
  }

  @Test
  void whatABatchDoesNotWriteIsNotNoted() {
    Vault vault = auditedVault();
    List<CredentialContent> contents = new ArrayList<>(logins(2));
    contents.add(1, tooLarge());
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, contents, STANDARD));
    vault.batch().add(IMPORT, contents, STANDARD);
    vault.batch().add(BatchId.random(), List.of(tooLarge()), STANDARD);
    vault.batch().add(BatchId.random(), List.of(), STANDARD);
    List<CredentialVersion> items =
        List.of(
            new CredentialVersion(ids.get(0), 1),
            new CredentialVersion(ids.get(0), 1),
            new CredentialVersion(ids.get(2), 7),
            new CredentialVersion(Given.UNKNOWN_ID, 1));
    BatchId id = BatchId.of("clean-up");
    BatchResult result = vault.batch().delete(id, items, STANDARD);
    vault.batch().delete(id, items, STANDARD);
    vault.batch().delete(BatchId.random(), items.subList(0, 2), STANDARD);

    assertThat(result.count(Outcome.WRITTEN)).isEqualTo(1);
    assertThat(changes(vault))
        .containsExactlyInAnyOrder(
            change(Action.ADD, ids.get(0), 1),
            change(Action.ADD, ids.get(2), 1),
            change(Action.TRASH, ids.get(0), 2));
  }

  @Test
  void aRefusedWriteLeavesNoEvent() {
    Vault vault = auditedVault();
    CredentialId id = vault.add(Given.login("github.com", "1")).id();
    CredentialId trashed = vault.add(Given.login("github.com", "2")).id();
    vault.delete(trashed, 1);
    List<AuditEvent> before = events(vault);
    CredentialContent content = Given.login("github.com", "lost");
    Class<VersionConflictException> conflict = VersionConflictException.class;
    Class<CredentialNotFoundException> notFound = CredentialNotFoundException.class;

    assertThrows(conflict, () -> vault.update(id, 2, content));
    assertThrows(conflict, () -> vault.delete(id, 2));
    assertThrows(conflict, () -> vault.history().revert(id, 2, 1));
    assertThrows(conflict, () -> vault.trash().restore(trashed, 1));
    assertThrows(conflict, () -> vault.trash().purge(trashed, 1));
    assertThrows(conflict, () -> vault.trash().purge(id, 1));
    assertThrows(notFound, () -> vault.update(trashed, 2, content));
    assertThrows(notFound, () -> vault.edit(Given.UNKNOWN_ID, seen -> content));
    assertThrows(notFound, () -> vault.trash().restore(Given.UNKNOWN_ID, 1));
    assertThrows(RevisionNotFoundException.class, () -> vault.history().revert(id, 1, 7));
    assertThrows(LimitExceededException.class, () -> vault.add(tooLarge()));
    assertThrows(LimitExceededException.class, () -> vault.update(id, 1, tooLarge()));
    assertThrows(
        IllegalStateException.class,
        () ->
            vault.edit(
                id,
                seen -> {
                  throw new IllegalStateException("changed its mind");
                }));

    assertThat(events(vault)).isEqualTo(before);
  }

  @Test
  void aWriteThatChangesNothingLeavesNoEvent() {
    Vault vault = auditedVault();
    Vault withoutTrash =
        target().repository(AUDITED.withTrash(TrashPolicy.off())).vault(vault.owner());
    CredentialId gone = vault.add(Given.login("github.com", "1")).id();
    withoutTrash.delete(gone, 1);
    CredentialId trashed = vault.add(Given.login("github.com", "2")).id();
    vault.delete(trashed, 1);
    List<AuditEvent> before = events(vault);

    for (Vault either : List.of(vault, withoutTrash)) {
      either.delete(gone, 1);
      either.delete(trashed, 1);
      either.delete(Given.UNKNOWN_ID, 7);
      either.trash().purge(gone, 1);
      either.trash().purge(Given.UNKNOWN_ID, 7);
    }
    assertThat(events(vault)).isEqualTo(before);

    vault.trash().purge(trashed, 2);
    vault.trash().purge(trashed, 2);
    vault.trash().empty();
    assertThat(events(vault)).hasSize(before.size() + 1);
  }

  @Test
  void refusedChangesOfUsersLeaveNoEvent() {
    VaultRepository audited = target().repository(AUDITED);
    VaultUser one = audited.register(NewUser.withUsername("one"));
    VaultUser two = audited.register(NewUser.withUsername("two"));

    assertThrows(AlreadyExistsException.class, () -> audited.register(NewUser.withUsername("one")));
    assertThrows(
        AlreadyExistsException.class,
        () -> audited.register(NewUser.withId(one.id()).username("other")));
    assertThrows(
        AlreadyExistsException.class, () -> audited.updateUser(two.id(), 1, one.profile()));
    assertThrows(
        VersionConflictException.class, () -> audited.updateUser(two.id(), 2, two.profile()));

    for (VaultUser user : List.of(one, two)) {
      assertThat(changes(audited.vault(user.id())))
          .containsExactly(new AuditedChange(Action.REGISTER, null, 1, null));
    }
  }

  @Test
  void aLostAnswerLeavesTheEventOfAWriteThatTookEffect() {
    Vault vault = auditedVault();
    CredentialId id = vault.add(Given.login("github.com", "1")).id();

    target().loseNextRequest();
    assertThrows(
        WriteOutcomeUnknownException.class,
        () -> vault.update(id, 1, Given.login("github.com", "lost")));
    assertThat(events(vault)).hasSize(1);
    target().loseNextResponse();
    assertThrows(
        WriteOutcomeUnknownException.class,
        () -> vault.update(id, 1, Given.login("github.com", "2")));

    assertThat(changes(vault))
        .containsExactly(change(Action.ADD, id, 1), change(Action.UPDATE, id, 2));
  }

  @Test
  void aBatchWhoseAnswerIsLostIsNotedOnce() {
    Vault vault = auditedVault();
    target().loseNextResponse();
    List<CredentialId> ids = ids(vault.batch().add(IMPORT, logins(2), STANDARD));

    assertThat(changes(vault))
        .containsExactlyInAnyOrder(
            change(Action.ADD, ids.get(0), 1), change(Action.ADD, ids.get(1), 1));
  }

  /** The same vault by a process that leaves events. */
  final Vault audited(Vault vault) {
    return target().repository(AUDITED).vault(vault.owner());
  }

  /** A new vault by a process that leaves events; its user was registered by another one. */
  final Vault auditedVault() {
    return audited(newVault());
  }

  final Vault as(Actor actor, Vault vault) {
    return target().repository(AUDITED).as(actor).vault(vault.owner());
  }

  /** The whole trail, newest first. */
  static List<AuditEvent> events(Vault vault) {
    return events(vault, AuditRange.all());
  }

  static List<AuditEvent> events(Vault vault, AuditRange range) {
    return Given.allPages(page -> vault.audit().list(range, page), 50);
  }

  /** What was changed, in the order in which it was. */
  static List<AuditedChange> changes(Vault vault) {
    List<AuditEvent> events = new ArrayList<>(events(vault));
    Collections.reverse(events);
    return events.stream().flatMap(event -> event.changes().stream()).toList();
  }

  static AuditedChange change(Action action, CredentialId id, long version) {
    return new AuditedChange(action, id, version, null);
  }

  /** Newest first, down to the number 1. */
  static void assertGapless(List<AuditEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).number()).isEqualTo(events.size() - i);
    }
  }

  private static CredentialContent tooLarge() {
    CredentialContent.Builder large = Given.site("large.example");
    for (int i = 0; i < 5; i++) {
      large.hiddenField("field " + i, Secret.of("x".repeat(100_000)));
    }
    return large.build();
  }
}
