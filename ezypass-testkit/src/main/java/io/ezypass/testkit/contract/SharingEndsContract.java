package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.BatchOptions;
import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A grant ends at its own time, with the credential, and with either user; and stays ended. */
abstract class SharingEndsContract extends SharingRefusalsContract {
  @Test
  void aGrantEndsAtItsTime() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = newVault();
    Vault other = share(owner, id);
    Instant end = inAMinute();
    owner.sharing().share(id, NewGrant.to(recipient.owner()).until(end));

    moveClockTo(end.minusMillis(1));
    assertShared(owner, recipient, id);
    moveClockTo(end);
    assertNotShared(owner, recipient, id);
    assertShared(owner, other, id);
    moveClockTo(end.plusSeconds(60));
    assertNotShared(owner, recipient, id);
  }

  @Test
  void aGrantThatHasEndedIsNotInTheWay() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    List<Vault> recipients = Threads.each(Grant.MOST + 1, i -> newVault());
    NewGrant one = NewGrant.to(recipients.get(Grant.MOST).owner());
    Instant end = inAMinute();
    for (int i = 0; i < Grant.MOST; i++) {
      NewGrant grant = NewGrant.to(recipients.get(i).owner());
      owner.sharing().share(id, i == 7 || i == 8 ? grant.until(end) : grant);
    }
    assertThrows(LimitExceededException.class, () -> owner.sharing().share(id, one));

    moveClockTo(end);

    assertThat(owner.sharing().grants(id)).hasSize(Grant.MOST - 2);
    owner.sharing().share(id, one);
    owner.sharing().share(id, NewGrant.to(recipients.get(7).owner()));
    assertThat(owner.sharing().grants(id)).hasSize(Grant.MOST);
    assertShared(owner, recipients.get(Grant.MOST), id);
    assertShared(owner, recipients.get(7), id);
    assertNotShared(owner, recipients.get(8), id);
    assertThrows(
        LimitExceededException.class,
        () -> owner.sharing().share(id, NewGrant.to(recipients.get(8).owner())));
  }

  @Test
  void whatHasEndedIsRevokedToNoEffect() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Vault recipient = newVault();
    Instant end = inAMinute();
    owner.sharing().share(id, NewGrant.to(recipient.owner()).until(end));
    moveClockTo(end);

    owner.sharing().revoke(id, recipient.owner());

    assertNotShared(owner, recipient, id);
    owner.sharing().share(id, NewGrant.to(recipient.owner()));
    assertShared(owner, recipient, id);
  }

  @Test
  void grantsEndWithTheExpiryOfTheCredential() {
    Vault owner = newVault();
    Instant end = inAMinute();
    CredentialId id = ending(owner, end).id();
    CredentialId stays = owner.add(Given.login("github.com", "stays")).id();
    Vault recipient = share(owner, id);
    Vault longer = newVault();
    owner.sharing().share(id, NewGrant.to(longer.owner()).until(end.plusSeconds(60)));
    owner.sharing().share(stays, NewGrant.to(recipient.owner()));

    moveClockTo(end);

    for (Vault reader : List.of(recipient, longer)) {
      assertNotShared(owner, reader, id);
      assertThrows(
          CredentialNotFoundException.class,
          () -> owner.sharing().share(id, NewGrant.to(reader.owner())));
    }
    assertThat(owner.sharing().grants(id)).isEmpty();
    owner.sharing().revoke(id, recipient.owner());
    assertShared(owner, recipient, stays);
  }

  @Test
  void whatIsReceivedEndsWithWhicheverComesFirst() {
    Vault owner = newVault();
    Vault recipient = newVault();
    Instant end = inAMinute();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    Grant grant = owner.sharing().share(id, NewGrant.to(recipient.owner()).until(end));
    assertEnds(recipient, end);

    expire(owner, id, end.minusSeconds(10));
    assertEnds(recipient, end.minusSeconds(10));
    assertThat(owner.sharing().grants(id)).containsExactly(grant);
    assertThat(given(owner)).containsExactly(grant);
    expire(owner, id, end.plusSeconds(10));
    assertEnds(recipient, end);
    expire(owner, id, end.minusSeconds(5));
    expire(owner, id, null);
    assertEnds(recipient, end);
    moveClockTo(end.minusMillis(1));
    assertShared(owner, recipient, id);
    moveClockTo(end);
    assertNotShared(owner, recipient, id);
  }

  @Test
  void aGrantFollowsTheExpiryOfTheCredential() {
    Vault owner = newVault();
    Instant end = inAMinute();
    CredentialId id = ending(owner, end).id();
    Vault recipient = share(owner, id);
    assertEnds(recipient, end);
    assertThat(owner.sharing().grants(id).get(0).expiresAt()).isNull();

    expire(owner, id, end.plusSeconds(60));
    moveClockTo(end);

    assertEnds(recipient, end.plusSeconds(60));
    assertShared(owner, recipient, id);
    expire(owner, id, null);
    moveClockTo(end.plusSeconds(60));
    assertEnds(recipient, null);
    assertShared(owner, recipient, id);
    Credential moved = owner.edit(id, c -> c.toBuilder().website("new.example").build());
    expire(owner, id, end.plusSeconds(120));
    assertEnds(recipient, end.plusSeconds(120));
    moveClockTo(end.plusSeconds(120));
    assertNotOpened(recipient, owner.owner(), moved.id());
    assertThat(received(recipient)).isEmpty();
  }

  @Test
  void grantsEndInTheTrashAndDoNotComeBack() {
    Vault owner = newVault();
    Credential added = owner.add(Given.login("github.com", "tahir"));
    Credential other = owner.add(Given.login("github.com", "other"));
    Credential moved = owner.edit(other.id(), c -> c.toBuilder().website("new.example").build());
    for (Credential credential : List.of(added, moved)) {
      CredentialId id = credential.id();
      Vault recipient = share(owner, id);
      long version = credential.version();

      owner.delete(id, version);
      assertNotShared(owner, recipient, id);
      owner.trash().restore(id, version + 1);

      assertNotShared(owner, recipient, id);
      assertThat(owner.sharing().grants(id)).isEmpty();
      owner.sharing().share(id, NewGrant.to(recipient.owner()));
      assertShared(owner, recipient, id);
    }
  }

  @Test
  void grantsEndWithADeletionForGood() {
    Vault owner = withoutTrash(newVault());
    Credential plain = owner.add(Given.login("github.com", "plain"));
    Credential added = owner.add(Given.login("github.com", "moving"));
    Credential kept = owner.add(Given.login("github.com", "kept"));
    Vault recipient = share(owner, kept.id());
    Vault ofMoved = share(owner, added.id());
    owner.sharing().share(plain.id(), NewGrant.to(recipient.owner()));
    Credential moved = owner.edit(added.id(), c -> c.toBuilder().website("new.example").build());

    owner.delete(plain.id(), 1);
    owner.delete(moved.id(), 2);

    assertNotShared(owner, recipient, plain.id());
    assertNotShared(owner, ofMoved, moved.id());
    assertShared(owner, recipient, kept.id());
    assertThat(given(owner)).hasSize(1);
  }

  @Test
  void grantsEndWithABatchDeletion() {
    Vault bin = newVault();
    for (Vault owner : List.of(bin, withoutTrash(bin))) {
      List<Credential> added =
          Threads.each(4, i -> owner.add(Given.login("github.com", "login " + i)));
      Credential kept = added.get(3);
      Vault recipient = share(owner, kept.id());
      Vault other = share(owner, added.get(0).id());
      owner.sharing().share(added.get(0).id(), NewGrant.to(recipient.owner()));
      owner.sharing().share(added.get(1).id(), NewGrant.to(recipient.owner()));
      List<CredentialVersion> deleted =
          added.subList(0, 3).stream().map(c -> CredentialVersion.of(c.summary())).toList();

      owner.batch().delete(BatchId.of("of " + kept.id()), deleted, BatchOptions.standard());

      assertThat(given(owner)).hasSize(1);
      assertShared(owner, recipient, kept.id());
      assertNotShared(owner, other, added.get(0).id());
      assertNotShared(owner, recipient, added.get(0).id());
      assertNotShared(owner, recipient, added.get(1).id());
      owner.delete(kept.id(), 1);
    }
    for (CredentialId id :
        bin.trash().list(PageRequest.first(10)).items().stream().map(t -> t.id()).toList()) {
      bin.trash().restore(id, 2);
      assertThat(bin.sharing().grants(id)).isEmpty();
    }
    assertThat(given(bin)).isEmpty();
  }

  @Test
  void grantsEndWithTheirOwner() {
    Vault owner = newVault();
    Vault other = newVault();
    CredentialId gone = owner.add(Given.login("github.com", "gone")).id();
    CredentialId kept = other.add(Given.login("github.com", "kept")).id();
    Vault recipient = share(owner, gone);
    other.sharing().share(kept, NewGrant.to(recipient.owner()));

    Instant end = vaults().deleteUser(owner.owner()).finalFrom();

    assertNotOpened(recipient, owner.owner(), gone);
    assertThat(received(recipient)).hasSize(1);
    assertShared(other, recipient, kept);
    register(owner.owner(), end);
    assertThat(given(owner)).isEmpty();
    assertNotShared(owner, recipient, gone);
    assertThat(received(recipient))
        .extracting(SharedCredential::owner)
        .containsExactly(other.owner());
  }

  @Test
  void grantsEndWithTheirRecipient() {
    Vault owner = newVault();
    CredentialId id = owner.add(Given.login("github.com", "tahir")).id();
    CredentialId moved = owner.add(Given.login("github.com", "moving")).id();
    Vault recipient = share(owner, id);
    Vault other = share(owner, id);
    NewGrant grant = NewGrant.to(recipient.owner());
    owner.sharing().share(moved, grant);
    owner.edit(moved, c -> c.toBuilder().website("new.example").build());

    Instant end = vaults().deleteUser(recipient.owner()).finalFrom();

    assertThat(owner.sharing().grants(id))
        .extracting(Grant::recipient)
        .containsExactly(other.owner());
    assertThat(owner.sharing().grants(moved)).isEmpty();
    assertThat(given(owner)).hasSize(1);
    assertShared(owner, other, id);
    assertThrows(UserNotFoundException.class, () -> owner.sharing().share(id, grant));
    owner.sharing().revoke(id, recipient.owner());
    register(recipient.owner(), end);
    assertNotShared(owner, recipient, id);
    assertNotShared(owner, recipient, moved);
    owner.sharing().share(id, grant);
    assertShared(owner, recipient, id);
  }

  private Instant inAMinute() {
    return clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);
  }

  private Vault withoutTrash(Vault vault) {
    VaultPolicies policies = VaultPolicies.defaults().withTrash(TrashPolicy.off());
    return target().repository(policies).vault(vault.owner());
  }

  /** Once more, when the deletion can become final. */
  private void register(UserId deleted, Instant finalFrom) {
    moveClockTo(finalFrom);
    vaults().deleteUser(deleted);
    vaults().register(NewUser.withId(deleted));
  }

  private static Credential ending(Vault vault, Instant end) {
    return vault.add(Given.site("github.com").expiresAt(end).build());
  }

  private static void expire(Vault vault, CredentialId id, @Nullable Instant end) {
    vault.edit(id, content -> content.toBuilder().expiresAt(end).build()).close();
  }

  private static void assertEnds(Vault recipient, @Nullable Instant end) {
    assertThat(received(recipient)).extracting(SharedCredential::expiresAt).containsExactly(end);
  }
}
