package io.ezypass.internal.op;

import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adds a credential: 1 PutItem warm; GetItem, 1 KMS call and PutItem cold. Where other rows are
 * written with it, 1 TransactWriteItems.
 */
public final class AddCredential {
  private static final int MAX_ROUNDS = 3;

  private final Environment env;
  private final KeyAccess access;
  private final SingleWrites writes;
  private final Transactions transactions;

  /** The use case. */
  public AddCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.writes = new SingleWrites(env);
    this.transactions = new Transactions(env);
  }

  /** The plan. The content's secrets are copied at once. */
  public Plan<Credential> plan(UserId owner, CredentialContent content, Actor actor) {
    CredentialSealer.requireFuture(content, env.now());
    CredentialContent mine = CredentialSealer.copy(content);
    AuditTurns turns = new AuditTurns(env);
    return access.keys(
        owner, keys -> attempt(keys, mine, Audit.created(env.now(), actor), turns, 0));
  }

  private Plan<Credential> attempt(
      UserKeys keys, CredentialContent content, Audit audit, AuditTurns turns, int round) {
    return NewCredential.seal(env, access, keys, content, audit)
        .then(
            attempt -> {
              CredentialSealer.requireSize(attempt.item(), CredentialSealer.MAX_LIVE);
              return attempt.satellites().touchesRows()
                  ? transact(attempt, turns, round)
                  : put(attempt, turns, round);
            });
  }

  private static PendingWrite pending(NewCredential attempt) {
    UserKeys keys = attempt.transition().keys();
    return PendingWriteCodec.encode(
        new PendingWriteCodec.Pending(
            PendingWriteCodec.Kind.ADD,
            keys.tableId(),
            attempt.header().operationId(),
            keys.user(),
            attempt.id(),
            1));
  }

  private Plan<Credential> put(NewCredential attempt, AuditTurns turns, int round) {
    return writes.send(
        Op.PUT_ITEM,
        env.requests().put(attempt.item(), Condition.absent()),
        () -> pending(attempt),
        () -> Plan.done(attempt.credential()),
        refusal ->
            isOurs(refusal, attempt.header())
                ? Plan.reconciled(attempt.credential())
                : Plan.again(again(attempt, turns, round)));
  }

  private Plan<Credential> transact(NewCredential attempt, AuditTurns turns, int round) {
    Transaction tx = env.requests().transaction(env.token());
    attempt.into(tx);
    return transactions.send(
        tx,
        () -> pending(attempt),
        () -> Plan.done(attempt.credential()),
        cancellation ->
            attempt.satellites().overtaken(cancellation)
                ? turns.again(() -> repeat(attempt, turns, round))
                : Plan.retry(env.jitter(round), () -> again(attempt, turns, round)));
  }

  /** A cloned process repeated its randomness, or a satellite was in the way: another rand. */
  private Plan<Credential> again(NewCredential attempt, AuditTurns turns, int round) {
    if (round == MAX_ROUNDS) {
      throw new StorageUnavailableException(
          StorageUnavailableException.Reason.REFUSED,
          Op.PUT_ITEM.name(),
          "every random id is taken");
    }
    return repeat(attempt, turns, round + 1);
  }

  private Plan<Credential> repeat(NewCredential attempt, AuditTurns turns, int round) {
    Transition old = attempt.transition();
    CredentialSealer.Next next = old.next();
    return attempt(old.keys(), next.content(), next.audit(), turns, round);
  }

  /**
   * After a retry, whatever stands at this key is this credential, since the rand is its own: it
   * may have been changed or moved since. Only a first version of another operation is not.
   */
  private static boolean isOurs(SingleWrites.Refusal refusal, Header header) {
    if (!refusal.ambiguous()) {
      return false;
    }
    Item old = refusal.old();
    byte @Nullable [] stored = old == null ? null : old.bytes(Item.HEADER);
    if (old == null || stored == null || old.number(Item.VERSION).orElse(0) != 1) {
      return true;
    }
    try {
      return Arrays.equals(Header.decode(stored).operationId(), header.operationId());
    } catch (MalformedException e) {
      return true;
    }
  }
}
