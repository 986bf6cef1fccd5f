package io.ezypass.internal.run;

import io.ezypass.model.Actor;
import io.ezypass.model.UserId;

/** Says in whose name something is done. */
@FunctionalInterface
public interface Actors {
  /** Who acts on what belongs to that user. */
  Actor on(UserId owner);
}
