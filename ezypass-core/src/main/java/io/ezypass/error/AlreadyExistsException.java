package io.ezypass.error;

/**
 * A unique value is taken. Nothing was written. Retrying is of no use until the claim is free:
 * choose another value.
 */
public final class AlreadyExistsException extends VaultException {
  private static final long serialVersionUID = 1L;

  /** What is unique. */
  public enum Claim {
    /** The user id, also while a deletion under that id is not final. */
    USER_ID,
    /** The e-mail address. */
    EMAIL,
    /** The username. */
    USERNAME
  }

  private final Claim claim;

  /**
   * Creates the failure.
   *
   * @param claim what is taken
   */
  public AlreadyExistsException(Claim claim) {
    super("The " + claim + " is taken by another user. Nothing was written; choose another one.");
    this.claim = claim;
  }

  /**
   * Which value is taken.
   *
   * @return the first one that was found taken
   */
  public Claim claim() {
    return claim;
  }
}
