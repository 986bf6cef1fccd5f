package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace.Place;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** One page of a vault's trash: 1 Query warm; GetItem, 1 KMS call and Query cold. */
public final class ListTrash {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final PageTokens tokens;

  /** The use case. */
  public ListTrash(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.tokens = new PageTokens(env);
  }

  /** The plan. */
  public Plan<Page<TrashedCredential>> plan(UserId owner, PageRequest request) {
    return page(owner, request, row -> !row.isExpired(env.now()));
  }

  /** The same with what has ended, and is only waiting for DynamoDB to delete it. */
  Plan<Page<TrashedCredential>> everything(UserId owner, PageRequest request) {
    return page(owner, request, row -> true);
  }

  private Plan<Page<TrashedCredential>> page(
      UserId owner, PageRequest request, Predicate<CredentialRow> shown) {
    return access.keys(
        owner,
        keys ->
            reads
                .query(
                    env.requests()
                        .beginsWith(
                            ItemKey.partition(owner),
                            ItemKey.TRASH_PREFIX,
                            tokens.position(keys, SealContext.Kind.TRASH_PAGE, request.after()),
                            request.limit()))
                .then(page -> open(keys, page, shown)));
  }

  private Plan<Page<TrashedCredential>> open(
      UserKeys keys, Reads.ItemPage page, Predicate<CredentialRow> shown) {
    Map<Integer, String> generations = new LinkedHashMap<>();
    for (Item row : page.items()) {
      generations.putIfAbsent(
          CredentialRow.generation(keys.user(), row), Describe.row(keys.user(), row.key()));
    }
    return access.covering(
        keys,
        generations,
        covering -> {
          List<TrashedCredential> items =
              page.items().stream()
                  .map(row -> CredentialRow.openMeta(covering, row, Place.TRASH))
                  .filter(shown)
                  .map(ListTrash::view)
                  .toList();
          String last = page.lastSortKey();
          PageToken next =
              last == null ? null : tokens.of(covering, SealContext.Kind.TRASH_PAGE, last);
          return Plan.done(new Page<>(items, next));
        });
  }

  static TrashedCredential view(CredentialRow row) {
    Lifecycle.Deletion deletion = Objects.requireNonNull(row.lifecycle().deletion());
    Long purgeAt = deletion.purgeAt();
    return new TrashedCredential(
        row.summary(),
        deletion.at(),
        deletion.by(),
        purgeAt == null ? null : Instant.ofEpochSecond(purgeAt));
  }
}
