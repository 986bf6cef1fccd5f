package io.ezypass.internal.op;

import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.format.v1.Header;
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
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shares a credential: it is read as it is, with its grants if it was shared before, and 1
 * TransactWriteItems writes both rows of the grant, takes those away that have ended, and counts it
 * in the credential's row. The first one seals that row once more, in the same version, with a
 * feature bit: a library that knows no grants must not write it.
 */
public final class ShareCredential {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final KeyAccess access;
  private final CurrentCredential current;
  private final GrantRows rows;
  private final Transactions transactions;
  private final AuditTrail trail;

  /** The use case. */
  public ShareCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.current = new CurrentCredential(env, access);
    this.rows = new GrantRows(env);
    this.transactions = new Transactions(env);
    this.trail = new AuditTrail(env, access);
  }

  /** The plan. */
  public Plan<Grant> plan(UserId owner, CredentialId id, NewGrant grant, Actor actor) {
    Instant until = grant.expiresAt();
    if (grant.recipient().equals(owner)) {
      throw new IllegalArgumentException("recipient must not be the vault's own user");
    }
    if (until != null && !until.isAfter(env.now())) {
      throw new IllegalArgumentException("expiresAt must be in the future");
    }
    return new Rounds(
            new GrantRow(
                new KeySpace.Share(owner, id, grant.recipient()),
                env.now().toEpochMilli(),
                until == null ? null : until.getEpochSecond(),
                null,
                env.randomBytes(GrantRow.OPERATION_ID)),
            actor)
        .round(0);
  }

  /** One grant, made by whichever round succeeds, and the same in all of them. */
  private final class Rounds {
    private final GrantRow grant;
    private final KeySpace.Share share;
    private final Actor actor;
    private final AuditTurns turns = new AuditTurns(env);
    private boolean wasRefused;

    Rounds(GrantRow grant, Actor actor) {
      this.actor = actor;
      this.grant = grant;
      this.share = grant.share();
    }

    Plan<Grant> round(int number) {
      return current
          .meta(share.owner(), share.credential())
          .then(
              found -> {
                requireWritable(found);
                return found.row().mayBeShared() || wasRefused
                    ? rows.of(share.owner(), share.credential())
                        .then(items -> beside(found, items, number))
                    : send(found, null, List.of(), number);
              });
    }

    private void requireWritable(CurrentCredential.Found found) {
      if (found.row().header().hasUnknownFeatures()) {
        throw new UnsupportedFormatException(
            Describe.credential(share.owner(), share.credential()));
      }
      CredentialSealer.requireWritable(env, found.keys());
    }

    /** Goes by the grants that are there. */
    private Plan<Grant> beside(CurrentCredential.Found found, List<Item> items, int number) {
      List<KeySpace.Share> ended = new ArrayList<>();
      Item replaced = null;
      int others = 0;
      for (Item item : items) {
        GrantRow there = GrantRow.open(found.keys(), item);
        boolean same = there.share().equals(share);
        if (same && Arrays.equals(there.operationId(), grant.operationId())) {
          return Plan.reconciled(there.grant());
        }
        if (same && !there.hasEnded(env.now())) {
          throw new AlreadySharedException(share.owner(), share.credential(), share.recipient());
        }
        if (same) {
          replaced = item;
        } else if (there.hasEnded(env.now())) {
          ended.add(there.share());
        } else {
          others++;
        }
      }
      if (others >= Grant.MOST) {
        throw new LimitExceededException(
            Describe.credential(share.owner(), share.credential())
                + " has "
                + others
                + " grants; it may have "
                + Grant.MOST
                + ". Nothing was written; revoke one of them first.");
      }
      return send(found, replaced, ended, number);
    }

    private Plan<Grant> send(
        CurrentCredential.Found found,
        @Nullable Item replaced,
        List<KeySpace.Share> ended,
        int number) {
      return trail
          .next(found.keys(), actor, List.of(change(found.row().version())))
          .then(
              event ->
                  access
                      .table()
                      .keys(keys -> transact(keys, found, replaced, ended, event, number)));
    }

    private AuditedChange change(long version) {
      return new AuditedChange(Action.SHARE, share.credential(), version, share.recipient());
    }

    private Plan<Grant> transact(
        TableKeys tableKeys,
        CurrentCredential.Found found,
        @Nullable Item replaced,
        List<KeySpace.Share> ended,
        AuditRow event,
        int number) {
      CredentialRow row = found.row();
      GrantRow ending = grant.endingWith(CredentialSealer.end(row.meta(), row.lifecycle()));
      Transaction tx = env.requests().transaction(env.token());
      Transaction.Handle counted = tx.change(counted(found), List.of(), row.unchanged());
      Transaction.Handle place =
          tx.put(
              ending.item(found.keys()),
              replaced == null ? Condition.absent() : Condition.sameAs(replaced, Item.ROW_HMAC));
      tx.put(ending.pointer(tableKeys));
      Transaction.Handle recipient =
          tx.check(ItemKey.profile(share.recipient()), Condition.present());
      ended.forEach(each -> Grants.delete(tx, each));
      event.into(tx);
      return transactions.send(
          tx,
          () -> pending(found.keys()),
          () -> Plan.done(ending.grant()),
          cancellation -> {
            if (cancellation.failed(recipient)) {
              throw new UserNotFoundException(share.recipient());
            }
            // Reading again tells who was faster; an attempt still under way is recognised there.
            wasRefused = true;
            return cancellation.failed(counted) || cancellation.failed(place)
                ? overtaken(number)
                : turns.again(() -> round(number));
          });
    }

    private Plan<Grant> overtaken(int number) {
      if (number >= MAX_ROUNDS) {
        throw Failures.contended();
      }
      return Plan.retry(env.jitter(number), () -> round(number + 1));
    }

    /** What the credential's row is changed to: the next count, and the feature bit if it lacks. */
    private Item counted(CurrentCredential.Found found) {
      Item counted = RevokeGrant.counted(found.row().item());
      if ((found.row().header().features() & Header.SHARES) != 0) {
        return counted;
      }
      Sealer.Sealed sealed = SealedRows.resealed(found.keys(), found.row().item(), Header.SHARES);
      if (sealed == null) {
        throw new TamperedItemException(Describe.credential(share.owner(), share.credential()));
      }
      return sealed.into(counted);
    }

    private PendingWrite pending(UserKeys keys) {
      return PendingWriteCodec.encode(
          new PendingWriteCodec.Pending(
              PendingWriteCodec.Kind.SHARE,
              keys.tableId(),
              grant.operationId(),
              share.owner(),
              share.credential(),
              0,
              share.recipient()));
    }
  }
}
