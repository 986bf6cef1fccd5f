package io.ezypass.internal.run;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done before the process is stored as a snapshot (CRaC, Lambda SnapStart) and after it was
 * restored: the snapshot holds no cached key, and no two restored processes go on with the same
 * randomness. Nothing is done, and nothing needed, where {@code org.crac} is not present.
 *
 * <p>Contexts hold their resources weakly, so the owner of the cache has to keep this. Thread safe.
 */
public final class CheckpointHook implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointHook.class);
  private static final int SEED = 32;

  private final SecureRandom random;
  private volatile @Nullable KeyCache cache;

  /**
   * What the context holds weakly; of no named type, so that its class is loaded if needed only.
   */
  @SuppressWarnings({"unused", "FieldCanBeLocal"})
  private @Nullable Object resource;

  CheckpointHook(KeyCache cache, SecureRandom random) {
    this.cache = cache;
    this.random = random;
  }

  /**
   * Registers with the global context, if there is one.
   *
   * @param cache is emptied before a checkpoint
   * @param random gets a fresh seed after a restore
   * @return to be kept for as long as the cache is in use
   */
  public static CheckpointHook register(KeyCache cache, SecureRandom random) {
    CheckpointHook hook = new CheckpointHook(cache, random);
    try {
      Class.forName("org.crac.Resource", false, CheckpointHook.class.getClassLoader());
      hook.resource = CracResource.register(hook);
    } catch (ClassNotFoundException absent) {
      LOG.debug("no org.crac: snapshots are not noticed");
    } catch (LinkageError e) {
      // For instance on the module path, in a module that this one does not read.
      LOG.warn(
          "org.crac is present but does not link, keys are not wiped before a checkpoint: {}",
          e.getClass().getSimpleName());
    }
    return hook;
  }

  /**
   * Wipes the cached keys.
   *
   * @throws IllegalStateException if calls that are under way still hold keys: the snapshot would
   *     hold them too
   */
  void beforeCheckpoint() {
    KeyCache open = cache;
    int held = open == null ? 0 : open.evictAll();
    if (held > 0) {
      throw new IllegalStateException(
          "no checkpoint while calls are under way: " + held + " users' keys are in use");
    }
  }

  /** Adds fresh randomness of the restored process. */
  void afterRestore() {
    if (cache != null) {
      byte[] seed = new byte[SEED];
      new SecureRandom().nextBytes(seed);
      random.setSeed(seed);
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Does nothing any more. */
  @Override
  public void close() {
    cache = null;
  }
}
