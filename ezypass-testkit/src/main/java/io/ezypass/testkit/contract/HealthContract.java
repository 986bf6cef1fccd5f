package io.ezypass.testkit.contract;

import static io.ezypass.health.PasswordIssue.OLD;
import static io.ezypass.health.PasswordIssue.REUSED;
import static io.ezypass.health.PasswordIssue.WEAK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.health.PasswordStrengthEstimator;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is wrong with the passwords of a vault. */
abstract class HealthContract extends RandomOperationsContract {
  private static final HealthOptions REUSE = HealthOptions.reuse();

  /** Good enough for a test: the shorter, the worse. */
  private static final PasswordStrengthEstimator BY_LENGTH =
      password -> Math.min(password.length - 1, 4);

  @Test
  void anEmptyVaultIsHealthy() {
    Vault vault = newVault();

    assertThat(vault.health(REUSE))
        .isEqualTo(
            new HealthReport(vault.owner(), Set.of(REUSED), 0, 0, List.of(), List.of(), List.of()));
  }

  @Test
  void reusedPasswordsAreGrouped() {
    Vault vault = newVault();
    CredentialId two1 = add(vault, "a.example", "second");
    CredentialId three1 = add(vault, "b.example", "first");
    CredentialId three2 = add(vault, "b.example", "first");
    CredentialId two2 = add(vault, "c.example", "second");
    CredentialId three3 = add(vault, "d.example", "first");
    add(vault, "e.example", "once");

    HealthReport report = vault.health(REUSE);

    assertThat(report.reused()).containsExactly(byId(three1, three2, three3), byId(two1, two2));
    assertThat(report.issues()).hasSize(5).containsEntry(two1, Set.of(REUSED));
    assertThat(report.passwords()).isEqualTo(6);
    assertThat(report.owner()).isEqualTo(vault.owner());
  }

  /** Not even in Unicode, or in what else the content has. */
  @Test
  void onlyTheVerySamePasswordIsReused() {
    Vault vault = newVault();
    for (String password :
        List.of(
            "same",
            "Same",
            "same ",
            " same",
            "sam",
            "caf\u00e9",
            "cafe\u0301",
            "\0same",
            Given.UNICODE)) {
      add(vault, "a.example", password);
    }
    vault.add(Given.site("a.example").notes(Secret.of("same")).totp(Secret.of("same")).build());
    vault.add(Given.site("a.example").hiddenField("same", Secret.of("same")).build());

    HealthReport report = vault.health(REUSE);

    assertThat(report.reused()).isEmpty();
    assertThat(report.issues()).isEmpty();
  }

  @Test
  void whatHasNoPasswordIsCountedAndNotJudged() {
    Vault vault = newVault();
    for (int i = 0; i < 3; i++) {
      vault.add(Given.site("a.example").build());
      vault.add(Given.site("a.example").password(Secret.of("")).build());
    }
    CredentialId one = add(vault, "a.example", "x");
    clock().advance(Duration.ofDays(2));

    HealthReport report =
        vault.health(REUSE.withEstimator(BY_LENGTH).withMaxAge(Duration.ofDays(1)));

    assertThat(report.credentials()).isEqualTo(7);
    assertThat(report.passwords()).isEqualTo(1);
    assertThat(report.issues()).isEqualTo(Map.of(one, Set.of(WEAK, OLD)));
  }

  @Test
  void weakIsWhatTheEstimatorScoresLowWeakestFirst() {
    Vault vault = newVault();
    CredentialId two = add(vault, "a.example", "333");
    CredentialId zero = add(vault, "b.example", "1");
    CredentialId one = add(vault, "c.example", "22");
    CredentialId three = add(vault, "d.example", "4444");
    CredentialId four = add(vault, "e.example", "55555");

    HealthOptions judging = REUSE.withEstimator(BY_LENGTH);

    assertThat(vault.health(judging).weak()).containsExactly(zero, one, two);
    assertThat(vault.health(judging.withWeakBelow(1)).weak()).containsExactly(zero);
    assertThat(vault.health(judging.withWeakBelow(4)).weak())
        .containsExactly(zero, one, two, three);
    assertThat(vault.health(judging).issues()).doesNotContainKeys(three, four);
  }

  @Test
  void whatWasNotAskedForIsNotJudged() {
    Vault vault = newVault();
    add(vault, "a.example", "1");
    clock().advance(Duration.ofDays(3_000));

    assertThat(vault.health(REUSE).judged()).containsExactly(REUSED);
    assertThat(vault.health(REUSE).issues()).isEmpty();
    assertThat(vault.health(REUSE.withEstimator(BY_LENGTH)).judged())
        .containsExactlyInAnyOrder(REUSED, WEAK);
    assertThat(vault.health(REUSE.withMaxAge(Duration.ofDays(1))).judged())
        .containsExactlyInAnyOrder(REUSED, OLD);
  }

