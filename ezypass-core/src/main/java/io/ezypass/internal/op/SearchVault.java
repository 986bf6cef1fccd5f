package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.model.SearchHit;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.SearchRanking;
import io.ezypass.model.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Searches a vault: the Queries of opening it, part by part, of which only the best hits stay in
 * memory.
 */
public final class SearchVault {
  private final ReadVault vault;

  /** The use case. */
  public SearchVault(ReadVault vault) {
    this.vault = vault;
  }

  /** The plan. */
  public Plan<List<SearchHit>> plan(UserId owner, SearchQuery query) {
    return next(owner, SearchRanking.of(query), null);
  }

  private Plan<List<SearchHit>> next(UserId owner, SearchRanking ranking, @Nullable String after) {
    return vault
        .summaries(owner, after)
        .then(
            part -> {
              part.items().forEach(ranking::add);
              return part.next() == null
                  ? Plan.done(ranking.best())
                  : next(owner, ranking, part.next());
            });
  }
}
