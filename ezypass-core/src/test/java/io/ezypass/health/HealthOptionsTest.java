package io.ezypass.health;

import static io.ezypass.health.PasswordIssue.OLD;
import static io.ezypass.health.PasswordIssue.REUSED;
import static io.ezypass.health.PasswordIssue.WEAK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthOptionsTest {
  private static final PasswordStrengthEstimator BEST = password -> 4;

  @Test
  void eachSettingLeavesTheOthersAlone() {
    HealthOptions all =
        HealthOptions.reuse()
            .withWeakBelow(2)
            .withMaxAge(Duration.ofDays(365))
            .withEstimator(BEST)
            .withWeakBelow(4);

    assertThat(all).isEqualTo(new HealthOptions(BEST, 4, Duration.ofDays(365)));
    assertThat(all.judged()).containsExactlyInAnyOrder(REUSED, WEAK, OLD);
    assertThat(HealthOptions.reuse()).isEqualTo(new HealthOptions(null, 3, null));
    assertThat(HealthOptions.reuse().withWeakBelow(4).judged()).containsExactly(REUSED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void boundsOutsideOfTheScaleAreRefused(int score) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HealthOptions.reuse().withWeakBelow(score))
        .withMessageContaining("weakBelow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "P36525DT0.001S", "PT2562047788015215H"})
  void agesThatMakeNoSenseAreRefused(Duration age) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HealthOptions.reuse().withMaxAge(age))
        .withMessageContaining("maxAge");
  }

  @Test
  @SuppressWarnings("NullAway") // what callers without a checker can do
  void nullIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HealthOptions.reuse().withMaxAge(null))
        .withMessageContaining("maxAge");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HealthOptions.reuse().withEstimator(null))
        .withMessageContaining("estimator");
  }
}
