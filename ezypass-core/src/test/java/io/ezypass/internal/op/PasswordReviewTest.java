package io.ezypass.internal.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordReviewTest {
  private static final HealthOptions OPTIONS =
      HealthOptions.reuse()
          .withEstimator(password -> password.length > 4 ? 4 : 0)
          .withMaxAge(Duration.ofDays(1));

  private final byte[] random = Fixtures.filled(7);
  private final PasswordReview review =
      new PasswordReview(Fixtures.USER, OPTIONS, Fixtures.NOW, random);

  /** One that moves to another website while the vault is read may be seen twice. */
  @Test
  void aCredentialThatIsSeenTwiceIsNoReuseAndItsNewestVersionCounts() {
    Instant longAgo = Fixtures.NOW.minus(Duration.ofDays(9));
    review.add(credential('a', 3, "strong", Fixtures.NOW));
    review.add(credential('a', 2, "weak", longAgo));
    review.add(credential('b', 2, "weak", longAgo));
    review.add(credential('b', 3, "strong too", Fixtures.NOW));
    review.add(credential('c', 1, "other", Fixtures.NOW));
    review.add(credential('c', 1, "other", Fixtures.NOW));

    HealthReport report = review.report();

    assertThat(report.credentials()).isEqualTo(3);
    assertThat(report.passwords()).isEqualTo(3);
    assertThat(report.issues()).isEmpty();
  }

  @Test
  void listsAreByIdWithinWhatIsEqual() {
    for (char letter : "fbdaec".toCharArray()) {
      review.add(credential(letter, 1, letter < 'd' ? "low" : "abc", Instant.EPOCH));
    }

    HealthReport report = review.report();

    assertThat(report.reused())
        .containsExactly(List.of(id('a'), id('b'), id('c')), List.of(id('d'), id('e'), id('f')));
    assertThat(report.weak()).extracting(CredentialId::value).isSorted().hasSize(6);
    assertThat(report.old()).extracting(CredentialId::value).isSorted().hasSize(6);
  }

  @Test
  void takesTheRandomBytesAndLeavesTheSecretsToTheCaller() {
    Credential credential = credential('a', 1, "still open", Instant.EPOCH);
    review.add(credential);

    assertThat(random).isEqualTo(new byte[32]);
    assertThat(credential.content().password()).isEqualTo(Secret.of("still open"));
  }

  private static Credential credential(char letter, long version, String password, Instant at) {
    return new Credential(
        id(letter),
        Fixtures.USER,
        CredentialContent.builder().website("github.com").password(Secret.of(password)).build(),
        Audit.created(at, Actor.of("ana")),
        version);
  }

  private static CredentialId id(char letter) {
    return CredentialId.of(String.valueOf(letter).repeat(28));
  }
}
