package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the rows of a credential's revisions without any key: 1 Query. */
final class RevisionKeys {
  /**
   * More than there can be. What else somebody put there must not break a transaction: these, both
   * rows of every grant, the credential's own two, one in the due list and an event are below 100.
   */
  private static final int MOST = 30;

  private final Environment env;
  private final Reads reads;

  RevisionKeys(Environment env) {
    this.env = env;
    this.reads = new Reads(env);
  }

  /** Their keys. */
  Plan<List<ItemKey>> of(UserId owner, CredentialId id) {
    String prefix = ItemKey.revisions(id.value().substring(ItemKey.TAG_CHARS));
    return of(owner, prefix, null, new ArrayList<>());
  }

  private Plan<List<ItemKey>> of(
      UserId owner, String prefix, @Nullable String after, List<ItemKey> sofar) {
    return reads
        .query(env.requests().keysBeginningWith(ItemKey.partition(owner), prefix, after))
        .then(
            page -> {
              page.items().stream().map(Item::key).forEach(sofar::add);
              String last = page.lastSortKey();
              return last == null || sofar.size() > MOST
                  ? Plan.done(List.copyOf(sofar.subList(0, Math.min(sofar.size(), MOST))))
                  : of(owner, prefix, last, sofar);
            });
  }
}
