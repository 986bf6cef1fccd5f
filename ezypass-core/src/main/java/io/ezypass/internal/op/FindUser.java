package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.VaultUser;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds a user: by id 1 GetItem warm, 1 BatchGetItem and 1 KMS call cold; by e-mail address or
 * username 1 GetItem more.
 */
public final class FindUser {
  private final Environment env;
  private final Table table;
  private final KeyAccess access;
  private final Reads reads;

  /** The use case. */
  public FindUser(Environment env, Table table, KeyAccess access) {
    this.env = env;
    this.table = table;
    this.access = access;
    this.reads = new Reads(env);
  }

  /**
   * A profile with the keys that opened it.
   *
   * @param keys leased until the plan has ended
   */
  record Found(UserKeys keys, ProfileRow row) {}

  /** The plan of finding by id. */
  public Plan<Optional<VaultUser>> byId(UserId user) {
    return find(user).map(FindUser::user);
  }

  /** The plan of finding by e-mail address or username. */
  public Plan<Optional<VaultUser>> byKey(UserKey key) {
    return table.keys(keys -> byClaim(keys, key, null));
  }

  /** The profile as it is now. */
  Plan<Optional<Found>> find(UserId user) {
    ItemKey profile = ItemKey.profile(user);
    Supplier<Plan<Optional<Found>>> cold =
        () -> {
          long askedAt = env.nanoTime().getAsLong();
          return reads.batch(
              List.of(ItemKey.keys(user), profile),
              found -> {
                Item keysItem = found.get(ItemKey.keys(user));
                return KeyAccess.isLive(keysItem)
                    ? access.opened(user, keysItem, askedAt, keys -> open(keys, found.get(profile)))
                    : Plan.done(Optional.empty());
              });
        };
    return access.cached(user, keys -> reads.get(profile).then(item -> open(keys, item)), cold);
  }

  private Plan<Optional<Found>> open(UserKeys keys, @Nullable Item item) {
    if (item == null) {
      return Plan.done(Optional.empty());
    }
    return access.covering(
        keys,
        List.of(ProfileRow.header(keys.user(), item).generation()),
        Describe.profile(keys.user()),
        covering -> Plan.done(Optional.of(new Found(covering, ProfileRow.open(covering, item)))));
  }

  /**
   * Follows a claim. It may change between both reads, so one that does not fit is read once more
   * before it is called tampering.
   *
   * @param doubted whom the claim named before
   */
  private Plan<Optional<VaultUser>> byClaim(TableKeys keys, UserKey key, @Nullable UserId doubted) {
    return reads
        .get(ItemKey.claim(key.kind(), keys.claimTag(key)))
        .then(
            claim -> {
              if (claim == null) {
                return Plan.done(Optional.empty());
              }
              UserId user = Claims.user(keys, key, claim);
              return find(user).then(found -> check(keys, key, user, found, doubted));
            });
  }

  private Plan<Optional<VaultUser>> check(
      TableKeys keys, UserKey key, UserId user, Optional<Found> found, @Nullable UserId doubted) {
    Optional<VaultUser> profile = user(found);
    if (profile.isPresent() && claims(profile.get(), key)) {
      return Plan.done(profile);
    }
    if (user.equals(doubted)) {
      throw new TamperedItemException(Describe.claim());
    }
    return byClaim(keys, key, user);
  }

  private static boolean claims(VaultUser user, UserKey key) {
    UserKey own = ProfileRow.userKey(user.profile(), key.kind());
    return own != null && own.value().equals(key.value());
  }

  private static Optional<VaultUser> user(Optional<Found> found) {
    return found.map(f -> f.row().user());
  }
}
