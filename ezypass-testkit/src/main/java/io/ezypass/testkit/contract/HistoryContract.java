package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Actor;
import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.Secret;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Earlier versions are kept as the policy says, and come back whole. */
abstract class HistoryContract extends ExpiryContract {
  @Test
  void aNewCredentialHasNoHistory() {
    Vault vault = newVault();
    CredentialId id = vault.add(Given.login("github.com", "tahir")).id();

    assertThat(vault.history().list(id)).isEmpty();
    assertRevisionGone(vault, id, 2);
  }

  @Test
  void theLastFivePasswordsAreKeptUnlessToldOtherwise() {
    Vault vault = newVault();
    CredentialId id = vault.add(password("1")).id();
    for (int version = 1; version <= 7; version++) {
      vault.update(id, version, password(String.valueOf(version + 1)));
    }

    assertThat(versions(vault, id)).containsExactly(7L, 6L, 5L, 4L, 3L);
    for (long version = 3; version <= 8; version++) {
      try (Credential kept = vault.history().get(id, version)) {
        assertThat(Given.text(kept.content().password())).isEqualTo(String.valueOf(version));
        assertThat(kept.version()).isEqualTo(version);
        assertThat(kept.id()).isEqualTo(id);
      }
    }
    assertRevisionGone(vault, id, 2);
    assertRevisionGone(vault, id, 9);
  }

  @Test
  void aRevisionIsWhatTheCredentialWas() {
    Vault vault = newVault();
    Credential first = vault.add(Given.everything(clock().instant()));
    clock().advance(Duration.ofMinutes(5));
    Credential second =
        vaults().as(Actor.of("support")).vault(vault.owner()).update(first.id(), 1, password("2"));
    vault.update(first.id(), 2, password("3"));

    assertThat(vault.history().list(first.id()))
        .containsExactly(new Revision(second.summary(), null), new Revision(first.summary(), null));
    assertThat(vault.history().get(first.id(), 1)).isEqualTo(first);
    assertThat(vault.history().get(first.id(), 2)).isEqualTo(second);
  }

  @Test
  void whatLeavesTheSecretsAloneIsNoSecretChange() {
    Vault vault = newVault();
    Credential first = vault.add(password("1"));
    vault.edit(first.id(), seen -> seen.toBuilder().title("renamed").build());
    vault.edit(first.id(), seen -> seen.toBuilder().website("new.example").build());

    assertThat(vault.history().list(first.id())).isEmpty();

    vault.edit(first.id(), seen -> seen.toBuilder().password(Secret.of("2")).build());
    assertThat(versions(vault, first.id())).containsExactly(3L);
  }

