package io.ezypass.error;

/**
 * The batch id is known for another batch: other items, another order, or another operation.
 * Nothing of this one was written. Retrying is of no use: a batch of its own needs an id of its
 * own.
 */
public final class BatchMismatchException extends VaultException {
  private static final long serialVersionUID = 1L;

  /** Creates the failure. */
  public BatchMismatchException() {
    super(
        "The batch id was used for other items or another operation. Nothing was written; give "
            + "each batch an id of its own.");
  }
}
