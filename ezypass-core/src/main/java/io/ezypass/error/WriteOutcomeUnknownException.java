package io.ezypass.error;

import io.ezypass.model.PendingWrite;

/**
 * The write was sent and no answer came back: it may or may not have taken effect. Do not repeat
 * it; hand {@link #pending()} to {@code VaultRepository.resolve}, now or after a restart.
 */
public final class WriteOutcomeUnknownException extends VaultException {
  private static final long serialVersionUID = 1L;

  private final PendingWrite pending;

  /**
   * Creates the failure.
   *
   * @param pending names the write
   */
  public WriteOutcomeUnknownException(PendingWrite pending) {
    super(
        "It is unknown whether the write took effect. Do not repeat it: ask resolve() with "
            + "pending write "
            + pending);
    this.pending = pending;
  }

  /**
   * Names the write.
   *
   * @return what {@code resolve} takes
   */
  public PendingWrite pending() {
    return pending;
  }
}
