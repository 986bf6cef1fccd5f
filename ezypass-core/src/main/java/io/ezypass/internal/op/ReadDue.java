package io.ezypass.internal.op;

import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.format.v1.PageTokenCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The due list of one day, over all users: 1 Query a shard, and no user's key. Whether a credential
 * is really due is looked up in its own row.
 */
public final class ReadDue {
  private final Environment env;
  private final Table table;
  private final CurrentCredential current;
  private final Reads reads;
  private final PageTokens tokens;

  /** The use case. */
  public ReadDue(Environment env, Table table, KeyAccess access) {
    this.env = env;
    this.table = table;
    this.current = new CurrentCredential(env, access);
    this.reads = new Reads(env);
    this.tokens = new PageTokens(env);
  }

  /** One page. */
  public Plan<Page<DueCredential>> list(LocalDate day, PageRequest request) {
    return table.keys(
        keys -> {
          PageTokenCodec.Position from =
              tokens.duePosition(keys, day.toEpochDay(), request.after());
          if (from.shard() >= keys.table().shards()) {
            throw new InvalidPageTokenException();
          }
          return new Listing(keys, day, request.limit()).from(from.shard(), from.after());
        });
  }

  /** The credential, if it is there and due by that day. */
  public Plan<Optional<CredentialSummary>> check(DueCredential due) {
    return current
        .metaIfAny(due.owner(), due.credential())
        .map(
            found ->
                found != null && due.rotateBy().equals(found.row().meta().rotateBy())
                    ? Optional.of(found.row().summary())
                    : Optional.empty());
  }

  private final class Listing {
    private final TableKeys keys;
    private final LocalDate day;
    private final int limit;
    private final List<DueCredential> items = new ArrayList<>();

    Listing(TableKeys keys, LocalDate day, int limit) {
      this.keys = keys;
      this.day = day;
      this.limit = limit;
    }

    Plan<Page<DueCredential>> from(int shard, @Nullable String after) {
      byte[] tag = keys.dueTag(day.toEpochDay(), shard);
      return reads
          .query(env.requests().partition(ItemKey.duePartition(tag), after, limit - items.size()))
          .then(
              page -> {
                page.items().forEach(row -> add(tag, row));
                String last = page.lastSortKey();
                int next = last == null ? shard + 1 : shard;
                if (next == keys.table().shards()) {
                  return Plan.done(new Page<>(items, null));
                }
                // A page ends with its Query, even if it passed over rows. Only a shard that ended
                // goes over into the next one.
                return last != null || items.size() == limit
                    ? Plan.done(new Page<>(items, tokens.ofDue(keys, day.toEpochDay(), next, last)))
                    : from(next, null);
              });
    }

    /** Passes over what has ended: DynamoDB deletes late. */
    private void add(byte[] tag, Item row) {
      KeySpace.Due key = KeySpace.due(row.key());
      String id = row.text(Item.CREDENTIAL);
      byte[] hmac = row.bytes(Item.ROW_HMAC);
      OptionalLong ttl = row.number(Item.TTL);
      Long end = ttl.isPresent() ? ttl.getAsLong() : null;
      CredentialId credential = id == null ? null : credential(id);
      if (key == null
          || credential == null
          || hmac == null
          || !credential.value().endsWith(key.rand())
          || !isAuthentic(tag, key.owner(), credential, end, hmac)) {
        throw new TamperedItemException(Describe.due());
      }
      if (end == null || end > env.now().getEpochSecond()) {
        items.add(new DueCredential(key.owner(), credential, day));
      }
    }

    private boolean isAuthentic(
        byte[] tag, UserId owner, CredentialId credential, @Nullable Long end, byte[] hmac) {
      return Hmac.equal(hmac, keys.dueHmac(tag, owner, credential, end));
    }
  }

  private static @Nullable CredentialId credential(String text) {
    try {
      return CredentialId.of(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
