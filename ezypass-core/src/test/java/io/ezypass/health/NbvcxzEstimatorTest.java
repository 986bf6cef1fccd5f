package io.ezypass.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.PasswordGenerator;
import io.ezypass.model.Secret;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NbvcxzEstimatorTest {
  private static final NbvcxzEstimator ESTIMATOR = NbvcxzEstimator.create();

  /** None of these scores depends on how far the search gets within its limit of time. */
  @ParameterizedTest
  @CsvSource({
    "password, 0",
    "123456, 0",
    "qwertyuiop, 0",
    "P@ssw0rd, 1",
    "correct horse battery staple, 1",
    "wharf-oblong-cicada-prism-lentil, 4"
  })
  void knownPasswordsScoreAsNbvcxzSays(String password, int score) {
    assertThat(ESTIMATOR.score(password.toCharArray())).isEqualTo(score);
  }

  @Test
  void generatedPasswordsAreStrong() {
    for (int i = 0; i < 20; i++) {
      try (Secret password = PasswordGenerator.standard().generate()) {
        int score = password.use(ESTIMATOR::score);
        assertThat(score).isEqualTo(4);
      }
    }
  }

  @Test
  void whateverAPasswordHoldsItIsScored() {
    long seed = Long.getLong("ezypass.health.seed", System.nanoTime());
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "a",
            "4",
            "@",
            "I",
            "\u0130",
            "\u00df",
            "e\u0301",
            "\ud83d\udd11",
            "\0",
            "\n",
            " ",
            "1987");
    for (int i = 0; i < 40; i++) {
      StringBuilder password = new StringBuilder("x");
      IntStream.range(0, random.nextInt(12))
          .forEach(n -> password.append(parts.get(random.nextInt(parts.size()))));
      assertThat(ESTIMATOR.score(password.toString().toCharArray()))
          .as("repeat with -Dezypass.health.seed=%d", seed)
          .isBetween(0, 4);
    }
  }

  /** More would take seconds, and the longest password that a vault can hold, hours. */
  @Test
  void onlyTheFirstHundredCharactersCount() {
    String strong = "xK9#vQ2!mZ7@pL4$wR8a";
    String longest = "a".repeat(100) + strong.repeat((Secret.MAX_CHARS - 100) / strong.length());
    assertThat(ESTIMATOR.score(longest.toCharArray())).isLessThan(3);
    assertThat(ESTIMATOR.score(longest.substring(80, 120).toCharArray())).isEqualTo(4);
  }
}
