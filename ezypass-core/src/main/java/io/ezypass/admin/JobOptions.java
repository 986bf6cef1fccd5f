package io.ezypass.admin;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How a job that may take long is run: how fast, who watches, and when to stop. A job is resumed by
 * starting it again; what was done is not done twice.
 *
 * @param stepsPerSecond the most steps a second, counted over the whole job; 0 for no limit. A step
 *     is one rewritten item, one re-encrypted key, one mended finding, or one user looked at
 * @param observer told after every step, on the thread that runs the job; what it throws ends the
 *     job
 * @param cancelled asked before every step, on the thread that runs the job; once it says true, the
 *     job ends after the step before
 */
public record JobOptions(
    int stepsPerSecond, Consumer<JobProgress> observer, BooleanSupplier cancelled) {

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException naming what is null or out of bounds
   */
  public JobOptions {
    if (stepsPerSecond < 0) {
      throw new IllegalArgumentException("stepsPerSecond must not be negative");
    }
    if (observer == null) {
      throw new IllegalArgumentException("observer must not be null");
    }
    if (cancelled == null) {
      throw new IllegalArgumentException("cancelled must not be null");
    }
  }

  /**
   * As fast as the caller's thread goes, unobserved, to the end.
   *
   * @return the options
   */
  public static JobOptions unpaced() {
    return new JobOptions(0, progress -> {}, () -> false);
  }

  /**
   * At most so many steps a second, unobserved, to the end.
   *
   * @param stepsPerSecond at least 1
   * @return the options
   * @throws IllegalArgumentException if it is less than 1
   */
  public static JobOptions paced(int stepsPerSecond) {
    if (stepsPerSecond < 1) {
      throw new IllegalArgumentException("stepsPerSecond must be at least 1");
    }
    return new JobOptions(stepsPerSecond, progress -> {}, () -> false);
  }

  /**
   * The same options with somebody who watches.
   *
   * @param watcher told after every step, on the thread that runs the job
   * @return the changed options
   */
  public JobOptions observedBy(Consumer<JobProgress> watcher) {
    return new JobOptions(stepsPerSecond, watcher, cancelled);
  }

  /**
   * The same options with a way to stop the job.
   *
   * @param stop asked before every step
   * @return the changed options
   */
  public JobOptions cancelledWhen(BooleanSupplier stop) {
    return new JobOptions(stepsPerSecond, observer, stop);
  }
}
