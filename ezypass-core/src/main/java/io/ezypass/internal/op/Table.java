package io.ezypass.internal.op;

import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a plan gets at what belongs to the table: its identity, read once per process, and its keys,
 * kept in the key cache. Thread safe.
 */
public final class Table {
  private static final int MAX_SHARDS = 1_024;

  /** The longest ciphertext that KMS takes. */
  private static final int MAX_WRAPPED = 6_144;

  private final Environment env;
  private final byte @Nullable [] pinnedId;
  private final AtomicReference<@Nullable TableIdentity> identity = new AtomicReference<>();

  /**
   * One table.
   *
   * @param pinnedId the only table id that is accepted; null to accept the one that is there
   */
  public Table(Environment env, byte @Nullable [] pinnedId) {
    this.env = env;
    this.pinnedId = pinnedId;
  }

  /** Table id and shard count: no request once known, else 1 GetItem. */
  Plan<TableIdentity> identity() {
    TableIdentity known = identity.get();
    return known != null ? Plan.done(known) : root().map(root -> identify(root));
  }

  /** Reads the root anew when it is needed next. */
  void forgetIdentity() {
    identity.set(null);
  }

  /** The table's keys: no request warm, else 1 GetItem and 1 KMS call. */
  <R> Plan<R> keys(Function<TableKeys, Plan<R>> then) {
    return new Plan.Cached<>(
        TableKeys.scope(),
        this::load,
        then,
        () -> new Plan.Keys<>(TableKeys.scope(), null, this::load, then));
  }

  /** The root item, of whatever shape; null if there is none. */
  Plan<@Nullable Item> findRoot() {
    return new Reads(env).get(ItemKey.root());
  }

  /** Whether the configuration names a table id, so that this table had a root before. */
  boolean isPinned() {
    return pinnedId != null;
  }

  private Plan<Item> root() {
    return findRoot()
        .map(
            root -> {
              if (root == null) {
                throw new NotInitialisedException(
                    "The table has no root item. Initialise it with VaultAdmin.initialise(), once.");
              }
              return root;
            });
  }

  private TableIdentity identify(Item root) {
    byte[] id = root.bytes(Item.TABLE_ID);
    OptionalLong shards = root.number(Item.SHARDS);
    if (id == null
        || id.length != 16
        || shards.isEmpty()
        || shards.getAsLong() < 1
        || shards.getAsLong() > MAX_SHARDS) {
      throw new TamperedItemException(Describe.root());
    }
    if (pinnedId != null && !Arrays.equals(pinnedId, id)) {
      throw new NotInitialisedException(
          "The table has another table id than the one configured. Correct the table's name or the"
              + " pinned table id.");
    }
    TableIdentity found = new TableIdentity(id, (int) shards.getAsLong());
    identity.set(found);
    return found;
  }

  private Plan<TableKeys> load() {
    return root().then(root -> open(root, true));
  }

  private Plan<TableKeys> open(Item root, boolean mayReadAgain) {
    TableIdentity found = identify(root);
    KmsKeys.Wrapped wrapped = wrapped(root);
    if (wrapped == null) {
      throw new TamperedItemException(Describe.root());
    }
    return env.kms()
        .unwrap(
            Describe.root(),
            wrapped,
            KmsKeys.context(found.id(), null),
            bytes -> Plan.done(derive(root, found, bytes)),
            mayReadAgain ? refusal -> afterRefusal(wrapped, refusal) : null);
  }

  /** A key that KMS refuses may have been replaced meanwhile: one more look. */
  private Plan<TableKeys> afterRefusal(KmsKeys.Wrapped refused, RuntimeException refusal) {
    return root()
        .then(
            root -> {
              KmsKeys.Wrapped now = wrapped(root);
              if (now == null || now.isSameAs(refused)) {
                throw refusal;
              }
              return open(root, false);
            });
  }

  private static TableKeys derive(Item root, TableIdentity identity, byte[] bytes) {
    Key lookupKey = Key.copyOf(bytes);
    TableKeys keys = new TableKeys(identity, lookupKey);
    lookupKey.wipe();
    byte[] hmac = root.bytes(Item.ROW_HMAC);
    if (hmac == null || !Hmac.equal(hmac, keys.rootHmac())) {
      keys.wipe();
      throw new TamperedItemException(Describe.root());
    }
    return keys;
  }

  static KmsKeys.@Nullable Wrapped wrapped(Item item) {
    byte[] bytes = item.bytes(Item.WRAPPED);
    String arn = item.text(Item.KEY_ARN);
    // What KMS would refuse as malformed is not what KMS once gave.
    return bytes == null || bytes.length == 0 || bytes.length > MAX_WRAPPED || arn == null
        ? null
        : new KmsKeys.Wrapped(bytes, arn);
  }
}
