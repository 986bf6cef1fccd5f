package io.ezypass.internal.op;

import io.ezypass.error.AlreadyExistsException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.VaultUser;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Registers a user: 1 KMS call and 1 TransactWriteItems that writes keys, profile, claims and the
 * row of the directory, and an event where there is an audit trail, or none of them.
 */
public final class RegisterUser {
  private static final int FIRST_GENERATION = 1;

  private final Environment env;
  private final Table table;
  private final Transactions transactions;

  /** The use case. */
  public RegisterUser(Environment env, Table table) {
    this.env = env;
    this.table = table;
    this.transactions = new Transactions(env);
  }

  /** The plan. */
  public Plan<VaultUser> plan(NewUser user, Actor actor) {
    return table.keys(
        tableKeys ->
            env.kms()
                .generate(
                    KmsKeys.context(tableKeys.table().id(), user.id()),
                    (vaultKey, wrapped) -> write(user, actor, tableKeys, vaultKey, wrapped)));
  }

  private Plan<VaultUser> write(
      NewUser user, Actor actor, TableKeys tableKeys, byte[] vaultKey, KmsKeys.Wrapped wrapped) {
    UserId id = user.id();
    TableIdentity identity = tableKeys.table();
    Instant now = env.now();
    KeysCodec.Decoded rest =
        new KeysCodec.Decoded(
            independent(vaultKey, "ezypass/1/index-key"),
            independent(vaultKey, "ezypass/1/page-token-key"),
            List.of(new KeysCodec.Generation(FIRST_GENERATION, now, null)));
    UserKeys keys =
        new UserKeys(
            id,
            identity.id(),
            FIRST_GENERATION,
            vaultKey,
            rest,
            true,
            null,
            env.nanoTime().getAsLong());
    try {
      int shard = ItemKey.shard(id, identity.shards());
      Item keysItem =
          Sealer.seal(
                  keys.vaultKey(FIRST_GENERATION),
                  SealContext.of(
                      identity.id(), id.value(), SealContext.Kind.KEYS, 1, FIRST_GENERATION),
                  env.randomBytes(32),
                  KeysCodec.encode(rest),
                  null)
              .into(Item.at(ItemKey.keys(id)).number(Item.VERSION, 1))
              .bytes(Item.WRAPPED, wrapped.bytes())
              .text(Item.KEY_ARN, wrapped.keyArn())
              .number(Item.SHARD, shard);
      Audit audit = Audit.created(now, actor);
      CredentialSealer.SealedCredential profile =
          ProfileRow.seal(env, keys, tableKeys, user.profile(), audit, 1, List.of());
      Item event = AuditTrail.registration(env, keys, actor, now);
      return send(user, tableKeys, keysItem, profile, event, shard, audit);
    } finally {
      rest.wipe();
      keys.wipe();
    }
  }

  /**
   * A key that is stored, from fresh randomness and from the vault key that KMS just made: a cloned
   * process that repeats its randomness must not give two users the same.
   */
  private byte[] independent(byte[] vaultKey, String label) {
    Key key = Key.copyOf(vaultKey);
    Key derived = Hmac.deriveKey(key, label);
    try {
      return Hmac.sha256(derived, env.randomBytes(Key.LENGTH));
    } finally {
      derived.wipe();
      key.wipe();
    }
  }

  private Plan<VaultUser> send(
      NewUser user,
      TableKeys tableKeys,
      Item keysItem,
      CredentialSealer.SealedCredential profile,
      @Nullable Item event,
      int shard,
      Audit audit) {
    UserId id = user.id();
    Transaction tx = env.requests().transaction(env.token());
    Transaction.Handle keysPut = tx.put(keysItem, Condition.absent());
    Transaction.Handle profilePut = tx.put(profile.item(), Condition.absent());
    Map<UserKey.Kind, Transaction.Handle> claims = new LinkedHashMap<>();
    for (UserKey key : ProfileRow.userKeys(user.profile())) {
      claims.put(key.kind(), tx.put(Claims.row(tableKeys, key, id), Condition.absent()));
    }
    Item directory =
        Item.at(ItemKey.directory(shard, id))
            .bytes(Item.ROW_HMAC, tableKeys.directoryHmac(shard, id));
    tx.put(directory, Condition.absent());
    if (event != null) {
      // Without KEYS there is no trail: what stands there was left by nobody who is here.
      tx.put(event);
    }
    return transactions.send(
        tx,
        () ->
            PendingWriteCodec.encode(
                new PendingWriteCodec.Pending(
                    PendingWriteCodec.Kind.REGISTER,
                    tableKeys.table().id(),
                    profile.header().operationId(),
                    id,
                    null,
                    1)),
        () -> Plan.done(new VaultUser(id, user.profile(), audit, 1)),
        cancellation -> {
          if (!cancellation.failed(keysPut) && !cancellation.failed(profilePut)) {
            for (Map.Entry<UserKey.Kind, Transaction.Handle> claim : claims.entrySet()) {
              if (cancellation.failed(claim.getValue())) {
                throw Claims.taken(claim.getKey());
              }
            }
          }
          throw new AlreadyExistsException(AlreadyExistsException.Claim.USER_ID);
        });
  }
}
