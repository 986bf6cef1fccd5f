package io.ezypass.internal.op;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
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

  /**
   * What was found.
   *
   * @param forwarding the row at the original sort key, if the credential has moved
   */
  record Found(UserKeys keys, CredentialRow row, @Nullable Item forwarding) {}

  /** With its secrets. */
  Plan<Found> whole(UserId user, CredentialId id) {
    return wholeIfAny(user, id).map(found -> required(user, id, found));
  }

  /** With its secrets, if they open: what is to be replaced. */
  Plan<Found> toReplace(UserId user, CredentialId id) {
    return find(user, id, CredentialRow::openToReplace, 0).map(found -> required(user, id, found));
  }

  /** Without its secrets. */
  Plan<Found> meta(UserId user, CredentialId id) {
    return metaIfAny(user, id).map(found -> required(user, id, found));
  }

  /** Without its secrets; null if there is none, or it has ended. */
  Plan<@Nullable Found> metaIfAny(UserId user, CredentialId id) {
    return find(user, id, CredentialRow::openMeta, 0);
  }

  /** With its secrets; null if there is none, or it has ended. */
  Plan<@Nullable Found> wholeIfAny(UserId user, CredentialId id) {
    return find(user, id, CredentialRow::openWhole, 0);
  }

  /** As much as the opener opens; null if there is none, or it has ended. */
  Plan<@Nullable Found> ifAny(UserId user, CredentialId id, CredentialRow.Opener opener) {
    return find(user, id, opener, 0);
  }

  private static Found required(UserId user, CredentialId id, @Nullable Found found) {
    if (found == null) {
      throw new CredentialNotFoundException(user, id);
    }
    return found;
  }

  private Plan<@Nullable Found> find(
      UserId user, CredentialId id, CredentialRow.Opener opener, int round) {
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

  private Plan<@Nullable Found> follow(
      UserKeys keys, CredentialId id, CredentialRow.Opener opener, @Nullable Item item, int round) {
    if (item == null) {
      return Plan.ofNullable(null);
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
                return Plan.ofNullable(null);
              }
              if (round == MAX_ROUNDS) {
                // Either it keeps moving, or somebody deleted only one of both rows.
                throw new TamperedItemException(Describe.row(keys.user(), item.key()));
              }
              return find(keys.user(), id, opener, round + 1);
            });
  }

  private Plan<@Nullable Found> open(
      UserKeys keys,
      CredentialId id,
      CredentialRow.Opener opener,
      Item item,
      @Nullable Item forwarding) {
    return access.covering(
        keys,
        Map.of(
            CredentialRow.generation(keys.user(), notForwarding(keys, item)),
            Describe.row(keys.user(), item.key())),
        covering -> {
          CredentialRow row = expected(id, opener.open(covering, item));
          return Plan.ofNullable(
              row.isExpired(env.now()) ? null : new Found(covering, row, forwarding));
        });
  }

  /** One hop only: a row that was made to point further is no credential. */
  static Item notForwarding(UserKeys keys, Item item) {
    if (item.isForwarding()) {
      throw new TamperedItemException(Describe.row(keys.user(), item.key()));
    }
    return item;
  }

  /** An opened row, if it is the credential that was asked for. */
  static CredentialRow expected(CredentialId id, CredentialRow row) {
    if (!row.id().equals(id)) {
      throw new TamperedItemException(Describe.row(row.owner(), row.item().key()));
    }
    return row;
  }

  /** Whether an authentic forwarding row has expired. */
  private boolean hasEnded(Item forwarding) {
    OptionalLong ttl = forwarding.number(Item.TTL);
    return ttl.isPresent() && ttl.getAsLong() <= env.now().getEpochSecond();
  }
}
