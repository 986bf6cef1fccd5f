package io.ezypass.internal.op;

import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.PendingWrite;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the next version of a credential that was just read: 1 PutItem, or 1 TransactWriteItems
 * where other rows change with it: a forwarding row, revisions, an event. Updating, editing and
 * reverting end with it.
 */
final class ChangeCredential {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final CredentialSealer sealer;
  private final AuditTrail trail;
  private final SingleWrites writes;
  private final Transactions transactions;

  ChangeCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.sealer = new CredentialSealer(env);
    this.trail = new AuditTrail(env, access);
    this.writes = new SingleWrites(env);
    this.transactions = new Transactions(env);
  }

  /** What became of a change that did not fail for good. */
  sealed interface Result {
    /** It took effect. */
    record Applied(Credential credential) implements Result {}

    /**
     * It did not take effect, as far as can be seen; reading again shows more.
     *
     * @param ambiguous an attempt whose fate is not certain, to be recognised if it shows up
     * @param lost revisions whose rows turned out to be gone
     * @param overtaken whether another write left its event in the audit trail first
     */
    record Repeat(@Nullable Attempt ambiguous, Set<Long> lost, boolean overtaken)
        implements Result {
      /** Of a write of one item. */
      static final Repeat NOTHING = new Repeat(null, Set.of(), false);
    }
  }

  /** One sealing that was sent. */
  record Attempt(byte[] operationId, Credential credential) {
    /** Recognises itself in what was read later. */
    boolean shows(CredentialRow row) {
      return row.header().names(operationId);
    }
  }

  /**
   * The plan.
   *
   * @param found the row with its secrets, which the caller wipes
   * @param action what the event that it leaves says was done
   * @param lost revisions that are not to be listed any more, since their rows are gone
   */
  Plan<Result> plan(
      CurrentCredential.Found found,
      CredentialContent content,
      Actor actor,
      Action action,
      Set<Long> lost) {
    CredentialRow row = found.row();
    if (row.header().hasUnknownFeatures()) {
      throw new UnsupportedFormatException(Describe.credential(row.owner(), row.id()));
    }
    Audit audit = row.audit().updated(env.now(), actor);
    Revisions revisions =
        Revisions.after(row, content, env.policies().revisions(), env.now(), lost);
    CredentialSealer.Next next =
        CredentialSealer.Next.after(row, content, audit, new Lifecycle(revisions.kept(), null));
    Transition transition = new Transition(found.keys(), row.id(), row, next);
    return trail
        .next(found.keys(), actor, action, row.id(), next.version())
        .then(event -> Satellites.of(env, access.table(), transition, revisions, event))
        .then(satellites -> send(found, transition, satellites));
  }

  private Plan<Result> send(
      CurrentCredential.Found found, Transition transition, Satellites satellites) {
    CredentialRow row = found.row();
    CredentialSealer.Next next = transition.next();
    CredentialSealer.SealedCredential sealed =
        sealer.seal(found.keys(), row.id(), next, satellites);
    Attempt attempt =
        new Attempt(
            sealed.header().operationId(),
            new Credential(row.id(), row.owner(), next.content(), next.audit(), next.version()));
    Item item = sealed.item();
    boolean moves = !item.key().equals(row.item().key());
    boolean forwardingChanges =
        found.forwarding() != null && !Objects.equals(ttl(item), ttl(row.item()));
    return moves || forwardingChanges || satellites.touchesRows()
        ? transact(found, item, attempt, satellites)
        : put(found, item, attempt);
  }

  private Plan<Result> put(CurrentCredential.Found found, Item item, Attempt attempt) {
    CredentialRow row = found.row();
    return writes.send(
        Op.PUT_ITEM,
        env.requests().put(item, row.unchanged()),
        () -> pending(found, attempt),
        () -> Plan.done(new Result.Applied(attempt.credential())),
        refusal -> judge(found, attempt, refusal));
  }

  private Plan<Result> judge(
      CurrentCredential.Found found, Attempt attempt, SingleWrites.Refusal refusal) {
    CredentialRow row = found.row();
    Item old = refusal.old();
    boolean ambiguous = refusal.ambiguous();
    return switch (Verdict.of(old, ambiguous, attempt.operationId(), row.version())) {
      case APPLIED -> Plan.reconciled(new Result.Applied(attempt.credential()));
      // Reading again tells a conflict from a rotation that only rewrote the same version.
      case REPEAT, CONFLICT, GONE -> Plan.done(Result.Repeat.NOTHING);
      case UNKNOWN -> throw new WriteOutcomeUnknownException(pending(found, attempt));
      case MOVED ->
          ambiguous
              ? reads
                  .get(
                      CredentialRow.target(found.keys(), Objects.requireNonNull(old)),
                      failure -> new WriteOutcomeUnknownException(pending(found, attempt)))
                  .then(
                      target -> judge(found, attempt, new SingleWrites.Refusal(target, ambiguous)))
              : Plan.done(Result.Repeat.NOTHING);
    };
  }

  private Plan<Result> transact(
      CurrentCredential.Found found, Item item, Attempt attempt, Satellites satellites) {
    Transaction tx = env.requests().transaction(env.token());
    rows(tx, found, item);
    satellites.into(tx);
    return transactions.send(
        tx,
        () -> pending(found, attempt),
        () -> Plan.done(new Result.Applied(attempt.credential())),
        // Reading again tells who was faster; an attempt still under way is recognised there.
        cancellation ->
            Plan.done(
                new Result.Repeat(
                    attempt, satellites.lost(cancellation), satellites.overtaken(cancellation))));
  }

  /** The credential's row, and its forwarding row if that changes. */
  private static void rows(Transaction tx, CurrentCredential.Found found, Item item) {
    CredentialRow row = found.row();
    ItemKey original = ItemKey.credential(row.owner(), row.id().value());
    ItemKey from = row.item().key();
    Condition unchanged = row.unchanged();
    boolean returns = item.key().equals(original);
    boolean moves = !item.key().equals(from);
    if (!moves) {
      tx.put(item, unchanged);
    } else if (returns) {
      tx.put(item, Condition.forwardsTo(from.sk()));
      tx.delete(from, unchanged);
    } else {
      tx.put(item, Condition.absent());
      if (!from.equals(original)) {
        tx.delete(from, unchanged);
      }
    }
    if (!returns && (moves || !Objects.equals(ttl(item), ttl(row.item())))) {
      Item forwarding =
          CredentialSealer.forwarding(found.keys(), row.id(), item.key().sk(), ttl(item));
      tx.put(forwarding, from.equals(original) ? unchanged : Condition.forwardsTo(from.sk()));
    }
  }

  private static @Nullable Long ttl(Item item) {
    OptionalLong ttl = item.number(Item.TTL);
    return ttl.isPresent() ? ttl.getAsLong() : null;
  }

  private static PendingWrite pending(CurrentCredential.Found found, Attempt attempt) {
    CredentialRow row = found.row();
    return PendingWriteCodec.encode(
        new PendingWriteCodec.Pending(
            PendingWriteCodec.Kind.UPDATE,
            found.keys().tableId(),
            attempt.operationId(),
            row.owner(),
            row.id(),
            row.version() + 1));
  }
}
