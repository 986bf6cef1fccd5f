package io.ezypass.testkit.promises;

import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * A write whose answer was lost, kept to be asked about for as long as the vault lives.
 *
 * @param id of which credential; null for an add that did not happen
 * @param version that it made or would have made
 * @param applied whether it took effect
 */
record RotationReceipt(
    PendingWrite pending, @Nullable CredentialId id, long version, boolean applied) {
  private static final int MAX_EARLIER = 4;

  /**
   * What {@code resolve} has to say while nobody writes.
   *
   * @param stored the version that the credential has now, live or in the trash; null if it is
   *     nowhere
   */
  WriteOutcome expected(@Nullable Long stored) {
    if (stored == null) {
      return version == 1 ? WriteOutcome.NOT_APPLIED : WriteOutcome.UNKNOWN;
    }
    if (version == 1) {
      return WriteOutcome.APPLIED;
    }
    if (stored > version + MAX_EARLIER) {
      return WriteOutcome.UNKNOWN;
    }
    return applied ? WriteOutcome.APPLIED : WriteOutcome.NOT_APPLIED;
  }
}
