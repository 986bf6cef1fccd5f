package io.ezypass.testkit.contract;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Random sequences of calls, compared with a map after each. */
abstract class RandomOperationsContract extends BadInputContract {
  @Test
  void randomCallsDoWhatAMapDoes(TestReporter reporter) {
    long seed = Long.getLong(VaultRepositoryContract.SEED_PROPERTY, System.nanoTime());
    reporter.publishEntry(VaultRepositoryContract.SEED_PROPERTY, String.valueOf(seed));
    RandomCalls calls = new RandomCalls(newVault(), new Random(seed));
    try {
      for (int i = 0; i < 120; i++) {
        calls.next();
      }
      calls.compareAll();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "repeat with -D"
              + VaultRepositoryContract.SEED_PROPERTY
              + "="
              + seed
              + "; the calls were "
              + calls,
          e);
    }
  }
}
