package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Reading, changing and writing in one call. */
abstract class EditContract extends CustomFieldsContract {
  @Test
  void anEditChangesWhatIsStored() {
    Vault vault = newVault();
    CredentialContent content = Given.everything(clock().instant());
    Credential added = vault.add(content);

    Credential edited = vault.edit(added.id(), seen -> seen.toBuilder().title("new").build());

    assertThat(edited.version()).isEqualTo(2);
    assertThat(edited.content()).isEqualTo(content.toBuilder().title("new").build());
    assertThat(vault.get(added.id())).isEqualTo(edited);
  }

  @Test
  void anEditMayReplaceASecret() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();
    Secret generated = Secret.of("generated");

    Credential edited = vault.edit(id, seen -> seen.toBuilder().password(generated).build());

    assertThat(Given.text(generated)).isEqualTo("generated");
    generated.close();
    assertThat(Given.text(edited.content().password())).isEqualTo("generated");
    assertThat(Given.text(vault.get(id).content().password())).isEqualTo("generated");
  }

  @Test
  void anEditThatChangesNothingIsAVersion() {
    Vault vault = newVault();
    Credential added = vault.add(Given.everything(clock().instant()));

    Credential edited = vault.edit(added.id(), seen -> seen);

    assertThat(edited.version()).isEqualTo(2);
    assertThat(edited.content()).isEqualTo(added.content());
    assertThat(vault.get(added.id())).isEqualTo(edited);
  }

  @Test
  void theSecretsThatAnEditHandsOutAreWiped() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();
    List<CredentialContent> handedOut = new ArrayList<>();

    vault.edit(
        id,
        seen -> {
          assertThat(Given.text(seen.password())).isEqualTo("password of tahir");
          handedOut.add(seen);
          return seen;
        });

    assertThat(handedOut).hasSize(1);
    assertThrows(IllegalStateException.class, () -> Given.text(handedOut.get(0).password()));
    assertThat(Given.text(vault.get(id).content().password())).isEqualTo("password of tahir");
  }

  @Test
  void anEditStartsAgainAfterAConflict() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();
    AtomicInteger rounds = new AtomicInteger();

    Credential edited =
        vault.edit(
            id,
            seen -> {
              if (rounds.incrementAndGet() == 1) {
                vault.update(id, 1, Given.login("github.com", "somebody else"));
              }
              return seen.toBuilder().title("mine").build();
            });

    assertThat(rounds).hasValue(2);
    assertThat(edited.version()).isEqualTo(3);
    assertThat(edited.content().title()).isEqualTo("mine");
    assertThat(edited.content().login()).isEqualTo("somebody else");
    assertThat(vault.get(id)).isEqualTo(edited);
  }

  @Test
  void anEditStartsAgainAfterAMove() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("old.example", "tahir")).id();
    AtomicInteger rounds = new AtomicInteger();

    Credential edited =
        vault.edit(
            id,
            seen -> {
              if (rounds.incrementAndGet() == 1) {
                vault.update(id, 1, Given.login("new.example", "tahir"));
              }
              return seen.toBuilder().title("mine").build();
            });

    assertThat(rounds).hasValue(2);
    assertThat(edited.content().website().value()).isEqualTo("new.example");
    assertThat(edited.content().title()).isEqualTo("mine");
    assertThat(vault.open()).containsExactly(edited.summary());
  }

  @Test
  void anEditGivesUpWhenOthersWonEightRounds() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();
    AtomicInteger rounds = new AtomicInteger();

    VersionConflictException refused =
        assertThrows(
            VersionConflictException.class,
            () ->
                vault.edit(
                    id,
                    seen -> {
                      int version = rounds.incrementAndGet();
                      vault.update(id, version, Given.login("github.com", "round " + version));
                      return seen.toBuilder().title("lost").build();
                    }));

    assertThat(rounds).hasValue(8);
    assertThat(refused.seen()).isEqualTo(8);
    assertThat(refused.stored()).isEqualTo(9);
    Credential stored = vault.get(id);
    assertThat(stored.version()).isEqualTo(9);
    assertThat(stored.content().login()).isEqualTo("round 8");
    assertThat(stored.content().title()).isNull();
  }

  @Test
  void anEditOfWhatIsDeletedMeanwhileFindsNothing() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();

    assertThrows(
        CredentialNotFoundException.class,
        () ->
            vault.edit(
                id,
                seen -> {
                  vault.delete(id, 1);
                  return seen;
                }));

    assertThat(vault.open()).isEmpty();
  }

  @Test
  void anEditOfAnUnknownCredentialAsksNothing() {
    Vault vault = newVault();
    AtomicInteger rounds = new AtomicInteger();

    assertThrows(
        CredentialNotFoundException.class,
        () ->
            vault.edit(
                Given.UNKNOWN_ID,
                seen -> {
                  rounds.incrementAndGet();
                  return seen;
                }));

    assertThat(rounds).hasValue(0);
  }

  @Test
  void whatTheFunctionThrowsComesThrough() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "tahir"));
    RuntimeException failure = new UnsupportedOperationException("the caller's own");

    assertThatThrownBy(
            () ->
                vault.edit(
                    stored.id(),
                    seen -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(vault.get(stored.id())).isEqualTo(stored);
  }

  @Test
  void aConflictThatTheFunctionThrowsIsNotItsOwn() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "tahir"));
    RuntimeException failure = new VersionConflictException("Another item", 1, 2);
    AtomicInteger rounds = new AtomicInteger();

    assertThatThrownBy(
            () ->
                vault.edit(
                    stored.id(),
                    seen -> {
                      rounds.incrementAndGet();
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(rounds).hasValue(1);
    assertThat(vault.get(stored.id())).isEqualTo(stored);
  }

  @Test
  @SuppressWarnings("NullAway") // a caller without null checks
  void aFunctionMustReturnAContent() {
    Vault vault = newVault();
    Credential stored = vault.add(Given.login("github.com", "tahir"));

    assertThrows(IllegalArgumentException.class, () -> vault.edit(stored.id(), seen -> null));

    assertThat(vault.get(stored.id())).isEqualTo(stored);
  }
}
