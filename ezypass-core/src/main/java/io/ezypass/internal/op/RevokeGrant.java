package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a grant without any key: the credential's row is read, 1 GetItem, 2 once it has moved; and 1
 * TransactWriteItems deletes both rows of the grant and counts that in the credential's. With an
 * audit trail it needs the keys, and 1 Query more.
 */
public final class RevokeGrant {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final Table table;
  private final Reads reads;
  private final Transactions transactions;
  private final KeyAccess access;
  private final AuditTrail trail;

  /** The use case. */
  public RevokeGrant(Environment env, KeyAccess access) {
    this.env = env;
    this.table = access.table();
    this.reads = new Reads(env);
    this.transactions = new Transactions(env);
    this.access = access;
    this.trail = new AuditTrail(env, access);
  }

  /** The plan. It ends in true: what is not there is revoked. */
  public Plan<Boolean> plan(UserId owner, CredentialId id, UserId recipient, Actor actor) {
    KeySpace.Share share = new KeySpace.Share(owner, id, recipient);
    return table
        .identity()
        .then(identity -> new Rounds(share, pending(identity, share), actor).round(0));
  }

  private PendingWrite pending(TableIdentity identity, KeySpace.Share share) {
    return PendingWriteCodec.encode(
        new PendingWriteCodec.Pending(
            PendingWriteCodec.Kind.REVOKE,
            identity.id(),
            env.randomBytes(GrantRow.OPERATION_ID),
            share.owner(),
            share.credential(),
            0,
            share.recipient()));
  }

  private final class Rounds {
    private final KeySpace.Share share;
    private final PendingWrite pending;
    private final Actor actor;
    private final AuditTurns turns = new AuditTurns(env);

    Rounds(KeySpace.Share share, PendingWrite pending, Actor actor) {
      this.actor = actor;
      this.share = share;
      this.pending = pending;
    }

    Plan<Boolean> round(int number) {
      ItemKey original = ItemKey.credential(share.owner(), share.credential().value());
      return reads
          .get(original)
          .then(
              item ->
                  item != null && item.isForwarding()
                      ? moved(new ItemKey(original.pk(), target(item)), number)
                      : delete(item, number));
    }

    private String target(Item forwarding) {
      return CredentialRow.plausibleTarget(share.owner(), forwarding);
    }

    /** A forwarding row without a row is on its way to somewhere else, or what is left of it. */
    private Plan<Boolean> moved(ItemKey target, int number) {
      return reads
          .get(target)
          .then(item -> item == null && number < MAX_ROUNDS ? again(number) : delete(item, number));
    }

    /**
     * Deletes both rows.
     *
     * @param credential the credential's row; null if there is none to be counted in
     */
    private Plan<Boolean> delete(@Nullable Item credential, int number) {
      return event(credential).then(event -> delete(credential, event, number));
    }

    /** Of ending what has not ended yet. */
    private Plan<AuditRow> event(@Nullable Item credential) {
      if (!trail.isOn()) {
        return Plan.done(AuditRow.none());
      }
      long version =
          credential == null ? 0 : Math.max(0, credential.number(Item.VERSION).orElse(0));
      AuditedChange change =
          new AuditedChange(Action.REVOKE, share.credential(), version, share.recipient());
      return reads
          .get(share.grant())
          .then(
              grant ->
                  access.keys(
                      share.owner(),
                      keys ->
                          grant == null || CredentialRow.hasEnded(grant, env.now())
                              ? Plan.done(AuditRow.none())
                              : trail.next(keys, actor, List.of(change))));
    }

    private Plan<Boolean> delete(@Nullable Item credential, AuditRow event, int number) {
      Transaction tx = env.requests().transaction(env.token());
      Transaction.Handle grant = tx.delete(share.grant(), Condition.present());
      tx.delete(share.pointer());
      Transaction.Handle counted = null;
      if (credential != null) {
        // A deletion that has read the grants, or an update that was to rewrite one, reads again.
        counted =
            tx.change(
                counted(credential),
                List.of(),
                Condition.sameAs(credential, Item.HEADER, Item.SHARES));
      }
      event.into(tx);
      Transaction.Handle row = counted;
      return transactions.send(
          tx,
          () -> pending,
          () -> Plan.done(true),
          cancellation -> {
            if (cancellation.failed(grant)) {
              return Plan.done(true);
            }
            if (row == null || !cancellation.failed(row)) {
              return turns.again(() -> round(number));
            }
            if (number >= MAX_ROUNDS) {
              throw Failures.contended();
            }
            return again(number);
          });
    }

    private Plan<Boolean> again(int number) {
      return Plan.retry(env.jitter(number), () -> round(number + 1));
    }
  }

  /** What a change of its grants sets in a credential's row. */
  static Item counted(Item credential) {
    long count = credential.number(Item.SHARES).orElse(0);
    return Item.at(credential.key()).number(Item.SHARES, count == Long.MAX_VALUE ? 1 : count + 1);
  }
}
