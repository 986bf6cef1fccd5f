package io.ezypass.internal.op;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace.Place;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a credential out of the trash: its row is read, and 1 TransactWriteItems seals the next
 * version where its website belongs, with a forwarding row at the original place if that is another
 * one, so that the id stays good.
 */
public final class RestoreCredential {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final KeyAccess access;
  private final CurrentCredential current;
  private final CredentialSealer sealer;
  private final Reads reads;
  private final AuditTrail trail;
  private final Transactions transactions;

  /** The use case. */
  public RestoreCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.current = new CurrentCredential(env, access);
    this.sealer = new CredentialSealer(env);
    this.reads = new Reads(env);
    this.trail = new AuditTrail(env, access);
    this.transactions = new Transactions(env);
  }

  /** The plan. */
  public Plan<Credential> plan(UserId owner, CredentialId id, long seen, Actor actor) {
    return new Rounds(owner, id, seen, actor).round(0);
  }

  private final class Rounds {
    private final UserId owner;
    private final CredentialId id;
    private final long seen;
    private final Actor actor;
    private final ItemKey trash;
    private final AuditTurns turns = new AuditTurns(env);
    private final Set<Long> lost = new HashSet<>();
    private byte[] attempt = new byte[0];

    Rounds(UserId owner, CredentialId id, long seen, Actor actor) {
      this.owner = owner;
      this.id = id;
      this.seen = seen;
      this.actor = actor;
      this.trash = ItemKey.trash(owner, id.value().substring(ItemKey.TAG_CHARS));
    }

    Plan<Credential> round(int number) {
      return access.cached(
          owner,
          keys -> reads.get(trash).then(item -> follow(keys, item, number)),
          () -> {
            long askedAt = env.nanoTime().getAsLong();
            return reads.batch(
                List.of(ItemKey.keys(owner), trash),
                found ->
                    access.opened(
                        owner,
                        found.get(ItemKey.keys(owner)),
                        askedAt,
                        keys -> follow(keys, found.get(trash), number)));
          });
    }

    private Plan<Credential> follow(UserKeys keys, @Nullable Item item, int number) {
      if (item == null) {
        return notInTrash();
      }
      String description = Describe.row(owner, trash);
      return access.covering(
          keys,
          Map.of(CredentialRow.generation(owner, item), description),
          covering -> {
            CredentialRow row = CredentialRow.openWhole(covering, item, Place.TRASH);
            if (!row.id().equals(id)) {
              throw new TamperedItemException(description);
            }
            if (row.isExpired(env.now())) {
              row.wipe();
              throw new CredentialNotFoundException(owner, id);
            }
            return restore(covering, row, number);
          });
    }

    /** It was restored by an attempt of ours, or by somebody else, or there is none. */
    private Plan<Credential> notInTrash() {
      return current
          .wholeIfAny(owner, id)
          .then(
              found -> {
                if (found == null) {
                  throw new CredentialNotFoundException(owner, id);
                }
                return live(found.row());
              });
    }

    /**
     * Something stands where it would go. It is live already: restored, or added again by an
     * attempt that came late; or it is nothing of it.
     */
    private Plan<Credential> inTheWay(int number) {
      return current
          .wholeIfAny(owner, id)
          .then(found -> found == null ? again(number) : live(found.row()));
    }

    private Plan<Credential> live(CredentialRow row) {
      if (row.version() == seen + 1 && attempt.length > 0 && row.header().names(attempt)) {
        return Plan.reconciled(row.credential());
      }
      row.wipe();
      throw conflict(row.version());
    }

    private Plan<Credential> again(int number) {
      return Plan.retry(env.jitter(number), () -> round(number + 1));
    }

    private Plan<Credential> restore(UserKeys keys, CredentialRow row, int number) {
      if (row.version() != seen || number > MAX_ROUNDS || row.header().hasUnknownFeatures()) {
        row.wipe();
        if (row.version() != seen) {
          throw conflict(row.version());
        }
        if (row.header().hasUnknownFeatures()) {
          throw new UnsupportedFormatException(Describe.credential(owner, id));
        }
        // Nobody changes it, and yet it cannot be moved: something forged stands in its way.
        throw new TamperedItemException(Describe.credential(owner, id));
      }
      Revisions revisions = Revisions.unchanged(row, null, env.now(), lost);
      Transition transition =
          new Transition(
              keys,
              id,
              row,
              CredentialSealer.Next.after(
                  row,
                  row.credential().content(),
                  row.audit().updated(env.now(), actor),
                  new Lifecycle(revisions.kept(), null)));
      return new Plan.Attempt<>(
              trail.next(keys, actor, Action.RESTORE, id, seen + 1),
              event -> Satellites.of(env, access.table(), transition, revisions, event),
              failure -> {
                row.wipe();
                throw failure;
              })
          .then(satellites -> send(keys, row, transition, satellites, number));
    }

    private Plan<Credential> send(
        UserKeys keys,
        CredentialRow row,
        Transition transition,
        Satellites satellites,
        int number) {
      CredentialSealer.Next next = transition.next();
      CredentialSealer.SealedCredential sealed = sealer.seal(keys, id, next, satellites);
      attempt = sealed.header().operationId();
      PendingWrite pending = pending(keys);
      Credential restored = new Credential(id, owner, next.content(), next.audit(), next.version());
      ItemKey original = ItemKey.credential(owner, id.value());
      Transaction tx = env.requests().transaction(env.token());
      List<Transaction.Handle> places = new ArrayList<>();
      places.add(tx.put(sealed.item(), Condition.absent()));
      tx.delete(trash, Condition.headerIs(row.header().encode()));
      if (!sealed.item().key().equals(original)) {
        places.add(
            tx.put(
                CredentialSealer.forwarding(keys, id, sealed.item().key().sk(), transition.end()),
                Condition.absent()));
      }
      satellites.into(tx);
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(restored),
          cancellation -> {
            restored.close();
            lost.addAll(satellites.lost(cancellation));
            if (places.stream().anyMatch(cancellation::failed)) {
              return inTheWay(number);
            }
            return satellites.overtaken(cancellation)
                ? turns.again(() -> round(number))
                : again(number);
          });
    }

    private VersionConflictException conflict(long stored) {
      return new VersionConflictException(Describe.credential(owner, id), seen, stored);
    }

    private PendingWrite pending(UserKeys keys) {
      return PendingWriteCodec.encode(
          new PendingWriteCodec.Pending(
              PendingWriteCodec.Kind.RESTORE, keys.tableId(), attempt, owner, id, seen + 1));
    }
  }
}
