package io.ezypass.testkit.checkpoint.crac;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** As {@code jdk.crac.Context}: hooks run in the opposite order of registration, and back. */
public class Context<R extends Resource> implements Resource {
  private final Deque<R> latestFirst = new ArrayDeque<>();

  /** Adds a resource; {@code org.crac} wraps it so that it is held weakly. */
  public synchronized void register(R resource) {
    latestFirst.addFirst(resource);
  }

  @Override
  public synchronized void beforeCheckpoint(Context<? extends Resource> context) throws Exception {
    for (R resource : latestFirst) {
      resource.beforeCheckpoint(this);
    }
  }

  @Override
  public synchronized void afterRestore(Context<? extends Resource> context) throws Exception {
    List<R> earliestFirst = new ArrayList<>(latestFirst);
    Collections.reverse(earliestFirst);
    for (R resource : earliestFirst) {
      resource.afterRestore(this);
    }
  }
}
