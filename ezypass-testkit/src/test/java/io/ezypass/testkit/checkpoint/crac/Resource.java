package io.ezypass.testkit.checkpoint.crac;

/** As {@code jdk.crac.Resource}. */
public interface Resource {
  /** Before the snapshot. */
  void beforeCheckpoint(Context<? extends Resource> context) throws Exception;

  /** After the restore. */
  void afterRestore(Context<? extends Resource> context) throws Exception;
}
