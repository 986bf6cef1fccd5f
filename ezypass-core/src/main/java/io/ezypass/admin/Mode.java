package io.ezypass.admin;

/** Whether a job changes anything. */
public enum Mode {
  /** Looks, and reports what it would do. Nothing is written, and no key is re-encrypted. */
  DRY_RUN,
  /** Does it. */
  APPLY
}
