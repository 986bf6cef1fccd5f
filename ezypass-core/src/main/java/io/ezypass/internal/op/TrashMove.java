package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;
import io.ezypass.internal.table.Transaction.Handle;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.TrashPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What moving a credential to the trash writes: the next version there, sealed, in place of its row
 * and its forwarding row, and its satellites. The one place that says so, for one alone and for
 * many.
 */
final class TrashMove {
  private final CurrentCredential.Found found;
  private final CredentialSealer.SealedCredential sealed;
  private final Satellites satellites;
  private final Obstacles obstacles;
  private @Nullable Handle copy;
  private @Nullable Handle row;
  private @Nullable Handle forwarding;

  private TrashMove(
      CurrentCredential.Found found,
      CredentialSealer.SealedCredential sealed,
      Satellites satellites,
      Obstacles obstacles) {
    this.found = found;
    this.sealed = sealed;
    this.satellites = satellites;
    this.obstacles = obstacles;
  }

  /** What was found in the way of earlier attempts for one credential. */
  static final class Obstacles {
    private final Set<Long> lost = new HashSet<>();
    private Condition inTrash = Condition.absent();
    private int met;

    /** How often there was something. */
    int met() {
      return met;
    }
  }

  /**
   * Seals it. The secrets of what was read are wiped then.
   *
   * @param found the row with its secrets, to be written by this version of the library
   * @param event what it alone leaves in the audit trail; none for one of many
   */
  static Plan<TrashMove> seal(
      Environment env,
      Table table,
      CurrentCredential.Found found,
      Actor actor,
      AuditRow event,
      Obstacles obstacles) {
    CredentialRow row = found.row();
    Instant now = env.now();
    Lifecycle.Deletion deletion =
        new Lifecycle.Deletion(now, actor, purgeAt(env.policies().trash(), now));
    Revisions revisions = Revisions.unchanged(row, deletion, now, obstacles.lost);
    Transition transition =
        new Transition(
            found.keys(),
            row.id(),
            row,
            CredentialSealer.Next.after(
                row,
                row.credential().content(),
                row.audit(),
                new Lifecycle(revisions.kept(), deletion)));
    return Satellites.of(env, table, transition, revisions, event)
        .map(
            satellites -> {
              CredentialSealer.SealedCredential sealed = sealed(env, found, transition, satellites);
              return new TrashMove(found, sealed, satellites, obstacles);
            });
  }

  private static CredentialSealer.SealedCredential sealed(
      Environment env,
      CurrentCredential.Found found,
      Transition transition,
      Satellites satellites) {
    try {
      return new CredentialSealer(env)
          .seal(found.keys(), transition.id(), transition.next(), satellites);
    } finally {
      found.row().wipe();
    }
  }

  /** What recognises it in the table. */
  byte[] operationId() {
    return sealed.header().operationId();
  }

  /** What one of many says in the event of its transaction. */
  AuditedChange change() {
    CredentialRow before = found.row();
    return new AuditedChange(Action.TRASH, before.id(), before.version() + 1, null);
  }

  /** Puts it into a transaction, on the condition that nothing has changed since. */
  void into(Transaction tx) {
    CredentialRow before = found.row();
    ItemKey from = before.item().key();
    copy = tx.put(sealed.item(), obstacles.inTrash);
    row = tx.delete(from, before.unchanged());
    if (found.forwarding() != null) {
      forwarding =
          tx.delete(
              ItemKey.credential(before.owner(), before.id().value()),
              Condition.forwardsTo(from.sk()));
    }
    satellites.into(tx);
  }

  /** How large the rows of its satellites are at most that it takes away. */
  long takesAway() {
    return satellites.takesAway();
  }

  /** Whether another write left its event first. */
  boolean overtaken(Cancellation cancellation) {
    return satellites.overtaken(cancellation);
  }

  /** Takes note of what was in its way, if anything was. */
  void refused(Cancellation cancellation) {
    Set<Long> gone = satellites.lost(cancellation);
    if (failed(cancellation, copy)
        || failed(cancellation, row)
        || failed(cancellation, forwarding)
        || !gone.isEmpty()) {
      obstacles.met++;
    }
    obstacles.lost.addAll(gone);
    Item old = copy == null ? null : cancellation.old(copy);
    // An add whose answer was lost may have been repeated after it had been deleted: then what is
    // live replaces the copy in the trash.
    obstacles.inTrash = old == null ? Condition.absent() : Condition.sameAs(old, Item.HEADER);
  }

  private static boolean failed(Cancellation cancellation, @Nullable Handle handle) {
    return handle != null && cancellation.failed(handle);
  }

  private static @Nullable Long purgeAt(TrashPolicy policy, Instant now) {
    Duration time = policy.keptFor();
    return time == null ? null : now.plus(time).getEpochSecond();
  }
}
