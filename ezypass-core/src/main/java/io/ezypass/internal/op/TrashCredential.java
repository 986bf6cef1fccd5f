package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;

/**
 * Moves a credential to the trash: read as it is, then 1 TransactWriteItems that seals the next
 * version there and takes its row, and its forwarding row, away. A request that arrives late finds
 * another header and changes nothing.
 */
final class TrashCredential {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final KeyAccess access;
  private final CurrentCredential current;
  private final AuditTrail trail;
  private final Transactions transactions;

  TrashCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.current = new CurrentCredential(env, access);
    this.trail = new AuditTrail(env, access);
    this.transactions = new Transactions(env);
  }

  /** The plan. It ends in true: what is gone already is deleted. */
  Plan<Boolean> plan(UserId owner, CredentialId id, long seen, Actor actor) {
    return new Rounds(owner, id, seen, actor).round(0);
  }

  private final class Rounds {
    private final UserId owner;
    private final CredentialId id;
    private final long seen;
    private final Actor actor;
    private final AuditTurns turns = new AuditTurns(env);
    private final TrashMove.Obstacles obstacles = new TrashMove.Obstacles();
    private byte[] attempt = new byte[0];

    Rounds(UserId owner, CredentialId id, long seen, Actor actor) {
      this.owner = owner;
      this.id = id;
      this.seen = seen;
      this.actor = actor;
    }

    Plan<Boolean> round(int number) {
      return current
          .wholeIfAny(owner, id)
          .then(found -> found == null ? Plan.done(true) : judged(found, number));
    }

    private Plan<Boolean> judged(CurrentCredential.Found found, int number) {
      CredentialRow row = found.row();
      boolean wasRestored = attempt.length > 0 && row.header().names(attempt);
      if (!wasRestored
          && row.version() == seen
          && number <= MAX_ROUNDS
          && !row.header().hasUnknownFeatures()) {
        return trash(found, number);
      }
      row.wipe();
      if (wasRestored) {
        // It was deleted, and restored since.
        return Plan.reconciled(true);
      }
      if (row.version() != seen) {
        throw new VersionConflictException(Describe.credential(owner, id), seen, row.version());
      }
      if (row.header().hasUnknownFeatures()) {
        throw new UnsupportedFormatException(Describe.credential(owner, id));
      }
      // Nobody changes it, and yet it cannot be moved: something forged stands in its way.
      throw new TamperedItemException(Describe.credential(owner, id));
    }

    private Plan<Boolean> trash(CurrentCredential.Found found, int number) {
      return new Plan.Attempt<>(
              trail.next(found.keys(), actor, Action.TRASH, id, seen + 1),
              event -> TrashMove.seal(env, access.table(), found, actor, event, obstacles),
              failure -> {
                found.row().wipe();
                throw failure;
              })
          .then(move -> send(found, move, number));
    }

    private Plan<Boolean> send(CurrentCredential.Found found, TrashMove move, int number) {
      attempt = move.operationId();
      PendingWrite pending = pending(found);
      Transaction tx = env.requests().transaction(env.token());
      move.into(tx);
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(true),
          cancellation -> {
            move.refused(cancellation);
            if (move.overtaken(cancellation)) {
              return turns.again(() -> round(number));
            }
            return Plan.retry(env.jitter(number), () -> round(number + 1));
          });
    }

    private PendingWrite pending(CurrentCredential.Found found) {
      return PendingWriteCodec.encode(
          new PendingWriteCodec.Pending(
              PendingWriteCodec.Kind.TRASH, found.keys().tableId(), attempt, owner, id, seen + 1));
    }
  }
}
