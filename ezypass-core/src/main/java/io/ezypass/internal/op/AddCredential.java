package io.ezypass.internal.op;

import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Adds a credential: 1 PutItem warm; GetItem, 1 KMS call and PutItem cold. */
public final class AddCredential {
  private static final int MAX_ROUNDS = 3;

  private final Environment env;
  private final KeyAccess access;
  private final SingleWrites writes;

  /** The use case. */
  public AddCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.writes = new SingleWrites(env);
  }

  /** The plan. The content's secrets are copied at once. */
  public Plan<Credential> plan(UserId owner, CredentialContent content, Actor actor) {
    CredentialSealer.requireFuture(content, env.now());
    CredentialContent mine = CredentialSealer.copy(content);
    return access.keys(owner, keys -> attempt(keys, mine, Audit.created(env.now(), actor), 0));
  }

  private Plan<Credential> attempt(
      UserKeys keys, CredentialContent content, Audit audit, int round) {
    NewCredential sealed = NewCredential.seal(env, keys, content, audit);
    CredentialSealer.requireSize(sealed.item());
    CredentialId id = sealed.id();
    Credential added = new Credential(id, keys.user(), content, audit, 1);
    return writes.send(
        Op.PUT_ITEM,
        env.requests().put(sealed.item(), Condition.absent()),
        () ->
            PendingWriteCodec.encode(
                new PendingWriteCodec.Pending(
                    PendingWriteCodec.Kind.ADD,
                    keys.tableId(),
                    sealed.header().operationId(),
                    keys.user(),
                    id,
                    1)),
        () -> Plan.done(added),
        refusal -> {
          if (isOurs(refusal, sealed.header())) {
            return Plan.done(added);
          }
          if (round == MAX_ROUNDS) {
            throw new StorageUnavailableException(
                StorageUnavailableException.Reason.REFUSED,
                Op.PUT_ITEM.name(),
                "every random id is taken");
          }
          // A cloned process repeated its randomness: another rand.
          return attempt(keys, content, audit, round + 1);
        });
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
