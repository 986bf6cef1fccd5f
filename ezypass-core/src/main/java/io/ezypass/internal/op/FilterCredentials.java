package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the credentials that pass a filter: 1 Query a megabyte read, until the page is full,
 * the vault ends, or {@value #MAX_QUERIES} were sent; cold a GetItem and 1 KMS call more.
 *
 * <p>A full page goes on behind its last item, whatever was read beyond it; any other behind the
 * last row read. So nothing is passed over, and nothing is returned twice.
 */
public final class FilterCredentials {
  /**
   * At most 8 MB, which take 2,048 of the 3,000 units that a partition reads in a second (Amazon
   * DynamoDB Developer Guide, "Partitions and data distribution").
   */
  static final int MAX_QUERIES = 8;

  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final PageTokens tokens;

  /** The use case. */
  public FilterCredentials(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.tokens = new PageTokens(env);
  }

  /** The plan. */
  public Plan<Page<CredentialSummary>> plan(
      UserId owner, CredentialFilter filter, PageRequest request) {
    return access.keys(
        owner,
        keys ->
            new Filling(filter, request.limit())
                .read(keys, tokens.filterPosition(keys, filter, request.after()), 1));
  }

  /** A page that fills. */
  private final class Filling {
    private final CredentialFilter filter;
    private final int limit;
    private final List<CredentialSummary> items = new ArrayList<>();

    Filling(CredentialFilter filter, int limit) {
      this.filter = filter;
      this.limit = limit;
    }

    Plan<Page<CredentialSummary>> read(UserKeys keys, @Nullable String after, int queries) {
      return reads
          .query(
              env.requests()
                  .beginsWith(
                      ItemKey.partition(keys.user()), ItemKey.CREDENTIAL_PREFIX, after, null))
          .then(
              rows ->
                  access.covering(
                      keys,
                      ReadVault.generations(keys.user(), rows.items()),
                      covering -> take(covering, rows, queries)));
    }

    private Plan<Page<CredentialSummary>> take(UserKeys keys, Reads.ItemPage rows, int queries) {
      String lastTaken = null;
      for (CredentialRow row :
          ReadVault.openRows(keys, rows.items(), CredentialRow::openMeta, env.now())) {
        if (!filter.matches(row.meta())) {
          continue;
        }
        if (items.size() == limit && lastTaken != null) {
          return page(tokens.ofFilter(keys, filter, lastTaken));
        }
        items.add(row.summary());
        lastTaken = row.item().key().sk();
      }
      String lastRead = rows.lastSortKey();
      if (lastRead == null) {
        return page(null);
      }
      if (items.size() == limit && lastTaken != null) {
        return page(tokens.ofFilter(keys, filter, lastTaken));
      }
      if (queries == MAX_QUERIES) {
        return page(tokens.ofFilter(keys, filter, lastRead));
      }
      return read(keys, lastRead, queries + 1);
    }

    private Plan<Page<CredentialSummary>> page(@Nullable PageToken next) {
      return Plan.done(new Page<>(items, next));
    }
  }
}
