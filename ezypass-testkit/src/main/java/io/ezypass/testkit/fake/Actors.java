package io.ezypass.testkit.fake;

import io.ezypass.model.Actor;
import io.ezypass.model.UserId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who acts: asked on the caller's thread, since suppliers tend to look at the current request. */
final class Actors {
  private final @Nullable Supplier<Actor> supplier;

  private Actors(@Nullable Supplier<Actor> supplier) {
    this.supplier = supplier;
  }

  static Actors owner() {
    return new Actors(null);
  }

  static Actors of(Supplier<Actor> supplier) {
    return new Actors(Arguments.present("actor supplier", supplier));
  }

  static Actors of(Actor actor) {
    Arguments.present("actor", actor);
    return new Actors(() -> actor);
  }

  Actor actingFor(UserId owner) {
    return supplier == null
        ? Actor.user(owner)
        : Arguments.present("what the actor supplier returned", supplier.get());
  }
}
