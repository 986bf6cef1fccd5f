package io.ezypass.testkit.model;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The fake and the library on DynamoDB Local do the same, whatever is done: random operations on
 * both, compared at each step, and now and then all that there is to be seen.
 *
 * <p>{@code -Dezypass.seed} repeats it; {@code -Dezypass.model.operations} makes it longer, as the
 * profile {@code soak} does.
 */
class FakeModelTest {
  private static final int BETWEEN_COMPARISONS = 250;

  private static final int BETWEEN_SIGNS_OF_LIFE = 5_000;

  private final long seed = Long.getLong("ezypass.seed", System.nanoTime());
  private final int operations = Integer.getInteger("ezypass.model.operations", 1_000);

  @Test
  @Timeout(value = 6, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void theFakeAndTheLibraryAgreeAtEveryStep() {
    String replay = "-Dezypass.seed=" + seed + " -Dezypass.model.operations=" + operations;
    System.out.println(replay);
    try (Sides sides = new Sides()) {
      Run run = new Run(seed, sides);
      for (int done = 1; done <= operations; done++) {
        run.step();
        if (done % BETWEEN_COMPARISONS == 0 || done == operations) {
          run.compareEverything();
        }
        if (done % BETWEEN_SIGNS_OF_LIFE == 0) {
          System.out.println(done + " operations agree");
        }
      }
      System.out.println(replay + ": " + run.summary());
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("repeat with " + replay + "; " + e.getMessage(), e);
    }
  }
}
