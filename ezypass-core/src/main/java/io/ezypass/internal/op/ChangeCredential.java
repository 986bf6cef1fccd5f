package io.ezypass.internal.op;

import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.PendingWrite;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the next version of a credential that was just read: 1 PutItem, or 1 TransactWriteItems
 * where its website changes (or its expiry, once it has moved). Updating and editing end with it.
 */
final class ChangeCredential {
  private final Environment env;
  private final Reads reads;
  private final CredentialSealer sealer;
  private final SingleWrites writes;
  private final Transactions transactions;

  ChangeCredential(Environment env) {
    this.env = env;
    this.reads = new Reads(env);
    this.sealer = new CredentialSealer(env);
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
     */
    record Repeat(@Nullable Attempt ambiguous) implements Result {}
  }

  /** One sealing that was sent. */
  record Attempt(byte[] operationId, Credential credential) {
    /** Recognises itself in what was read later. */
    boolean shows(CredentialRow row) {
      return row.header().names(operationId);
    }
  }

  Plan<Result> plan(CurrentCredential.Found found, CredentialContent content, Actor actor) {
    CredentialRow row = found.row();
    UserKeys keys = found.keys();
    if (row.header().hasUnknownFeatures()) {
      throw new UnsupportedFormatException(Describe.credential(row.owner(), row.id()));
    }
    Audit audit = row.audit().updated(env.now(), actor);
    long version = row.version() + 1;
    CredentialSealer.SealedCredential sealed =
        sealer.seal(keys, row.id(), content, audit, version, row.header().earlierOfNext());
    Attempt attempt =
        new Attempt(
            sealed.header().operationId(),
            new Credential(row.id(), row.owner(), content, audit, version));
    Item item = sealed.item();
    boolean moves = !item.key().equals(row.item().key());
    boolean forwardingChanges = found.forwarding() != null && !ttl(item).equals(ttl(row.item()));
    return moves || forwardingChanges
        ? transact(found, item, moves, attempt)
        : put(found, item, attempt);
  }

  private Plan<Result> put(CurrentCredential.Found found, Item item, Attempt attempt) {
    CredentialRow row = found.row();
    return writes.send(
        Op.PUT_ITEM,
        env.requests().put(item, Condition.headerIs(row.header().encode())),
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
      case REPEAT, CONFLICT, GONE -> Plan.done(new Result.Repeat(null));
      case UNKNOWN -> throw new WriteOutcomeUnknownException(pending(found, attempt));
      case MOVED ->
          ambiguous
              ? reads
                  .get(
                      CredentialRow.target(found.keys(), Objects.requireNonNull(old)),
                      failure -> new WriteOutcomeUnknownException(pending(found, attempt)))
                  .then(
                      target -> judge(found, attempt, new SingleWrites.Refusal(target, ambiguous)))
              : Plan.done(new Result.Repeat(null));
    };
  }

  private Plan<Result> transact(
      CurrentCredential.Found found, Item item, boolean moves, Attempt attempt) {
    CredentialRow row = found.row();
    ItemKey original = ItemKey.credential(row.owner(), row.id().value());
    ItemKey from = row.item().key();
    Transaction tx = env.requests().transaction(env.token());
    Condition unchanged = Condition.headerIs(row.header().encode());
    boolean returns = item.key().equals(original);
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
    if (!returns) {
      Item forwarding =
          CredentialSealer.forwarding(
              found.keys(),
              row.id(),
              item.key().sk(),
              ttl(item).isPresent() ? ttl(item).getAsLong() : null);
      tx.put(forwarding, from.equals(original) ? unchanged : Condition.forwardsTo(from.sk()));
    }
    return transactions.send(
        tx,
        () -> pending(found, attempt),
        () -> Plan.done(new Result.Applied(attempt.credential())),
        // Reading again tells who was faster; an attempt still under way is recognised there.
        cancellation -> Plan.done(new Result.Repeat(attempt)));
  }

  private static OptionalLong ttl(Item item) {
    return item.number(Item.TTL);
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
