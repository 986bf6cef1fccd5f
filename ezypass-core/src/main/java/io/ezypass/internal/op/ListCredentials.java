package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import java.util.List;

/** One page of a vault: 1 Query warm; GetItem, 1 KMS call and Query cold. */
public final class ListCredentials {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final PageTokens tokens;

  /** The use case. */
  public ListCredentials(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.tokens = new PageTokens(env);
  }

  /** The plan. */
  public Plan<Page<CredentialSummary>> plan(UserId owner, PageRequest request) {
    return access.keys(
        owner,
        keys ->
            reads
                .query(
                    env.requests()
                        .beginsWith(
                            ItemKey.partition(owner),
                            ItemKey.CREDENTIAL_PREFIX,
                            tokens.position(keys, SealContext.Kind.VAULT_PAGE, request.after()),
                            request.limit()))
                .then(page -> open(keys, page)));
  }

  private Plan<Page<CredentialSummary>> open(UserKeys keys, Reads.ItemPage page) {
    return access.covering(
        keys,
        ReadVault.generations(keys.user(), page.items()),
        covering -> {
          List<CredentialSummary> items =
              ReadVault.openRows(covering, page.items(), CredentialRow::openMeta, env.now())
                  .stream()
                  .map(CredentialRow::summary)
                  .toList();
          String last = page.lastSortKey();
          PageToken next =
              last == null ? null : tokens.of(covering, SealContext.Kind.VAULT_PAGE, last);
          return Plan.done(new Page<>(items, next));
        });
  }
}
