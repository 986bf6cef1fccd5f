package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is shared is opened by its recipient, as it is now, and by nobody else. */
abstract class SharingContract extends DueContract {
  @Test
  void whatIsSharedIsOpenedByItsRecipient() {
    Vault owner = newVault();
    Vault recipient = newVault();
    Credential added = owner.add(Given.everything(clock().instant()));
    clock().advance(Duration.ofMinutes(1));
    Instant now = clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Instant end = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);

    Grant grant =
        owner
            .sharing()
            .share(added.id(), NewGrant.to(recipient.owner()).until(end.plusMillis(999)));

    assertThat(grant).isEqualTo(new Grant(added.id(), recipient.owner(), now, end));
    assertThat(recipient.sharing().open(owner.owner(), added.id())).isEqualTo(added);
    assertThat(owner.sharing().grants(added.id())).containsExactly(grant);
    assertThat(given(owner)).containsExactly(grant);
    assertThat(received(recipient))
        .containsExactly(new SharedCredential(owner.owner(), added.id(), now, end));
    assertThat(received(owner)).isEmpty();
    assertThat(given(recipient)).isEmpty();
  }

  @Test
  void sharingLeavesTheCredentialAsItIs() {
    Vault owner = newVault();
    Credential added = owner.add(Given.login("github.com", "tahir"));
    clock().advance(Duration.ofMinutes(1));
    Vault bySupport = vaults().as(Actor.of("support")).vault(owner.owner());

    Vault recipient = share(bySupport, added.id());
    assertThat(owner.get(added.id())).isEqualTo(added);
    assertThat(owner.credentials()).containsExactly(added);
    assertThat(recipient.sharing().open(owner.owner(), added.id())).isEqualTo(added);
    bySupport.sharing().revoke(added.id(), recipient.owner());

    assertThat(owner.get(added.id())).isEqualTo(added);
    assertThat(owner.history().list(added.id())).isEmpty();
  }

  @Test
  void theRecipientSeesNothingElse() {
    Vault owner = newVault();
    Credential first = owner.add(Given.login("github.com", "shared"));
    Credential shared = owner.update(first.id(), 1, Given.login("github.com", "changed"));
    Credential kept = owner.add(Given.login("github.com", "kept"));
    Vault recipient = share(owner, shared.id());
    Vault stranger = newVault();

    assertThat(recipient.open()).isEmpty();
    assertThrows(CredentialNotFoundException.class, () -> recipient.get(shared.id()));
    assertThrows(CredentialNotFoundException.class, () -> recipient.history().list(shared.id()));
    assertThrows(CredentialNotFoundException.class, () -> recipient.edit(shared.id(), c -> c));
    recipient.delete(shared.id(), 2);
    assertThat(recipient.sharing().grants(shared.id())).isEmpty();
    assertNotOpened(recipient, owner.owner(), kept.id());
    assertNotOpened(stranger, owner.owner(), shared.id());
    assertThat(received(stranger)).isEmpty();
    assertThat(owner.credentials()).containsExactlyInAnyOrder(shared, kept);
  }

  @Test
  void aRecipientCannotShareOnAndOpensNothingInReturn() {
    Vault owner = newVault();
    CredentialId shared = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = share(owner, shared);
    CredentialId own = recipient.add(Given.login("github.com", "own")).id();
    Vault third = newVault();

    assertThrows(
        CredentialNotFoundException.class,
        () -> recipient.sharing().share(shared, NewGrant.to(third.owner())));
    recipient.sharing().revoke(shared, recipient.owner());

    assertNotOpened(owner, recipient.owner(), own);
    assertShared(owner, recipient, shared);
  }

  @Test
  void whatWasOpenedHasSecretsOfItsOwn() {
    Vault owner = newVault();
    Credential added = owner.add(Given.login("github.com", "tahir"));
    Vault recipient = share(owner, added.id());

    recipient.sharing().open(owner.owner(), added.id()).close();

    assertThat(recipient.sharing().open(owner.owner(), added.id())).isEqualTo(added);
    assertThat(owner.get(added.id())).isEqualTo(added);
  }

  @Test
  void theRecipientSeesAChangeAtOnce() {
    Vault owner = newVault();
    Credential added = owner.add(Given.login("github.com", "tahir"));
    Vault recipient = share(owner, added.id());

    List<Credential> changes = new ArrayList<>();
    changes.add(owner.update(added.id(), 1, Given.login("github.com", "updated")));
    assertOpened(recipient, changes.get(0));
    changes.add(owner.edit(added.id(), c -> c.toBuilder().title("edited").build()));
    assertOpened(recipient, changes.get(1));
    changes.add(owner.history().revert(added.id(), 3, 1));
    assertOpened(recipient, changes.get(2));

    assertThat(owner.sharing().grants(added.id())).hasSize(1);
  }

  @Test
  void aMovedCredentialStaysShared() {
    Vault owner = newVault();
    Credential added = owner.add(Given.login("old.example", "tahir"));
    Vault before = share(owner, added.id());
    Credential moved = owner.edit(added.id(), c -> c.toBuilder().website("new.example").build());
    assertOpened(before, moved);
    Vault after = share(owner, added.id());
    assertOpened(after, moved);
    Credential again = owner.edit(added.id(), c -> c.toBuilder().website("next.example").build());
    assertOpened(before, again);
    assertShared(owner, after, added.id());

    owner.sharing().revoke(added.id(), before.owner());

    assertNotShared(owner, before, added.id());
    Credential back = owner.edit(added.id(), c -> c.toBuilder().website("old.example").build());
    assertOpened(after, back);
    assertThat(owner.sharing().grants(added.id())).hasSize(1);
  }

  @Test
  void aGrantIsRevokedAtOnce() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = share(owner, id);
    Vault other = share(owner, id);

    owner.sharing().revoke(id, recipient.owner());

    assertNotShared(owner, recipient, id);
    assertShared(owner, other, id);
  }

  @Test
  void revokingWhatIsNotThereIsASuccess() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    CredentialId deleted = owner.add(Given.login("github.com", "deleted")).id();
    Vault recipient = share(owner, id);
    Vault revoked = share(owner, id);
    Vault late = share(owner, deleted);
    owner.sharing().revoke(id, revoked.owner());
    owner.delete(deleted, 1);

    owner.sharing().revoke(id, revoked.owner());
    owner.sharing().revoke(id, newVault().owner());
    owner.sharing().revoke(id, Given.UNKNOWN_USER);
    owner.sharing().revoke(id, owner.owner());
    owner.sharing().revoke(Given.UNKNOWN_ID, recipient.owner());
    owner.sharing().revoke(deleted, late.owner());
    newVault().sharing().revoke(id, recipient.owner());

    assertThat(given(owner)).hasSize(1);
    assertShared(owner, recipient, id);
  }

  @Test
  void whatWasRevokedIsSharedAgain() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = share(owner, id);
    owner.sharing().revoke(id, recipient.owner());
    clock().advance(Duration.ofMinutes(1));
    Instant end = clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);

    Grant again = owner.sharing().share(id, NewGrant.to(recipient.owner()).until(end));

    assertThat(again.grantedAt()).isEqualTo(clock().instant().truncatedTo(ChronoUnit.MILLIS));
    assertThat(again.expiresAt()).isEqualTo(end);
    assertThat(owner.sharing().grants(id)).containsExactly(again);
    assertShared(owner, recipient, id);
  }

  /** Shares with a user registered for it. */
  final Vault share(Vault owner, CredentialId id) {
    Vault recipient = newVault();
    owner.sharing().share(id, NewGrant.to(recipient.owner()));
    return recipient;
  }

  static List<Grant> given(Vault vault) {
    return Given.allPages(vault.sharing()::given, 100);
  }

  static List<SharedCredential> received(Vault vault) {
    return Given.allPages(vault.sharing()::received, 100);
  }

  static void assertShared(Vault owner, Vault recipient, CredentialId id) {
    assertOpened(recipient, owner.get(id));
    assertThat(owner.sharing().grants(id))
        .filteredOn(grant -> grant.recipient().equals(recipient.owner()))
        .hasSize(1)
        .allMatch(given(owner)::contains);
    assertThat(received(recipient))
        .filteredOn(shared -> shared.owner().equals(owner.owner()) && shared.id().equals(id))
        .hasSize(1);
  }

  static void assertNotShared(Vault owner, Vault recipient, CredentialId id) {
    assertNotOpened(recipient, owner.owner(), id);
    assertThat(owner.sharing().grants(id))
        .noneMatch(grant -> grant.recipient().equals(recipient.owner()));
    assertThat(given(owner))
        .noneMatch(g -> g.credential().equals(id) && g.recipient().equals(recipient.owner()));
    assertThat(received(recipient))
        .noneMatch(shared -> shared.owner().equals(owner.owner()) && shared.id().equals(id));
  }

  static void assertOpened(Vault recipient, Credential expected) {
    assertThat(recipient.sharing().open(expected.owner(), expected.id())).isEqualTo(expected);
  }

  static void assertNotOpened(Vault reader, UserId owner, CredentialId id) {
    CredentialNotFoundException refused =
        assertThrows(CredentialNotFoundException.class, () -> reader.sharing().open(owner, id));
    assertThat(refused.user()).isEqualTo(owner);
    assertThat(refused.credential()).isEqualTo(id);
  }
}
