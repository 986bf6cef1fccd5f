package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.format.v1.PageTokenCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists the directory, shard by shard: 1 Query, and one more for each shard that ends within the
 * page.
 */
public final class ListUsers {
  private final Environment env;
  private final Table table;
  private final Reads reads;
  private final PageTokens tokens;

  /** The use case. */
  public ListUsers(Environment env, Table table) {
    this.env = env;
    this.table = table;
    this.reads = new Reads(env);
    this.tokens = new PageTokens(env);
  }

  /**
   * What was found.
   *
   * @param users whose rows are authentic
   * @param notAuthentic how many rows were passed over since they are not
   */
  public record Found(Page<UserId> users, int notAuthentic) {
    private Page<UserId> all() {
      if (notAuthentic > 0) {
        throw new TamperedItemException(Describe.directory());
      }
      return users;
    }
  }

  /** The plan of listing the users who are there. */
  public Plan<Page<UserId>> plan(PageRequest request) {
    return authentic(request).map(Found::all);
  }

  /** The plan of listing the users who are there, for a job that no forged row must end. */
  public Plan<Found> authentic(PageRequest request) {
    return list(SealContext.Kind.DIRECTORY_PAGE, request, row -> !row.has(Item.DELETED));
  }

  /** The plan of listing the users whose deletion is not final. */
  public Plan<Page<UserId>> unfinishedDeletions(PageRequest request) {
    return list(SealContext.Kind.DELETIONS_PAGE, request, row -> row.has(Item.DELETED))
        .map(Found::all);
  }

  private Plan<Found> list(SealContext.Kind kind, PageRequest request, Predicate<Item> wanted) {
    return table.keys(
        keys -> {
          PageTokenCodec.Position from = tokens.directoryPosition(keys, kind, request.after());
          return fill(
              keys,
              kind,
              request.limit(),
              wanted,
              from.shard(),
              from.after(),
              new ArrayList<>(),
              0);
        });
  }

  private Plan<Found> fill(
      TableKeys keys,
      SealContext.Kind kind,
      int limit,
      Predicate<Item> wanted,
      int shard,
      @Nullable String after,
      List<UserId> sofar,
      int notAuthenticSofar) {
    return reads
        .query(
            env.requests()
                .partition(ItemKey.directoryPartition(shard), after, limit - sofar.size()))
        .then(
            page -> {
              int notAuthentic = notAuthenticSofar;
              for (Item row : page.items()) {
                UserId user = user(keys, shard, row);
                if (user == null) {
                  notAuthentic++;
                } else if (wanted.test(row)) {
                  sofar.add(user);
                }
              }
              String last = page.lastSortKey();
              boolean ended = last == null && shard + 1 >= keys.table().shards();
              if (ended) {
                return Plan.done(new Found(new Page<>(sofar, null), notAuthentic));
              }
              int nextShard = last == null ? shard + 1 : shard;
              // A page ends with its Query, even if it passed over rows: it must not walk the whole
              // directory. Only a shard that ended goes over into the next one.
              if (last != null || sofar.size() == limit) {
                PageToken next = tokens.ofDirectory(keys, kind, nextShard, last);
                return Plan.done(new Found(new Page<>(sofar, next), notAuthentic));
              }
              return fill(keys, kind, limit, wanted, nextShard, null, sofar, notAuthentic);
            });
  }

  /** Whose row it is; null if it is not authentic. */
  private static @Nullable UserId user(TableKeys keys, int shard, Item row) {
    byte[] hmac = row.bytes(Item.ROW_HMAC);
    try {
      UserId user = UserId.of(row.key().sk());
      if (hmac != null && Hmac.equal(hmac, keys.directoryHmac(shard, user))) {
        return user;
      }
    } catch (IllegalArgumentException e) {
      // No user id at all: as any other wrong one.
    }
    return null;
  }
}
