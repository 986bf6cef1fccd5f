package io.ezypass.internal.plan;

/** Opened keys that the key cache keeps and leases. */
public interface KeyMaterial {
  /** Overwrites the keys. Called once, after the last lease is back. */
  void wipe();
}
