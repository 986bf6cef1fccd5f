package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.DueCredential;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.VaultPolicies;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Credentials are found by the day until which their password should be changed. */
abstract class DueContract extends PurgeContract {
  private static final LocalDate DAY = LocalDate.of(2031, 2, 28);

  @Test
  void credentialsOfAllUsersAreFoundByTheirDay() {
    Credential one = newVault().add(due("one", DAY));
    Vault vault = newVault();
    Credential two = vault.add(due("two", DAY));
    vault.add(due("later", DAY.plusDays(1)));
    vault.add(Given.login("github.com", "never"));

    assertDue(DAY, one, two);
    assertThat(due(DAY.plusDays(1))).hasSize(1);
    assertThat(due(DAY.minusDays(1))).isEmpty();
    assertThat(vaults().due().check(entry(one, DAY))).contains(one.summary());
  }

  @Test
  void anyDayWillDo() {
    List<LocalDate> days =
        List.of(
            LocalDate.EPOCH,
            LocalDate.EPOCH.minusDays(1),
            LocalDate.of(1900, 1, 1),
            LocalDate.of(9999, 12, 31));
    Vault vault = newVault();
    for (LocalDate day : days) {
      assertDue(day, vault.add(due("login", day)));
    }
  }

  @Test
  void anotherDayReplacesTheFirst() {
    Vault vault = newVault();
    Credential added = vault.add(due("tahir", DAY));
    Credential changed = vault.update(added.id(), 1, due("tahir", DAY.plusDays(90)));

    assertThat(due(DAY)).isEmpty();
    assertDue(DAY.plusDays(90), changed);
    assertThat(vaults().due().check(entry(added, DAY))).isEmpty();

    Credential never = vault.edit(added.id(), c -> c.toBuilder().rotateBy(null).build());
    assertThat(due(DAY.plusDays(90))).isEmpty();
    Credential again = vault.update(never.id(), 3, due("tahir", DAY));
    assertDue(DAY, again);
  }

  @Test
  void whatLeavesTheDayAloneLeavesItDue() {
    Vault vault = newVault();
    Credential added = vault.add(due("tahir", DAY));
    vault.edit(added.id(), c -> c.toBuilder().title("renamed").build());
    assertThat(due(DAY)).hasSize(1);
    Credential moved = vault.edit(added.id(), c -> c.toBuilder().website("new.example").build());
    assertDue(DAY, moved);
    Credential back = vault.edit(added.id(), c -> c.toBuilder().website("github.com").build());
    assertDue(DAY, back);
  }

  @Test
  void whatIsInTheTrashIsNotDue() {
    Vault vault = newVault();
    Credential added = vault.add(due("tahir", DAY));
    vault.delete(added.id(), 1);

    assertThat(due(DAY)).isEmpty();
    assertThat(vaults().due().check(entry(added, DAY))).isEmpty();

    Credential restored = vault.trash().restore(added.id(), 2);
    assertDue(DAY, restored);
    vault.delete(added.id(), 3);
    vault.trash().purge(added.id(), 4);
    assertThat(due(DAY)).isEmpty();
  }

  @Test
  void whatIsDeletedForGoodIsNotDue() {
    VaultPolicies withoutTrash = VaultPolicies.defaults().withTrash(TrashPolicy.off());
    Vault vault = target().repository(withoutTrash).vault(newVault().owner());
    Credential plain = vault.add(due("plain", DAY));
    Credential changed = vault.update(vault.add(due("one", DAY)).id(), 1, due("two", DAY));
    Credential moved = vault.add(due("moving", DAY));
    moved = vault.edit(moved.id(), c -> c.toBuilder().website("new.example").build());
    assertDue(DAY, plain, changed, moved);

    vault.delete(plain.id(), 1);
    assertDue(DAY, changed, moved);
    vault.delete(changed.id(), 2);
    assertDue(DAY, moved);
    vault.delete(moved.id(), 2);
    assertThat(due(DAY)).isEmpty();
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void whatHasEndedIsNotDue() {
    Vault vault = newVault();
    Instant end = clock().instant().plusSeconds(60);
    Credential added = vault.add(due("tahir", DAY).toBuilder().expiresAt(end).build());
    Credential later = vault.add(due("tahir", DAY).toBuilder().expiresAt(end).build());
    later = vault.edit(later.id(), c -> c.toBuilder().expiresAt(end.plusSeconds(60)).build());

    moveClockTo(end);

    assertDue(DAY, later);
    assertThat(vaults().due().check(entry(added, DAY))).isEmpty();
  }

  @Test
  void aRevertBringsTheDayBack() {
    Vault vault = newVault();
    Credential added = vault.add(due("tahir", DAY));
    vault.update(added.id(), 1, Given.login("github.com", "other"));
    assertThat(due(DAY)).isEmpty();

    assertDue(DAY, vault.history().revert(added.id(), 2, 1));
  }

  @Test
  void aDeletedUserHasNothingDue() {
    Vault vault = newVault();
    Credential added = vault.add(due("tahir", DAY));
    Credential moved = vault.edit(added.id(), c -> c.toBuilder().website("new.example").build());
    assertDue(DAY, moved);

    vaults().deleteUser(vault.owner());

    assertThat(due(DAY)).isEmpty();
    assertThrows(UserNotFoundException.class, () -> vaults().due().check(entry(added, DAY)));
  }

  @Test
  void theDueListHasPages() {
    List<DueCredential> added = new ArrayList<>();
    for (int user = 0; user < 6; user++) {
      Vault vault = newVault();
      for (int i = 0; i < 4; i++) {
        added.add(entry(vault.add(due("login " + i, DAY)), DAY));
      }
    }

    for (int limit : new int[] {1, 5, 24, 1_000}) {
      assertThat(Given.allPages(page -> vaults().due().list(DAY, page), limit))
          .containsExactlyInAnyOrderElementsOf(added);
    }
    PageToken token = Given.tokenAfter(page -> vaults().due().list(DAY, page), 3);
    assertThrows(
        InvalidPageTokenException.class,
        () -> vaults().due().list(DAY.plusDays(1), PageRequest.after(token, 3)));
    assertThrows(
        InvalidPageTokenException.class, () -> vaults().listUsers(PageRequest.after(token, 3)));
    PageToken ofUsers = Given.tokenAfter(vaults()::listUsers, 3);
    assertThrows(
        InvalidPageTokenException.class,
        () -> vaults().due().list(DAY, PageRequest.after(ofUsers, 3)));
  }

  private static CredentialContent due(String login, LocalDate day) {
    return Given.login("github.com", login).toBuilder().rotateBy(day).build();
  }

  private static DueCredential entry(Credential credential, LocalDate day) {
    return new DueCredential(credential.owner(), credential.id(), day);
  }

  private List<DueCredential> due(LocalDate day) {
    return Given.allPages(page -> vaults().due().list(day, page), 100);
  }

  private void assertDue(LocalDate day, Credential... credentials) {
    List<DueCredential> listed = due(day);
    List<DueCredential> expected = new ArrayList<>();
    for (Credential credential : credentials) {
      expected.add(entry(credential, day));
      assertThat(vaults().due().check(entry(credential, day))).contains(credential.summary());
    }
    assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
  }
}
