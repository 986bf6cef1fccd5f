package io.ezypass.model;

import java.io.Serializable;
import java.util.UUID;

/**
 * Names one batch of writes, so that running it again does nothing twice. It is the caller's: one
 * id for one content in one vault, kept for as long as the batch may be run again. The table holds
 * a keyed hash of it only.
 *
 * @param value 1 to 256 characters of one line, not blank
 */
public record BatchId(String value) implements Serializable {
  private static final int MAX_CHARS = 256;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value has another form
   */
  public BatchId {
    value = Checks.requiredLine("batch id", value, MAX_CHARS);
  }

  /**
   * The id with that value.
   *
   * @param value what the caller names the batch
   * @return the id
   * @throws IllegalArgumentException if the value has another form
   */
  public static BatchId of(String value) {
    return new BatchId(value);
  }

  /**
   * An id that nobody used before. Keep it until the batch is done.
   *
   * @return a random UUID
   */
  public static BatchId random() {
    return new BatchId(UUID.randomUUID().toString());
  }

  /** Shows nothing: callers may name a batch after what is in it. */
  @Override
  public String toString() {
    return "BatchId[redacted]";
  }
}
