package io.ezypass.health;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a health check looks for. Reuse always; strength with an estimator only, since the library
 * has none of its own; age with a bound only.
 *
 * @param estimator scores passwords; null if strength is not to be judged
 * @param weakBelow the lowest score that is not weak, 1 to 4
 * @param maxAge how long ago the last update of a credential may be; null if age is not to be
 *     judged
 */
public record HealthOptions(
    @Nullable PasswordStrengthEstimator estimator, int weakBelow, @Nullable Duration maxAge) {

  /** Scores of zxcvbn from here on withstand an attack on a slow, salted hash. */
  private static final int SAFELY_UNGUESSABLE = 3;

  private static final int BEST_SCORE = 4;
  private static final Duration LONGEST_AGE = Duration.ofDays(36_525);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException naming what is out of bounds
   */
  public HealthOptions {
    if (weakBelow < 1 || weakBelow > BEST_SCORE) {
      throw new IllegalArgumentException("weakBelow must be 1 to 4, but is " + weakBelow);
    }
    if (maxAge != null && (maxAge.isNegative() || maxAge.isZero())) {
      throw new IllegalArgumentException("maxAge must be positive");
    }
    if (maxAge != null && maxAge.compareTo(LONGEST_AGE) > 0) {
      throw new IllegalArgumentException("maxAge must be at most a hundred years");
    }
  }

  /**
   * Looks for reused passwords alone.
   *
   * @return the options
   */
  public static HealthOptions reuse() {
    return new HealthOptions(null, SAFELY_UNGUESSABLE, null);
  }

  /**
   * The same options, judging strength too: what scores below 3 is weak.
   *
   * @param scores called once for each password, on the thread that runs the check
   * @return the changed options
   * @throws IllegalArgumentException if the estimator is null
   */
  public HealthOptions withEstimator(PasswordStrengthEstimator scores) {
    return new HealthOptions(present("estimator", scores), weakBelow, maxAge);
  }

  /**
   * The same options with another bound of strength; it counts with an estimator only.
   *
   * @param score the lowest score that is not weak, 1 to 4
   * @return the changed options
   * @throws IllegalArgumentException if it is outside of that
   */
  public HealthOptions withWeakBelow(int score) {
    return new HealthOptions(estimator, score, maxAge);
  }

  /**
   * The same options, judging age too.
   *
   * @param age how long ago the last update may be: positive, at most a hundred years
   * @return the changed options
   * @throws IllegalArgumentException if it is null or outside of that
   */
  public HealthOptions withMaxAge(Duration age) {
    return new HealthOptions(estimator, weakBelow, present("maxAge", age));
  }

  /**
   * What these options judge.
   *
   * @return {@link PasswordIssue#REUSED}, and what an estimator or a bound was given for
   */
  public Set<PasswordIssue> judged() {
    EnumSet<PasswordIssue> judged = EnumSet.of(PasswordIssue.REUSED);
    if (estimator != null) {
      judged.add(PasswordIssue.WEAK);
    }
    if (maxAge != null) {
      judged.add(PasswordIssue.OLD);
    }
    return Set.copyOf(judged);
  }

  private static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " must not be null");
    }
    return value;
  }
}
