package io.ezypass.testkit.checkpoint.crac;

/** As {@code jdk.crac.Core}. */
public final class Core {
  private static final Context<Resource> GLOBAL = new Context<>();

  private Core() {}

  /** Where {@code org.crac} registers. */
  public static Context<Resource> getGlobalContext() {
    return GLOBAL;
  }

  /** Runs the hooks, those after the restore also if one of the others failed. */
  public static void checkpointRestore() throws CheckpointException, RestoreException {
    CheckpointException refused = null;
    try {
      GLOBAL.beforeCheckpoint(GLOBAL);
    } catch (Exception e) {
      refused = new CheckpointException();
      refused.addSuppressed(e);
    }
    try {
      GLOBAL.afterRestore(GLOBAL);
    } catch (Exception e) {
      throw new RestoreException();
    }
    if (refused != null) {
      throw refused;
    }
  }
}
