package io.ezypass;

import io.ezypass.model.CredentialId;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item of a batch of writes.
 *
 * @param outcome what became of it
 * @param id which credential; null if there is none, since nothing was added
 * @param failure why, for {@link Outcome#FAILED} what the single call would have thrown, for {@link
 *     Outcome#UNKNOWN} and {@link Outcome#NOT_ATTEMPTED} what kept the batch from going on; else
 *     null
 */
public record BatchItem(
    Outcome outcome, @Nullable CredentialId id, @Nullable RuntimeException failure) {

  /** What can become of an item. */
  public enum Outcome {
    /** This call wrote it. */
    WRITTEN,
    /**
     * The receipt of an earlier run of this batch, or of one at the same time, says that it was
     * written. It may have been changed or deleted since; nothing was done now. Of a deletion also:
     * the credential was not there any more.
     */
    ALREADY_THERE,
    /**
     * What stands in the table is not what the item asks for. It was left out of its transaction,
     * and will be whenever this batch is run again.
     */
    CONFLICT,
    /**
     * The item itself is at fault. It was not written, and will not be whenever this batch is run
     * again.
     */
    FAILED,
    /**
     * It was sent, no answer came, and no receipt is there yet: it may have been written, or may
     * still be. Call again with the same batch id.
     */
    UNKNOWN,
    /** Its turn did not come. It was not written. Call again with the same batch id. */
    NOT_ATTEMPTED;

    /** Whether it is the same whenever the batch is run again, but for who wrote it. */
    boolean isFinal() {
      return this != UNKNOWN && this != NOT_ATTEMPTED;
    }
  }

  /** Checks the outcome. */
  public BatchItem {
    if (outcome == null) {
      throw new IllegalArgumentException("outcome must not be null");
    }
  }
}
