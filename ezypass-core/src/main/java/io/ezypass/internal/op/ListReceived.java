package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;

/**
 * One page of what others share with a user: 1 Query warm; GetItem, 1 KMS call and Query cold. No
 * other user's keys: the rows tell, and are believed by the table's. Opening asks the owner's row.
 */
public final class ListReceived {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final PageTokens tokens;

  /** The use case. */
  public ListReceived(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.tokens = new PageTokens(env);
  }

  /** The plan. */
  public Plan<Page<SharedCredential>> plan(UserId recipient, PageRequest request) {
    return access.keys(
        recipient,
        keys -> {
          String after = tokens.position(keys, SealContext.Kind.RECEIVED_PAGE, request.after());
          return access
              .table()
              .keys(
                  tableKeys ->
                      reads
                          .query(
                              env.requests()
                                  .beginsWith(
                                      ItemKey.partition(recipient),
                                      ItemKey.SHARED_IN_PREFIX,
                                      after,
                                      request.limit()))
                          .map(page -> page(keys, tableKeys, page)));
        });
  }

  /** Passes over what has ended: DynamoDB deletes late. */
  private Page<SharedCredential> page(UserKeys keys, TableKeys tableKeys, Reads.ItemPage page) {
    List<SharedCredential> shown = new ArrayList<>();
    for (Item item : page.items()) {
      SharedCredential shared = GrantRow.received(tableKeys, keys.user(), item, env.now());
      if (shared != null) {
        shown.add(shared);
      }
    }
    String last = page.lastSortKey();
    return new Page<>(
        shown, last == null ? null : tokens.of(keys, SealContext.Kind.RECEIVED_PAGE, last));
  }
}
