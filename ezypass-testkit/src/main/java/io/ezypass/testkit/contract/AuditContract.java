package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultUser;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** When something was created and updated, and by whom. */
abstract class AuditContract extends DeletionContract {
  @Test
  void theOwnerActsUnlessSomebodyElseIsNamed() {
    Vault vault = newVault();
    Actor owner = Actor.user(vault.owner());
    Instant created = clock().instant();
    Credential added = vault.add(Given.login("github.com", "tahir"));
    clock().advance(Duration.ofSeconds(90));

    Credential updated = vault.update(added.id(), 1, Given.login("github.com", "tahir"));

    assertThat(added.audit()).isEqualTo(Audit.created(created, owner));
    assertThat(updated.audit())
        .isEqualTo(new Audit(created, owner, created.plusSeconds(90), owner));
    assertThat(vault.get(added.id()).audit()).isEqualTo(updated.audit());
  }

  @Test
  void aCredentialRemembersWhoMadeAndChangedIt() {
    Vault vault = newVault();
    Actor importer = Actor.of("import job");
    Actor support = Actor.of("support");
    Credential added = as(importer, vault).add(Given.login("github.com", "tahir"));
    Instant created = clock().instant();
    clock().advance(Duration.ofDays(1));

    Credential updated =
        as(support, vault).update(added.id(), 1, Given.login("github.com", "rainer"));

    assertThat(added.audit()).isEqualTo(Audit.created(created, importer));
    assertThat(updated.audit()).isEqualTo(new Audit(created, importer, clock().instant(), support));
    assertThat(vault.get(added.id())).isEqualTo(updated);
    assertThat(vault.open()).containsExactly(updated.summary());
  }

  @Test
  void anEditAndAMoveKeepTheCreation() {
    Vault vault = newVault();
    Actor owner = Actor.user(vault.owner());
    Actor support = Actor.of("support");
    Instant created = clock().instant();
    Credential added = vault.add(Given.login("old.example", "tahir"));
    clock().advance(Duration.ofMillis(1));

    Credential moved =
        as(support, vault)
            .edit(added.id(), seen -> seen.toBuilder().website("new.example").build());
    assertThat(moved.audit()).isEqualTo(new Audit(created, owner, created.plusMillis(1), support));

    clock().advance(Duration.ofMillis(1));
    Credential edited = vault.edit(added.id(), seen -> seen.toBuilder().title("t").build());
    assertThat(edited.audit()).isEqualTo(new Audit(created, owner, created.plusMillis(2), owner));
    assertThat(vault.get(added.id())).isEqualTo(edited);
  }

  @Test
  void aUserRemembersWhoMadeAndChangedIt() {
    Actor admin = Actor.of("admin");
    Actor support = Actor.of("support");
    Instant created = clock().instant();
    VaultUser user = vaults().as(admin).register(NewUser.withUsername("tahir"));
    clock().advance(Duration.ofHours(1));

    VaultUser updated =
        vaults().as(support).updateUser(user.id(), 1, user.profile().withDisplayName("Tahir"));

    assertThat(user.audit()).isEqualTo(Audit.created(created, admin));
    assertThat(updated.audit()).isEqualTo(new Audit(created, admin, clock().instant(), support));
    assertThat(vaults().findUser(user.id())).contains(updated);
  }

  @Test
  void aUserActsForHimselfUnlessSomebodyElseIsNamed() {
    VaultUser user = vaults().register(NewUser.withUsername("tahir"));
    Actor self = Actor.user(user.id());

    VaultUser updated = vaults().updateUser(user.id(), 1, user.profile().withDisplayName("Tahir"));

    assertThat(user.audit().createdBy()).isEqualTo(self);
    assertThat(updated.audit().updatedBy()).isEqualTo(self);
  }

  @Test
  void anActorIsNamedForOneViewOnly() {
    Vault vault = newVault();
    VaultRepository named = vaults().as(Actor.of("one"));
    Vault byAnother = named.as(Actor.of("two")).vault(vault.owner());

    assertThat(byAnother.owner()).isEqualTo(vault.owner());
    assertThat(createdBy(byAnother)).isEqualTo(Actor.of("two"));
    assertThat(createdBy(named.vault(vault.owner()))).isEqualTo(Actor.of("one"));
    assertThat(createdBy(vault)).isEqualTo(Actor.user(vault.owner()));
  }

  @Test
  void theOwnerByNameIsTheOwner() {
    Vault vault = newVault();
    Actor owner = Actor.user(vault.owner());
    Actor other = Actor.user(UserId.of("somebody-else"));

    assertThat(createdBy(as(owner, vault))).isEqualTo(owner);
    assertThat(createdBy(as(other, vault))).isEqualTo(other);
  }

  @Test
  void everyActorArrives() {
    Vault vault = newVault();

    for (String id : new String[] {"a", "x".repeat(256), Given.UNICODE, "𝔘".repeat(128)}) {
      assertThat(createdBy(as(Actor.of(id), vault))).isEqualTo(Actor.of(id));
    }
  }

  @Test
  void timesAreWholeMilliseconds() {
    Vault vault = newVault();
    Instant fine = clock().instant().truncatedTo(ChronoUnit.MILLIS).plusNanos(1_999_999);
    moveClockTo(fine);

    Credential added = vault.add(Given.login("github.com", "tahir"));

    assertThat(added.audit().createdAt()).isEqualTo(fine.truncatedTo(ChronoUnit.MILLIS));
    assertThat(vault.get(added.id())).isEqualTo(added);
  }

  private Vault as(Actor actor, Vault vault) {
    return vaults().as(actor).vault(vault.owner());
  }

  private static Actor createdBy(Vault vault) {
    Credential added = vault.add(Given.login("github.com", "tahir"));
    return vault.get(added.id()).audit().createdBy();
  }
}
