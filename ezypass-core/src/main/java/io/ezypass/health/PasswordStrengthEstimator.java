package io.ezypass.health;

/**
 * Says how hard a password is to guess. {@link NbvcxzEstimator} is one; the library has none of its
 * own.
 *
 * <p>It is called on the thread that runs the health check, once for each password, and by several
 * threads at once if the options are shared: it must be thread safe. What it throws ends the check.
 */
@FunctionalInterface
public interface PasswordStrengthEstimator {
  /**
   * Scores a password.
   *
   * @param password its characters, at least one; a copy that is overwritten afterwards and must
   *     not be kept
   * @return 0 (guessed at once) to 4 (withstands an attack on its stolen hash), the scale of <a
   *     href="https://www.usenix.org/conference/usenixsecurity16/technical-sessions/presentation/wheeler">zxcvbn</a>
   */
  int score(char[] password);
}
