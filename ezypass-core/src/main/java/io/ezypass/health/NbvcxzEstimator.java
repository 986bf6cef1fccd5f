package io.ezypass.health;

import java.util.Locale;
import me.gosimple.nbvcxz.Nbvcxz;
import me.gosimple.nbvcxz.resources.ConfigurationBuilder;

/**
 * Estimates by <a href="https://github.com/GoSimpleLLC/nbvcxz">nbvcxz</a>, which looks for words,
 * names, dates, keyboard patterns and repetitions, as zxcvbn does. It is an optional dependency:
 * who uses this class adds {@code me.gosimple:nbvcxz} (MIT license), tested with 1.5.1.
 *
 * <p>Costs a few milliseconds a password, half a second more for the first, which loads the word
 * lists, and up to a second for long ones full of patterns: nbvcxz ends its search for the best
 * explanation of a password after half a second, and may then score it too high. Only the first 100
 * characters are looked at.
 *
 * <p>nbvcxz takes a {@link String}, and makes more of them: characters of the password stay in
 * memory until the garbage collector reuses it. Thread safe.
 */
public final class NbvcxzEstimator implements PasswordStrengthEstimator {
  /** As zxcvbn's authors advise: the time grows by more than the square of the length. */
  private static final int LONGEST = 100;

  private final Nbvcxz nbvcxz;

  private NbvcxzEstimator(Nbvcxz nbvcxz) {
    this.nbvcxz = nbvcxz;
  }

  /**
   * With the word lists that it brings: common passwords, English words, names.
   *
   * @return the estimator, to be shared
   * @throws NoClassDefFoundError if nbvcxz is not there
   */
  public static NbvcxzEstimator create() {
    return new NbvcxzEstimator(
        new Nbvcxz(
            new ConfigurationBuilder()
                .setLocale(Locale.ROOT)
                .setMaxLength(LONGEST)
                .createConfiguration()));
  }

  @Override
  public int score(char[] password) {
    return nbvcxz
        .estimate(new String(password, 0, Math.min(password.length, LONGEST)))
        .getBasicScore();
  }
}
