package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.UnknownFormatException;
import io.ezypass.internal.plan.KeyScope;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a plan gets at a user's keys: from the key cache, or by opening the KEYS item. */
public final class KeyAccess {
  /** Attributes of a later version that a rotation leaves beside KEYS, in bytes. */
  private static final int MAX_FOREIGN = 4_096;

  private final Environment env;
  private final Table table;
  private final Reads reads;

  /** Keys of the users of one table. */
  public KeyAccess(Environment env, Table table) {
    this.env = env;
    this.table = table;
    this.reads = new Reads(env);
  }

  /** The table whose users they are. */
  Table table() {
    return table;
  }

  /** Goes on with the keys: no request warm, else 1 GetItem and 1 KMS call. */
  <R> Plan<R> keys(UserId user, Function<UserKeys, Plan<R>> then) {
    return cached(user, then, () -> new Plan.Keys<>(scope(user), null, () -> reload(user), then));
  }

  /** Goes on with cached keys, or without any. */
  <R> Plan<R> cached(UserId user, Function<UserKeys, Plan<R>> warm, Supplier<Plan<R>> cold) {
    return new Plan.Cached<>(
        scope(user),
        () -> reload(user),
        warm,
        // A table without a root is told apart from a table without this user.
        () -> table.identity().then(identity -> cold.get()));
  }

  /**
   * Goes on with keys that are read and opened now, whatever is cached: 1 GetItem and 1 KMS call. A
   * load that was under way already may serve, which read the item a moment before.
   */
  <R> Plan<R> fresh(UserId user, Function<UserKeys, Plan<R>> then) {
    return cached(
        user,
        keys -> renewed(keys, then),
        () -> new Plan.Keys<>(scope(user), null, () -> reload(user), then));
  }

  /** Goes on with other keys than these, read and opened anew: 1 GetItem and 1 KMS call. */
  <R> Plan<R> renewed(UserKeys stale, Function<UserKeys, Plan<R>> then) {
    UserId user = stale.user();
    return new Plan.Keys<>(scope(user), stale, () -> reload(user), then);
  }

  /**
   * Goes on with the keys, opened from a KEYS item that was just read: 1 KMS call if still cold.
   *
   * @param askedAt the nano time before it was read
   */
  <R> Plan<R> opened(
      UserId user, @Nullable Item keysItem, long askedAt, Function<UserKeys, Plan<R>> then) {
    Item item = requireLive(user, keysItem);
    return new Plan.Keys<>(scope(user), null, () -> open(user, item, askedAt), then);
  }

  /**
   * Goes on with the keys, opened from a KEYS item that was just read even if others are cached: 1
   * KMS call.
   *
   * @param askedAt the nano time before it was read
   */
  <R> Plan<R> reopened(UserId user, Item keysItem, long askedAt, Function<UserKeys, Plan<R>> then) {
    return new Plan.Cached<>(
        scope(user),
        () -> reload(user),
        cached -> new Plan.Keys<>(scope(user), cached, () -> open(user, keysItem, askedAt), then),
        () -> new Plan.Keys<>(scope(user), null, () -> open(user, keysItem, askedAt), then));
  }

  /**
   * Goes on with keys that have all these generations. Unknown ones read the KEYS item anew, once
   * from now on: a rotation may have happened since.
   *
   * @param generations each with the description of an item sealed under it, which is what has to
   *     be refused if there is no such generation
   */
  <R> Plan<R> covering(
      UserKeys keys, Map<Integer, String> generations, Function<UserKeys, Plan<R>> then) {
    if (generations.keySet().stream().allMatch(keys::has)) {
      return then.apply(keys);
    }
    long now = env.nanoTime().getAsLong();
    Function<UserKeys, Plan<R>> checked =
        fresh -> {
          generations.forEach(
              (generation, item) -> {
                if (!fresh.has(generation)) {
                  throw new TamperedItemException(item);
                }
              });
          return then.apply(fresh);
        };
    return renewed(
        keys,
        fresh ->
            // A load that was under way may serve, and may have read KEYS before the rotation.
            fresh.wereAskedForBefore(now) && !generations.keySet().stream().allMatch(fresh::has)
                ? renewed(fresh, checked)
                : checked.apply(fresh));
  }

  /** Whether a KEYS item is one of a user who is there. */
  static boolean isLive(@Nullable Item keysItem) {
    return keysItem != null && !keysItem.isTombstone();
  }

