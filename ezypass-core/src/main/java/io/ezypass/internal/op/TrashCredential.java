package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private final CredentialSealer sealer;
  private final Transactions transactions;

  TrashCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.current = new CurrentCredential(env, access);
    this.sealer = new CredentialSealer(env);
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
    private final Set<Long> lost = new HashSet<>();
    private byte[] attempt = new byte[0];
    private Condition inTrash = Condition.absent();

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
      CredentialRow row = found.row();
      Instant now = env.now();
      Lifecycle.Deletion deletion =
          new Lifecycle.Deletion(now, actor, purgeAt(env.policies().trash(), now));
      Revisions revisions = Revisions.unchanged(row, deletion, now, lost);
      Transition transition =
          new Transition(
              Transition.Kind.TRASH,
              found.keys(),
              id,
              row,
              CredentialSealer.Next.after(
                  row,
                  row.credential().content(),
                  row.audit(),
                  new Lifecycle(revisions.kept(), deletion)),
              actor,
              lost);
      return Satellites.of(access.table(), transition, revisions)
          .then(satellites -> send(found, transition, satellites, number));
    }

    private Plan<Boolean> send(
        CurrentCredential.Found found, Transition transition, Satellites satellites, int number) {
      CredentialSealer.SealedCredential sealed = sealed(found, transition, satellites);
      attempt = sealed.header().operationId();
      PendingWrite pending = pending(found);
      ItemKey from = found.row().item().key();
      Transaction tx = env.requests().transaction(env.token());
      Transaction.Handle copy = tx.put(sealed.item(), inTrash);
      tx.delete(from, Condition.headerIs(found.row().header().encode()));
      if (found.forwarding() != null) {
        tx.delete(ItemKey.credential(owner, id.value()), Condition.forwardsTo(from.sk()));
      }
      satellites.into(tx);
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(true),
          cancellation -> {
            lost.addAll(satellites.lost(cancellation));
            Item old = cancellation.old(copy);
            // An add whose answer was lost may have been repeated after it had been deleted: then
            // what is live replaces the copy in the trash.
            inTrash = old == null ? Condition.absent() : Condition.sameAs(old, Item.HEADER);
            return Plan.retry(env.jitter(number), () -> round(number + 1));
          });
    }

    private CredentialSealer.SealedCredential sealed(
        CurrentCredential.Found found, Transition transition, Satellites satellites) {
      try {
        return sealer.seal(found.keys(), id, transition.next(), satellites);
      } finally {
        found.row().wipe();
      }
    }

    private PendingWrite pending(CurrentCredential.Found found) {
      return PendingWriteCodec.encode(
          new PendingWriteCodec.Pending(
              PendingWriteCodec.Kind.TRASH, found.keys().tableId(), attempt, owner, id, seen + 1));
    }
  }

  private static @Nullable Long purgeAt(TrashPolicy policy, Instant now) {
    Duration time = policy.keptFor();
    return time == null ? null : now.plus(time).getEpochSecond();
  }
}
