package io.ezypass;

import io.ezypass.admin.JobOptions;
import java.time.Duration;

/**
 * How a batch of writes is run.
 *
 * @param job how fast, who watches, and when to stop; a step is one item. No transaction holds more
 *     items than the pace allows in a second. The observer is told of every item that is settled,
 *     those of an earlier run included, on a thread that runs the batch
 * @param deadline how long after the call begins it goes on, retries included; at least a
 *     millisecond, at most an hour. What is left then is reported, and done by calling again
 * @param receiptRetention how long a batch that begins with this call is known by its id, 1 to 366
 *     days, cut to whole seconds where it ends; a batch that was begun before keeps what it began
 *     with. Afterwards the id is free, and the batch would be written once more
 */
public record BatchOptions(JobOptions job, Duration deadline, Duration receiptRetention) {
  private static final Duration LONGEST_DEADLINE = Duration.ofHours(1);
  private static final Duration LONGEST_RETENTION = Duration.ofDays(366);

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException naming what is null or out of bounds
   */
  public BatchOptions {
    if (job == null) {
      throw new IllegalArgumentException("job must not be null");
    }
    within("deadline", deadline, Duration.ofMillis(1), LONGEST_DEADLINE);
    within("receiptRetention", receiptRetention, Duration.ofDays(1), LONGEST_RETENTION);
  }

  /**
   * As fast as it goes, unobserved, for five minutes at most, known for 30 days.
   *
   * @return the options
   */
  public static BatchOptions standard() {
    return new BatchOptions(JobOptions.unpaced(), Duration.ofMinutes(5), Duration.ofDays(30));
  }

  /**
   * The same options with another pace, observer and way to stop.
   *
   * @param options for the steps
   * @return the changed options
   */
  public BatchOptions withJob(JobOptions options) {
    return new BatchOptions(options, deadline, receiptRetention);
  }

  /**
   * The same options with another deadline.
   *
   * @param longest at least a millisecond, at most an hour
   * @return the changed options
   */
  public BatchOptions withDeadline(Duration longest) {
    return new BatchOptions(job, longest, receiptRetention);
  }

  /**
   * The same options with another retention.
   *
   * @param time 1 to 366 days
   * @return the changed options
   */
  public BatchOptions withReceiptRetention(Duration time) {
    return new BatchOptions(job, deadline, time);
  }

  private static void within(String name, Duration value, Duration least, Duration most) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must not be null");
    }
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", but is " + value);
    }
  }
}
