package io.ezypass.internal.op;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a credential by id as it is now: 1 GetItem warm, 1 BatchGetItem and 1 KMS call cold, 1
 * GetItem more once it has moved. Reading, updating and editing begin with it.
 */
final class CurrentCredential {
  /** How often a credential that moves while it is read is looked for again. */
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;

  CurrentCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
  }

  /** How much of a row is opened. */
  private interface Opener {
    CredentialRow open(UserKeys keys, Item item);
  }

  /**
   * What was found.
   *
   * @param forwarding the row at the original sort key, if the credential has moved
   */
  record Found(UserKeys keys, CredentialRow row, @Nullable Item forwarding) {}

  /** With its secrets. */
  Plan<Found> whole(UserId user, CredentialId id) {
    return find(user, id, CredentialRow::openWhole, 0);
  }

  /** Without its secrets. */
  Plan<Found> meta(UserId user, CredentialId id) {
    return find(user, id, CredentialRow::openMeta, 0);
  }

  private Plan<Found> find(UserId user, CredentialId id, Opener opener, int round) {
    ItemKey original = ItemKey.credential(user, id.value());
    return access.cached(
        user,
        keys -> reads.get(original).then(item -> follow(keys, id, opener, item, round)),
        () -> {
          long askedAt = env.nanoTime().getAsLong();
          return reads.batch(
              List.of(ItemKey.keys(user), original),
              found ->
                  access.opened(
                      user,
                      found.get(ItemKey.keys(user)),
                      askedAt,
                      keys -> follow(keys, id, opener, found.get(original), round)));
        });
  }

  private Plan<Found> follow(
      UserKeys keys, CredentialId id, Opener opener, @Nullable Item item, int round) {
    if (item == null) {
      throw new CredentialNotFoundException(keys.user(), id);
    }
    if (!item.isForwarding()) {
      return open(keys, id, opener, item, null);
    }
    return reads
        .get(CredentialRow.target(keys, item))
        .then(
            target -> {
              if (target != null) {
                return open(keys, id, opener, target, item);
              }
              if (hasEnded(item)) {
                // DynamoDB deletes what has expired row by row: this one is next.
                throw new CredentialNotFoundException(keys.user(), id);
              }
              if (round == MAX_ROUNDS) {
                // Either it keeps moving, or somebody deleted only one of both rows.
                throw new TamperedItemException(Describe.row(keys.user(), item.key()));
              }
              return find(keys.user(), id, opener, round + 1);
            });
  }

  private Plan<Found> open(
      UserKeys keys, CredentialId id, Opener opener, Item item, @Nullable Item forwarding) {
    return access.covering(
        keys,
        Map.of(
            CredentialRow.generation(keys.user(), notForwarding(keys, item)),
            Describe.row(keys.user(), item.key())),
        covering ->
            Plan.done(
                new Found(
                    covering, require(id, opener.open(covering, item), env.now()), forwarding)));
  }

  /** One hop only: a row that was made to point further is no credential. */
  static Item notForwarding(UserKeys keys, Item item) {
    if (item.isForwarding()) {
      throw new TamperedItemException(Describe.row(keys.user(), item.key()));
    }
    return item;
  }

  /** An opened row, if it is the credential that was asked for, and has not ended. */
  static CredentialRow require(CredentialId id, CredentialRow row, Instant now) {
    if (!row.id().equals(id)) {
      throw new TamperedItemException(Describe.row(row.owner(), row.item().key()));
    }
    if (row.isExpired(now)) {
      throw new CredentialNotFoundException(row.owner(), id);
    }
    return row;
  }

  /** Whether an authentic forwarding row has expired. */
  private boolean hasEnded(Item forwarding) {
    OptionalLong ttl = forwarding.number(Item.TTL);
    return ttl.isPresent() && ttl.getAsLong() <= env.now().getEpochSecond();
  }
}
