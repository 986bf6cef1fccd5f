package io.ezypass.internal.run;

import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/** The only class that needs {@code org.crac}; loaded only where that is present. */
final class CracResource implements Resource {
  private final CheckpointHook hook;

  private CracResource(CheckpointHook hook) {
    this.hook = hook;
  }

  static Object register(CheckpointHook hook) {
    CracResource resource = new CracResource(hook);
    Core.getGlobalContext().register(resource);
    return resource;
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    hook.beforeCheckpoint();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    hook.afterRestore();
  }
}
