package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Finds the rows of a credential's grants without any key: 1 Query. There are at most {@link
 * Grant#MOST}; what else somebody put there must not break a transaction, and is left.
 */
final class GrantRows {
  private final Environment env;
  private final Reads reads;

  GrantRows(Environment env) {
    this.env = env;
    this.reads = new Reads(env);
  }

  /** The rows as they are, none of them verified. */
  Plan<List<Item>> of(UserId owner, CredentialId id) {
    return query(
        after ->
            env.requests().beginsWith(ItemKey.partition(owner), ItemKey.grants(id), after, null),
        null,
        new ArrayList<>());
  }

  /** What their keys name. */
  Plan<List<KeySpace.Share>> named(UserId owner, CredentialId id) {
    return query(
            after ->
                env.requests()
                    .keysBeginningWith(ItemKey.partition(owner), ItemKey.grants(id), after),
            null,
            new ArrayList<>())
        .map(
            rows ->
                rows.stream()
                    .map(row -> KeySpace.grant(row.key()))
                    .filter(Objects::nonNull)
                    .toList());
  }

  private Plan<List<Item>> query(
      Function<@Nullable String, QueryRequest> request, @Nullable String after, List<Item> sofar) {
    return reads
        .query(request.apply(after))
        .then(
            page -> {
              sofar.addAll(page.items());
              String last = page.lastSortKey();
              return last == null || sofar.size() >= Grant.MOST
                  ? Plan.done(List.copyOf(sofar.subList(0, Math.min(sofar.size(), Grant.MOST))))
                  : query(request, last, sofar);
            });
  }
}