  private static Item requireLive(UserId user, @Nullable Item keysItem) {
    if (keysItem == null || keysItem.isTombstone()) {
      throw new UserNotFoundException(user);
    }
    return keysItem;
  }

  private static KeyScope<UserKeys> scope(UserId user) {
    return UserKeys.scope(user);
  }

  private Plan<UserKeys> reload(UserId user) {
    long askedAt = env.nanoTime().getAsLong();
    return reads.get(ItemKey.keys(user)).then(item -> open(user, item, askedAt));
  }

  private Plan<UserKeys> open(UserId user, @Nullable Item keysItem, long askedAt) {
    Item item = requireLive(user, keysItem);
    return table.identity().then(identity -> unwrap(user, identity, item, askedAt, true));
  }

  private Plan<UserKeys> unwrap(
      UserId user, TableIdentity identity, Item item, long askedAt, boolean mayReadAgain) {
    KmsKeys.Wrapped wrapped = Table.wrapped(item);
    if (wrapped == null) {
      throw new TamperedItemException(Describe.keys(user));
    }
    return env.kms()
        .unwrap(
            Describe.keys(user),
            wrapped,
            KmsKeys.context(identity.id(), user),
            vaultKey -> Plan.done(unseal(user, identity, item, askedAt, vaultKey)),
            mayReadAgain
                ? refusal -> afterRefusal(user, identity, wrapped, askedAt, refusal)
                : null);
  }

  /** A key that KMS refuses may have been replaced meanwhile: one more look. */
  private Plan<UserKeys> afterRefusal(
      UserId user,
      TableIdentity identity,
      KmsKeys.Wrapped refused,
      long askedAt,
      RuntimeException refusal) {
    return reads
        .get(ItemKey.keys(user))
        .then(
            found -> {
              Item item = requireLive(user, found);
              KmsKeys.Wrapped now = Table.wrapped(item);
              if (now == null || now.isSameAs(refused)) {
                if (refusal instanceof TamperedItemException) {
                  // The table id is part of what KMS checks, and may be what is wrong.
                  table.forgetIdentity();
                }
                throw refusal;
              }
              return unwrap(user, identity, item, askedAt, false);
            });
  }

  private static UserKeys unseal(
      UserId user, TableIdentity identity, Item item, long askedAt, byte[] vaultKey) {
    byte[] header = item.bytes(Item.HEADER);
    byte[] meta = item.bytes(Item.META);
    OptionalLong version = item.number(Item.VERSION);
    if (header == null || meta == null || version.isEmpty()) {
      throw new TamperedItemException(Describe.keys(user));
    }
    Key key = Key.copyOf(vaultKey);
    try {
      Header decoded = Header.decode(header);
      SealContext context =
          SealContext.of(
              identity.id(),
              user.value(),
              SealContext.Kind.KEYS,
              version.getAsLong(),
              decoded.generation());
      try (Sealing sealing = Sealer.opening(key, context, decoded)) {
        boolean lenient = decoded.hasUnknownFeatures();
        KeysCodec.Decoded rest = KeysCodec.decode(sealing.openMeta(meta), lenient);
        try {
          if (rest.active() != decoded.generation()) {
            throw new NotAuthenticException();
          }
          return new UserKeys(
              user,
              identity.id(),
              decoded.generation(),
              vaultKey,
              rest,
              !lenient,
              kept(item),
              askedAt);
        } finally {
          rest.wipe();
        }
      }
    } catch (UnknownFormatException e) {
      throw new UnsupportedFormatException(Describe.keys(user));
    } catch (MalformedException | NotAuthenticException e) {
      throw new TamperedItemException(Describe.keys(user));
    } finally {
      key.wipe();
    }
  }

  /**
   * What keys hold of their item, for the next rotation. Cached keys are many, so what somebody
   * else put beside it is left out if it is large.
   */
  private static Item kept(Item item) {
    Item known = item.only(Item.VERSION, Item.HEADER, Item.META, Item.WRAPPED, Item.KEY_ARN);
    OptionalLong shard = item.number(Item.SHARD);
    if (shard.isPresent()) {
      known.number(Item.SHARD, shard.getAsLong());
    }
    return item.size() - known.size() <= MAX_FOREIGN ? item : known;
  }
}
