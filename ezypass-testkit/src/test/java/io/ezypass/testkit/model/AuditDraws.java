package io.ezypass.testkit.model;

import io.ezypass.model.AuditRange;
import io.ezypass.model.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Calls on audit trails. */
final class AuditDraws {
  private final World world;

  AuditDraws(World world) {
    this.world = world;
  }

  Call list() {
    UserId owner = world.member();
    AuditRange range = range(owner);
    int limit = 1 + world.random.nextInt(9);
    return new Call(
        "list audit trail of " + owner + " in " + range + " by " + limit,
        party ->
            party
                .shown()
                .events(Pages.all(page -> party.vault(owner).audit().list(range, page), limit)));
  }

  private AuditRange range(UserId owner) {
    Instant one = time(owner);
    Instant other = time(owner);
    return one == null || other == null || one.isBefore(other)
        ? new AuditRange(one, other)
        : new AuditRange(other, one);
  }

  /** Mostly that of an event or next to it; at times the border is open. */
  private @Nullable Instant time(UserId owner) {
    return world.once(4)
        ? null
        : world.eventTime(owner).plusMillis(world.once(3) ? world.random.nextInt(3) - 1 : 0);
  }
}
