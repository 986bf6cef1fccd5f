package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From its end on, nobody sees a credential, however long the table still has it. */
abstract class ExpiryContract extends SearchContract {
  @Test
  void aCredentialIsSeenUntilItEnds() {
    Vault vault = newVault();
    Instant end = inSeconds(60);
    Credential ending = vault.add(ending(end));

    moveClockTo(end.minusMillis(1));

    assertThat(ending.content().meta().expiresAt()).isEqualTo(end);
    assertThat(vault.get(ending.id())).isEqualTo(ending);
    assertThat(vault.open()).containsExactly(ending.summary());
  }

  @Test
  void nobodySeesACredentialFromItsEndOn() {
    Vault vault = newVault();
    Instant end = inSeconds(60);
    CredentialId ended = vault.add(ending(end)).id();
    Credential kept = vault.add(Given.login("site.example", "kept"));

    moveClockTo(end);
    assertInvisible(vault, ended, kept);

    clock().advance(Duration.ofDays(30));
    assertInvisible(vault, ended, kept);
  }

  @Test
  void anEndedCredentialCannotBeChanged() {
    Vault vault = newVault();
    Instant end = inSeconds(60);
    CredentialId ended = vault.add(ending(end)).id();
    moveClockTo(end);

    assertThrows(
        CredentialNotFoundException.class,
        () -> vault.update(ended, 1, Given.login("site.example", "revived")));
    assertThrows(
        CredentialNotFoundException.class,
        () -> vault.update(ended, 1, Given.login("other.example", "revived")));
    assertThrows(
        CredentialNotFoundException.class,
        () -> vault.edit(ended, seen -> seen.toBuilder().expiresAt(null).build()));

    assertThat(vault.open()).isEmpty();
  }

  @Test
  void deletingAnEndedCredentialIsASuccess() {
    Vault vault = newVault();
    Instant end = inSeconds(60);
    CredentialId ended = vault.add(ending(end)).id();
    moveClockTo(end);

    vault.delete(ended, 1);

    assertThat(vault.open()).isEmpty();
  }

  @Test
  void anEndMayBePutOff() {
    Vault vault = newVault();
    Instant end = inSeconds(60);
    CredentialId id = vault.add(ending(end)).id();
    Credential later = vault.update(id, 1, ending(end.plusSeconds(60)));

    moveClockTo(end);
    assertThat(vault.get(id)).isEqualTo(later);

    moveClockTo(end.plusSeconds(60));
    assertThrows(CredentialNotFoundException.class, () -> vault.get(id));
  }

  @Test
  void anEndMayBeTakenAway() {
    Vault vault = newVault();
    Instant end = inSeconds(60);
    CredentialId id = vault.add(ending(end)).id();
    Credential endless = vault.update(id, 1, ending(null));

    moveClockTo(end.plus(1_000, ChronoUnit.DAYS));

    assertThat(vault.get(id)).isEqualTo(endless);
    assertThat(vault.open()).containsExactly(endless.summary());
  }

  @Test
  void anEndMayBeSetLater() {
    Vault vault = newVault();
    CredentialId id = vault.add(ending(null)).id();
    Instant end = inSeconds(60);
    vault.update(id, 1, ending(end));

    moveClockTo(end);

    assertThrows(CredentialNotFoundException.class, () -> vault.get(id));
    assertThat(vault.open()).isEmpty();
  }

  @Test
  void aMovedCredentialEndsToo() {
    Vault vault = newVault();
    Instant end = inSeconds(60);
    CredentialId id = vault.add(ending(end)).id();
    Credential moved = vault.edit(id, seen -> seen.toBuilder().website("new.example").build());
    assertThat(vault.get(id)).isEqualTo(moved);

    moveClockTo(end);

    assertThrows(CredentialNotFoundException.class, () -> vault.get(id));
    assertThat(vault.open()).isEmpty();
    assertThat(vault.findByWebsite(Website.of("new.example"), WebsiteMatch.EXACT)).isEmpty();
  }

  @Test
  void anEndIsCutToSeconds() {
    Vault vault = newVault();
    Instant end = inSeconds(60);

    Credential added = vault.add(ending(end.plusMillis(999)));

    assertThat(added.content().meta().expiresAt()).isEqualTo(end);
    moveClockTo(end);
    assertThrows(CredentialNotFoundException.class, () -> vault.get(added.id()));
  }

  @Test
  void anEndThatIsNotInTheFutureIsRefused() {
    Vault vault = newVault();
    Credential stored = vault.add(ending(null));
    moveClockTo(inSeconds(60));
    Instant now = clock().instant();

    for (Instant end : List.of(now, now.plusMillis(999), now.minusSeconds(1), Instant.EPOCH)) {
      CredentialContent past = ending(end);
      assertThrows(IllegalArgumentException.class, () -> vault.add(past));
      assertThrows(IllegalArgumentException.class, () -> vault.update(stored.id(), 1, past));
      assertThrows(IllegalArgumentException.class, () -> vault.edit(stored.id(), seen -> past));
    }

    assertThat(vault.credentials()).containsExactly(stored);
  }

  @Test
  void pagesSkipWhatHasEnded() {
    Vault vault = newVault();
    Instant end = inSeconds(60);
    List<Credential> added = Threads.each(20, i -> vault.add(ending(i % 4 == 0 ? null : end)));
    moveClockTo(end);

    assertThat(Given.allPages(vault::list, 3))
        .containsExactlyInAnyOrderElementsOf(
            added.stream()
                .filter(c -> c.content().meta().expiresAt() == null)
                .map(Credential::summary)
                .toList());
  }

  private static void assertInvisible(Vault vault, CredentialId ended, Credential kept) {
    assertThrows(CredentialNotFoundException.class, () -> vault.get(ended));
    assertThat(vault.open()).containsExactly(kept.summary());
    assertThat(vault.list(PageRequest.first(10)).items()).containsExactly(kept.summary());
    assertThat(vault.summaries()).containsExactly(kept.summary());
    assertThat(vault.credentials()).containsExactly(kept);
    assertThat(vault.findByWebsite(Website.of("a.site.example"), WebsiteMatch.WITH_PARENT_DOMAINS))
        .containsExactly(kept.summary());
  }

  private static CredentialContent ending(@Nullable Instant end) {
    return Given.login("site.example", "tahir").toBuilder().expiresAt(end).build();
  }

  private Instant inSeconds(long seconds) {
    return clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
  }
}
