package io.ezypass.health;

/** What can be wrong with a password. */
public enum PasswordIssue {
  /** Another credential of the vault has the very same password. */
  REUSED,
  /** The estimator scores it below what was asked for. */
  WEAK,
  /** Its credential was last updated longer ago than asked for. */
  OLD
}
