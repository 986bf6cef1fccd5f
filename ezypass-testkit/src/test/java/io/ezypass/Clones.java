package io.ezypass;

import java.security.SecureRandom;
import java.util.Random;

/**
 * Processes that were restored from one snapshot without noticing: each repeats the others'
 * randomness.
 */
public final class Clones {
  private Clones() {}

  /** Gives a process the same randomness as every other one with this seed. */
  public static EzyPass.Builder of(long seed, EzyPass.Builder builder) {
    return builder.random(new Repeated(seed));
  }

  private static final class Repeated extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final Random stream;

    Repeated(long seed) {
      this.stream = new Random(seed);
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
      stream.nextBytes(bytes);
    }
  }
}
