package io.ezypass.internal.op;

import io.ezypass.error.LimitExceededException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.KeysCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.model.UserId;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next generation of a vault key active: GenerateDataKey, 1 PutItem of KEYS, and GetItem
 * and Decrypt of what then stands there. That it opens is made sure of before anything is sealed
 * under it. If somebody else is faster, that generation will do.
 */
final class NextKeys {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final KeyAccess access;
  private final SingleWrites writes;

  NextKeys(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.writes = new SingleWrites(env);
  }

  /** The plan. It ends in the keys with a newer generation than the active one of these. */
  Plan<UserKeys> plan(UserKeys keys) {
    return round(keys, 0);
  }

  private Plan<UserKeys> round(UserKeys keys, int number) {
    CredentialSealer.requireWritable(env, keys);
    if (keys.active() >= Header.MAX_GENERATION) {
      throw noneLeft(keys.user());
    }
    return env.kms()
        .generate(
            KmsKeys.context(keys.tableId(), keys.user()),
            (vaultKey, wrapped) -> put(keys, seal(keys, vaultKey, wrapped), number));
  }

  /** The KEYS item that follows, with the other attributes that the keys hold of the one before. */
  private Item seal(UserKeys keys, byte[] vaultKey, KmsKeys.Wrapped wrapped) {
    Item before = keys.item();
    Header header = SealedRows.header(before);
    OptionalLong version = before.number(Item.VERSION);
    if (header == null || version.isEmpty()) {
      throw new IllegalStateException("the keys were opened from this item");
    }
    long nextVersion = version.getAsLong() + 1;
    KeysCodec.Decoded next = keys.next(env.now());
    Key key = Key.copyOf(vaultKey);
    try {
      Item item =
          Sealer.seal(
                  key,
                  SealContext.of(
                          keys.tableId(),
                          keys.user().value(),
                          SealContext.Kind.KEYS,
                          nextVersion,
                          keys.active() + 1)
                      .withEarlier(header.earlierOfNext()),
                  env.randomBytes(32),
                  KeysCodec.encode(next),
                  null)
              .into(Item.copyOf(before))
              .number(Item.VERSION, nextVersion)
              .bytes(Item.WRAPPED, wrapped.bytes())
              .text(Item.KEY_ARN, wrapped.keyArn());
      if (item.size() > CredentialSealer.MAX_ITEM) {
        throw noneLeft(keys.user());
      }
      return item;
    } finally {
      next.wipe();
      key.wipe();
    }
  }

  private Plan<UserKeys> put(UserKeys keys, Item next, int number) {
    return writes.settled(
        Op.PUT_ITEM,
        env.requests().put(next, exactly(keys.item())),
        () -> read(keys, null, number),
        refusal -> {
          if (!KeyAccess.isLive(refusal.old())) {
            throw new UserNotFoundException(keys.user());
          }
          return read(keys, next, number);
        },
        () -> read(keys, next, number));
  }

  /**
   * Whatever came of the write, KEYS tells: a newer generation is ours, also if its answer was
   * lost, or that of a faster rotation. None means that something else of the item has changed.
   *
   * @param unsure what was sent, if it is not known to have taken effect
   */
  private Plan<UserKeys> read(UserKeys keys, @Nullable Item unsure, int number) {
    return access.renewed(
        keys,
        now -> {
          if (now.active() > keys.active()) {
            return isSame(unsure, now.item()) ? Plan.reconciled(now) : Plan.done(now);
          }
          if (number == MAX_ROUNDS) {
            throw Failures.contended(Op.PUT_ITEM.name());
          }
          return Plan.retry(env.jitter(number), () -> round(now, number + 1));
        });
  }

  private static boolean isSame(@Nullable Item sent, Item stored) {
    return sent != null && Arrays.equals(sent.bytes(Item.HEADER), stored.bytes(Item.HEADER));
  }

  private static Condition exactly(Item keysItem) {
    byte[] header = keysItem.bytes(Item.HEADER);
    byte[] wrapped = keysItem.bytes(Item.WRAPPED);
    if (header == null || wrapped == null) {
      throw new IllegalStateException("the keys were opened from this item");
    }
    return Condition.keysAre(header, wrapped);
  }

  private static LimitExceededException noneLeft(UserId user) {
    return new LimitExceededException(
        "The KEYS item of user "
            + user
            + " has no room for another generation of the vault key. Nothing was written; the"
            + " active generation stays in use.");
  }
}
