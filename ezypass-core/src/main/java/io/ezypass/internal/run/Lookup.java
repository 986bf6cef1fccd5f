package io.ezypass.internal.run;

import io.ezypass.internal.plan.KeyMaterial;

/** What {@link KeyCache#take} found. */
sealed interface Lookup<K extends KeyMaterial> {
  /** The caller holds the entry, and has to release it. */
  record Hit<K extends KeyMaterial>(Entry<K> entry) implements Lookup<K> {}

  /**
   * The caller has to wait until the flight lands, or to leave it.
   *
   * @param leads whether the caller also has to run the load
   */
  record Wait<K extends KeyMaterial>(Flight<K> flight, boolean leads) implements Lookup<K> {}
}
