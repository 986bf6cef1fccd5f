package io.ezypass.internal.op;

import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.TableId;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Writes the root, or finds the one that is there. */
public final class InitialiseTable {
  private static final int SHARDS = 16;
  private static final int MAX_ROUNDS = 3;

  private final Environment env;
  private final Table table;

  /** The use case. */
  public InitialiseTable(Environment env, Table table) {
    this.env = env;
    this.table = table;
  }

  /** The plan. */
  public Plan<TableId> plan() {
    return round(0, null);
  }

  /**
   * Looks for the root, and writes one if there is none.
   *
   * @param sent the id of a root that was sent before, perhaps with success
   */
  private Plan<TableId> round(int number, @Nullable TableId sent) {
    return table
        .findRoot()
        .then(
            root ->
                root == null
                    ? write(number)
                    : table.identity().then(identity -> found(TableId.of(identity.id()), sent)));
  }

  private static Plan<TableId> found(TableId id, @Nullable TableId sent) {
    return id.equals(sent) ? Plan.reconciled(id) : Plan.done(id);
  }

  private Plan<TableId> write(int number) {
    if (table.isPinned()) {
      throw new NotInitialisedException(
          "The table has no root item, but a table id is configured, so it had one: restore the item"
              + " TABLE, ROOT from a backup of this table. A new root would orphan every vault.");
    }
    byte[] id = env.randomBytes(16);
    return env.kms()
        .generate(
            KmsKeys.context(id, null),
            (plaintext, wrapped) -> put(root(id, plaintext, wrapped), TableId.of(id), number));
  }

  private static Item root(byte[] id, byte[] plaintext, KmsKeys.Wrapped wrapped) {
    Key lookupKey = Key.copyOf(plaintext);
    TableKeys keys = new TableKeys(new TableIdentity(id, SHARDS), lookupKey);
    try {
      return Item.at(ItemKey.root())
          .bytes(Item.TABLE_ID, id)
          .number(Item.SHARDS, SHARDS)
          .bytes(Item.WRAPPED, wrapped.bytes())
          .text(Item.KEY_ARN, wrapped.keyArn())
          .bytes(Item.ROW_HMAC, keys.rootHmac());
    } finally {
      lookupKey.wipe();
      keys.wipe();
    }
  }

  private Plan<TableId> put(Item root, TableId id, int number) {
    return new Plan.Call<>(
        Op.PUT_ITEM,
        env.requests().put(root, Condition.absent()),
        env.notAfter(),
        response -> Plan.done(id),
        failure -> {
          if (failure instanceof ConditionalCheckFailedException) {
            // Another process was faster, or an earlier attempt of ours: its root is the root.
            return Plan.again(round(number, id));
          }
          if (Failures.wasRefused(failure)) {
            throw Failures.read(Op.PUT_ITEM.name(), failure);
          }
          if (number == MAX_ROUNDS) {
            throw new StorageUnavailableException(
                StorageUnavailableException.Reason.UNREACHABLE,
                Op.PUT_ITEM.name(),
                failure.getClass().getSimpleName());
          }
          // Whatever came of it, the root tells, and a second one cannot be written over it.
          return Plan.retry(env.jitter(number), () -> round(number + 1, id));
        });
  }
}