  @Test
  void everySecretCounts() {
    Vault vault = newVault();
    CredentialId id = vault.add(password("1")).id();
    vault.edit(id, seen -> seen.toBuilder().notes(Secret.of("note")).build());
    vault.edit(id, seen -> seen.toBuilder().totp(Secret.of("JBSWY3DPEHPK3PXP")).build());
    vault.edit(id, seen -> seen.toBuilder().hiddenField("pin", Secret.of("1234")).build());

    assertThat(versions(vault, id)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void aPolicyMayKeepEverything() {
    Vault vault = with(RevisionPolicy.all(2), newVault());
    CredentialId id = vault.add(password("1")).id();
    for (String title : List.of("a", "b", "c")) {
      vault.edit(id, seen -> seen.toBuilder().title(title).build());
    }

    assertThat(versions(vault, id)).containsExactly(3L, 2L);
    assertThat(vault.history().get(id, 3).content().title()).isEqualTo("b");
    assertRevisionGone(vault, id, 1);
  }

  @Test
  void aPolicyMayKeepTwenty() {
    Vault vault = with(RevisionPolicy.all(20), newVault());
    CredentialId id = vault.add(password("1")).id();
    for (int version = 1; version <= 22; version++) {
      vault.update(id, version, password("x"));
    }

    assertThat(versions(vault, id))
        .containsExactlyElementsOf(LongStream.range(0, 20).mapToObj(i -> 22 - i).toList());
  }

  @Test
  void aPolicyMayKeepNothing() {
    Vault vault = with(RevisionPolicy.off(), newVault());
    CredentialId id = vault.add(password("1")).id();
    vault.update(id, 1, password("2"));

    assertThat(vault.history().list(id)).isEmpty();
    assertRevisionGone(vault, id, 1);
  }

  @Test
  void anotherPolicyHoldsFromTheNextChangeOn() {
    Vault vault = newVault();
    CredentialId id = vault.add(password("1")).id();
    for (int version = 1; version <= 4; version++) {
      vault.update(id, version, password(String.valueOf(version + 1)));
    }
    Vault shorter = with(RevisionPolicy.secretChanges(2), vault);
    assertThat(versions(shorter, id)).containsExactly(4L, 3L, 2L, 1L);

    shorter.edit(id, seen -> seen.toBuilder().title("renamed").build());
    assertThat(versions(vault, id)).containsExactly(4L, 3L);

    with(RevisionPolicy.off(), vault).update(id, 6, password("7"));
    assertThat(vault.history().list(id)).isEmpty();
    assertThat(vault.get(id).version()).isEqualTo(7);
  }

  @Test
  void aRevisionIsGonePastItsAgeLimit() {
    Vault vault = with(RevisionPolicy.secretChanges(5).keptFor(Duration.ofDays(10)), newVault());
    CredentialId id = vault.add(password("1")).id();
    vault.update(id, 1, password("2"));
    Instant end = clock().instant().plus(Duration.ofDays(10)).truncatedTo(ChronoUnit.SECONDS);
    clock().advance(Duration.ofDays(4));
    vault.update(id, 2, password("3"));

    assertThat(vault.history().list(id))
        .extracting(Revision::keptUntil)
        .containsExactly(end.plus(Duration.ofDays(4)), end);
    moveClockTo(end.minusMillis(1));
    assertThat(versions(vault, id)).containsExactly(2L, 1L);
    moveClockTo(end);
    assertThat(versions(vault, id)).containsExactly(2L);
    assertRevisionGone(vault, id, 1);
    assertThrows(RevisionNotFoundException.class, () -> vault.history().revert(id, 3, 1));

    clock().advance(Duration.ofDays(5));
    assertThat(vault.history().list(id)).isEmpty();
    vault.update(id, 3, password("4"));
    assertThat(versions(vault, id)).containsExactly(3L);
  }

  @Test
  void twoVersionsAreComparedByField() {
    Vault vault = with(RevisionPolicy.all(5), newVault());
    Instant now = clock().instant();
    CredentialId id = vault.add(Given.everything(now)).id();
    vault.edit(id, seen -> seen.toBuilder().title("other").favourite(false).build());
    vault.edit(
        id,
        seen ->
            seen.toBuilder()
                .website("new.example")
                .login("other")
                .urls(List.of())
                .description("other")
                .tags(List.of("other"))
                .field("more", "x")
                .rotateBy(LocalDate.of(2032, 1, 1))
                .expiresAt(now.plus(500, ChronoUnit.DAYS))
                .password(Secret.of("other"))
                .notes(null)
                .totp(null)
                .hiddenField("more", Secret.of("x"))
                .build());

    assertThat(vault.history().compare(id, 1, 2))
        .containsExactly(ContentField.TITLE, ContentField.FAVOURITE);
    assertThat(vault.history().compare(id, 2, 1))
        .containsExactly(ContentField.TITLE, ContentField.FAVOURITE);
    assertThat(vault.history().compare(id, 1, 3)).containsExactly(ContentField.values());
    assertThat(vault.history().compare(id, 3, 3)).isEmpty();
    assertThat(vault.history().compare(id, 2, 2)).isEmpty();
    assertThrows(RevisionNotFoundException.class, () -> vault.history().compare(id, 1, 4));
    assertThrows(RevisionNotFoundException.class, () -> vault.history().compare(id, 4, 3));
  }

  @Test
  void anEarlierVersionComesBackAsANewOne() {
    Vault vault = newVault();
    Credential first = vault.add(Given.everything(clock().instant()));
    vault.update(first.id(), 1, password("2"));
    clock().advance(Duration.ofMinutes(1));

    Credential reverted = vault.history().revert(first.id(), 2, 1);

    assertThat(reverted.version()).isEqualTo(3);
    assertThat(reverted.content()).isEqualTo(first.content());
    assertThat(reverted.audit().updatedAt()).isEqualTo(clock().instant());
    assertThat(vault.get(first.id())).isEqualTo(reverted);
    assertThat(versions(vault, first.id())).containsExactly(2L, 1L);
  }

  @Test
  void aWebsiteComesBackToo() {
    Vault vault = newVault();
    Credential first = vault.add(Given.login("old.example", "1"));
    vault.update(first.id(), 1, Given.login("new.example", "2"));

    vault.history().revert(first.id(), 2, 1);

    assertThat(vault.findByWebsite(Website.of("old.example"), WebsiteMatch.EXACT)).hasSize(1);
    assertThat(vault.findByWebsite(Website.of("new.example"), WebsiteMatch.EXACT)).isEmpty();
    vault.history().revert(first.id(), 3, 2);
    assertThat(vault.get(first.id()).content()).isEqualTo(Given.login("new.example", "2"));
    assertThat(vault.open()).hasSize(1);
    assertThat(versions(vault, first.id())).containsExactly(3L, 2L, 1L);
  }

  @Test
  void revertingNamesTheVersionSeen() {
    Vault vault = newVault();
    CredentialId id = vault.add(password("1")).id();
    Credential second = vault.update(id, 1, password("2"));

    VersionConflictException refused =
        assertThrows(VersionConflictException.class, () -> vault.history().revert(id, 1, 1));

    assertThat(refused.seen()).isEqualTo(1);
    assertThat(refused.stored()).isEqualTo(2);
    assertThrows(RevisionNotFoundException.class, () -> vault.history().revert(id, 2, 3));
    assertThat(vault.get(id)).isEqualTo(second);
  }

  @Test
  void theCurrentVersionIsNothingToRevertTo() {
    Vault vault = newVault();
    CredentialId id = vault.add(password("1")).id();
    Credential second = vault.update(id, 1, password("2"));

    assertThrows(RevisionNotFoundException.class, () -> vault.history().revert(id, 2, 2));
    assertThat(vault.get(id)).isEqualTo(second);
    assertThat(versions(vault, id)).containsExactly(1L);
  }

  @Test
  void whatHasExpiredDoesNotComeBack() {
    Vault vault = newVault();
    Instant end = clock().instant().plusSeconds(60);
    CredentialId id = vault.add(password("1").toBuilder().expiresAt(end).build()).id();
    vault.update(id, 1, password("2"));
    moveClockTo(end);

    assertThat(versions(vault, id)).containsExactly(1L);
    assertThrows(IllegalArgumentException.class, () -> vault.history().revert(id, 2, 1));
    assertThat(vault.get(id).version()).isEqualTo(2);
  }

  @Test
  void aHistoryEndsWithItsCredential() {
    Vault vault = newVault();
    CredentialId id = vault.add(password("1")).id();
    vault.update(id, 1, password("2"));
    Instant end = clock().instant().plusSeconds(60);
    vault.edit(id, seen -> seen.toBuilder().expiresAt(end).build());
    assertThat(versions(vault, id)).containsExactly(1L);

    moveClockTo(end);

    assertThrows(CredentialNotFoundException.class, () -> vault.history().list(id));
    assertThrows(CredentialNotFoundException.class, () -> vault.history().get(id, 1));
    assertThrows(CredentialNotFoundException.class, () -> vault.history().compare(id, 1, 2));
    assertThrows(CredentialNotFoundException.class, () -> vault.history().revert(id, 3, 1));
  }

  @Test
  void anEndMayBePutOffWithRevisions() {
    Vault vault = newVault();
    Instant end = clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(60);
    CredentialId id = vault.add(password("1").toBuilder().expiresAt(end).build()).id();
    vault.edit(id, seen -> seen.toBuilder().password(Secret.of("2")).build());
    vault.edit(id, seen -> seen.toBuilder().expiresAt(end.plusSeconds(60)).build());
    moveClockTo(end);

    assertThat(versions(vault, id)).containsExactly(1L);
    vault.edit(id, seen -> seen.toBuilder().expiresAt(null).build());
    clock().advance(Duration.ofDays(1_000));
    assertThat(versions(vault, id)).containsExactly(1L);
    assertThat(Given.text(vault.history().get(id, 1).content().password())).isEqualTo("1");
  }

  @Test
  void historiesAreNotMixedUp() {
    Vault vault = newVault();
    Vault other = newVault();
    CredentialId one = vault.add(password("one")).id();
    CredentialId two = vault.add(password("two")).id();
    vault.update(one, 1, password("one more"));
    vault.update(two, 1, password("two more"));

    assertThat(Given.text(vault.history().get(one, 1).content().password())).isEqualTo("one");
    assertThat(Given.text(vault.history().get(two, 1).content().password())).isEqualTo("two");
    assertThat(vault.open()).hasSize(2);
    assertThat(Given.allPages(vault::list, 1)).hasSize(2);
    assertThrows(CredentialNotFoundException.class, () -> other.history().list(one));
    assertThrows(CredentialNotFoundException.class, () -> other.history().get(one, 1));
  }

  static CredentialContent password(String password) {
    return Given.site("github.com").login("tahir").password(Secret.of(password)).build();
  }

  static List<Long> versions(Vault vault, CredentialId id) {
    return vault.history().list(id).stream().map(Revision::version).toList();
  }

  private Vault with(RevisionPolicy policy, Vault vault) {
    return target().repository(VaultPolicies.defaults().withRevisions(policy)).vault(vault.owner());
  }

  private static void assertRevisionGone(Vault vault, CredentialId id, long version) {
    RevisionNotFoundException gone =
        assertThrows(RevisionNotFoundException.class, () -> vault.history().get(id, version));
    assertThat(gone.version()).isEqualTo(version);
    assertThat(gone.credential()).isEqualTo(id);
    assertThat(gone.user()).isEqualTo(vault.owner());
  }
}
