package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a credential does to its grants. They go when it goes to the trash, and end no
 * later than it does. The credential's own row counts their changes in the clear, beside a feature
 * bit, so that who replaces or deletes it notices a grant that was given meanwhile.
 */
final class Grants implements Satellite {
  /** Of what has none. */
  static final Grants NONE = new Grants(null, List.of(), List.of());

  /** The most that the two rows of a grant have: two keys of 350 bytes, and few attributes. */
  private static final long SIZE = 1_024;

  private final @Nullable Item counted;
  private final List<KeySpace.Share> ended;
  private final List<Retimed> retimed;

  /** A grant that ends at another time from now on. */
  private record Retimed(Item before, Item grant, Item pointer) {}

  private Grants(@Nullable Item counted, List<KeySpace.Share> ended, List<Retimed> retimed) {
    this.counted = counted;
    this.ended = ended;
    this.retimed = retimed;
  }

  /**
   * Those of one change: no request unless the credential may be shared and goes to the trash or
   * ends at another time; else 1 Query, in the second case with the table's keys.
   */
  static Plan<Grants> of(Environment env, Table table, Transition change) {
    CredentialRow before = change.before();
    if (before == null || !before.mayBeShared()) {
      return Plan.done(NONE);
    }
    if (change.next().lifecycle().deletion() != null) {
      return allOf(env, before);
    }
    Long end = change.end();
    if (Objects.equals(end, CredentialSealer.end(before.meta(), before.lifecycle()))) {
      return Plan.done(new Grants(before.item(), List.of(), List.of()));
    }
    return table.keys(
        tableKeys ->
            new GrantRows(env)
                .of(before.owner(), before.id())
                .map(all -> retimed(change.keys(), tableKeys, before.item(), all, end, env.now())));
  }

  /** All grants of a credential, to go with it: 1 Query if it may be shared. */
  static Plan<Grants> allOf(Environment env, CredentialRow row) {
    return row.mayBeShared()
        ? new GrantRows(env)
            .named(row.owner(), row.id())
            .map(all -> new Grants(null, all, List.of()))
        : Plan.done(NONE);
  }

  private static Grants retimed(
      UserKeys keys,
      TableKeys tableKeys,
      Item counted,
      List<Item> rows,
      @Nullable Long end,
      Instant now) {
    List<KeySpace.Share> ended = new ArrayList<>();
    List<Retimed> retimed = new ArrayList<>();
    for (Item row : rows) {
      GrantRow grant = authentic(keys, row);
      if (grant == null) {
        continue;
      }
      GrantRow next = grant.endingWith(end);
      if (grant.hasEnded(now)) {
        ended.add(grant.share());
      } else if (!Objects.equals(grant.ttl(), next.ttl())) {
        retimed.add(new Retimed(row, next.item(keys), next.pointer(tableKeys)));
      }
    }
    return new Grants(counted, ended, retimed);
  }

  /** Null for what opens nothing; listing the grants tells of it, and revoking takes it away. */
  private static @Nullable GrantRow authentic(UserKeys keys, Item row) {
    try {
      return GrantRow.open(keys, row);
    } catch (TamperedItemException e) {
      return null;
    }
  }

  @Override
  public int features() {
    return counted == null ? 0 : Header.SHARES;
  }

  @Override
  public void mark(Item credential) {
    if (counted != null) {
      credential.like(counted, Item.SHARES);
    }
  }

  @Override
  public boolean touchesRows() {
    return !ended.isEmpty() || !retimed.isEmpty();
  }

  @Override
  public long takesAway() {
    return ended.size() * SIZE;
  }

  @Override
  public void into(Transaction tx) {
    ended.forEach(share -> delete(tx, share));
    for (Retimed grant : retimed) {
      // Deleting its recipient takes both rows away, and leaves the credential's own row alone.
      tx.put(grant.grant(), Condition.sameAs(grant.before(), Item.ROW_HMAC));
      tx.put(grant.pointer());
    }
  }

  /** Deletes both rows of a grant, whatever they are. */
  static void delete(Transaction tx, KeySpace.Share share) {
    tx.delete(share.grant());
    tx.delete(share.pointer());
  }
}
