package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.util.List;

/**
 * The grants of a credential, or a page of those of a whole vault: 1 Query warm; GetItem, 1 KMS
 * call and Query cold. No credential is opened.
 */
public final class ListGrants {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final GrantRows rows;
  private final PageTokens tokens;

  /** The use case. */
  public ListGrants(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.rows = new GrantRows(env);
    this.tokens = new PageTokens(env);
  }

  /** The plan for one credential. */
  public Plan<List<Grant>> of(UserId owner, CredentialId id) {
    return access.keys(owner, keys -> rows.of(owner, id).map(items -> shown(keys, items)));
  }

  /** The plan for a page of all. */
  public Plan<Page<Grant>> given(UserId owner, PageRequest request) {
    return access.keys(
        owner,
        keys ->
            reads
                .query(
                    env.requests()
                        .beginsWith(
                            ItemKey.partition(owner),
                            ItemKey.SHARE_PREFIX,
                            tokens.position(keys, SealContext.Kind.GIVEN_PAGE, request.after()),
                            request.limit()))
                .map(
                    page -> {
                      String last = page.lastSortKey();
                      return new Page<>(
                          shown(keys, page.items()),
                          last == null ? null : tokens.of(keys, SealContext.Kind.GIVEN_PAGE, last));
                    }));
  }

  /** Passes over what has ended: DynamoDB deletes late. */
  private List<Grant> shown(UserKeys keys, List<Item> items) {
    return items.stream()
        .map(item -> GrantRow.open(keys, item))
        .filter(row -> !row.hasEnded(env.now()))
        .map(GrantRow::grant)
        .toList();
  }
}