  @Test
  void theEstimatorSeesEachPasswordOnceInAnArrayThatIsWiped() {
    Vault vault = newVault();
    List<String> passwords = List.of("one", "two", Given.UNICODE, "x".repeat(Secret.MAX_CHARS));
    passwords.forEach(password -> add(vault, "a.example", password));
    vault.add(Given.site("a.example").build());
    Map<char[], String> seen = Collections.synchronizedMap(new IdentityHashMap<>());

    vault.health(
        REUSE.withEstimator(
            password -> {
              seen.put(password, new String(password));
              return 0;
            }));

    assertThat(seen.values()).containsExactlyInAnyOrderElementsOf(passwords);
    seen.forEach((array, text) -> assertThat(array).isEqualTo(new char[text.length()]));
  }

  @Test
  void aScoreOutsideOfTheScaleIsRefused() {
    Vault vault = newVault();
    add(vault, "a.example", "x");

    for (int score : new int[] {-1, 5, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      HealthOptions options = REUSE.withEstimator(password -> score);
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> vault.health(options));
      assertThat(refused).hasMessageContaining("score");
    }
    assertThat(vault.health(REUSE.withEstimator(password -> 4)).weak()).isEmpty();
  }

  @Test
  void whatTheEstimatorThrowsIsPassedOn() {
    Vault vault = newVault();
    add(vault, "a.example", "x");
    UnsupportedOperationException thrown = new UnsupportedOperationException("no word list");
    HealthOptions options =
        REUSE.withEstimator(
            password -> {
              throw thrown;
            });

    assertThat(assertThrows(UnsupportedOperationException.class, () -> vault.health(options)))
        .isSameAs(thrown);

    assertThat(vault.health(REUSE).passwords()).isEqualTo(1);
  }

  @Test
  void oldIsWhatWasLastUpdatedLongerAgoOldestFirst() {
    Vault vault = newVault();
    CredentialId first = add(vault, "b.example", "one");
    clock().advance(Duration.ofDays(1));
    CredentialId second = add(vault, "a.example", "two");
    CredentialId changed = add(vault, "c.example", "three");
    clock().advance(Duration.ofDays(1));
    vault.edit(changed, content -> content.toBuilder().notes(Secret.of("a note")).build());
    clock().advance(Duration.ofDays(1));

    assertThat(old(vault, Duration.ofDays(3))).isEmpty();
    assertThat(old(vault, Duration.ofDays(3).minusMillis(1))).containsExactly(first);
    assertThat(old(vault, Duration.ofDays(2))).containsExactly(first);
    assertThat(old(vault, Duration.ofDays(1).plusMillis(1))).containsExactly(first, second);
    assertThat(old(vault, Duration.ofMillis(1))).containsExactly(first, second, changed);
    assertThat(old(vault, Duration.ofDays(36_525))).isEmpty();
  }

  @Test
  void onlyWhatIsThereNowCounts() {
    Vault vault = newVault();
    Instant end = clock().instant().plus(Duration.ofDays(1));
    CredentialId kept = add(vault, "a.example", "same");
    CredentialId moved = add(vault, "b.example", "same");
    CredentialId changed = add(vault, "c.example", "same");
    CredentialId deleted = add(vault, "d.example", "same");
    vault.add(content("e.example", "same").toBuilder().expiresAt(end).build());
    vault.edit(moved, content -> content.toBuilder().website("z.example").build());
    vault.edit(changed, content -> content.toBuilder().password(Secret.of("other")).build());
    vault.delete(deleted, 1);
    newVault().add(content("a.example", "same"));
    clock().advance(Duration.ofDays(2));

    HealthReport report = vault.health(REUSE);

    assertThat(report.reused()).containsExactly(byId(kept, moved));
    assertThat(report.credentials()).isEqualTo(3);
  }

  @Test
  void aVaultOfSeveralMegabytesIsJudgedWhole() {
    Vault vault = newVault();
    Secret notes = Secret.of("x".repeat(Secret.MAX_CHARS));
    List<CredentialId> ids =
        Threads.each(
            30,
            i ->
                vault
                    .add(
                        content("site-" + i + ".example", "password " + i % 2).toBuilder()
                            .notes(notes)
                            .build())
                    .id());

    HealthReport report = vault.health(REUSE.withEstimator(password -> 0));

    assertThat(report.reused()).hasSize(2).allMatch(group -> group.size() == 15);
    assertThat(report.reused().stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(report.weak()).containsExactlyElementsOf(byId(ids.toArray(CredentialId[]::new)));
  }

  @Test
  void theHealthOfAnUnknownVaultIsRefused() {
    Vault vault = vaults().vault(Given.UNKNOWN_USER);

    assertThrows(UserNotFoundException.class, () -> vault.health(REUSE));
  }

  private static List<CredentialId> old(Vault vault, Duration maxAge) {
    return vault.health(REUSE.withMaxAge(maxAge)).old();
  }

  private static CredentialId add(Vault vault, String website, String password) {
    return vault.add(content(website, password)).id();
  }

  private static CredentialContent content(String website, String password) {
    return Given.site(website).password(Secret.of(password)).build();
  }

  private static List<CredentialId> byId(CredentialId... ids) {
    return Stream.of(ids).sorted(Comparator.comparing(CredentialId::value)).toList();
  }
}
