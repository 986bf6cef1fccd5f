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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
                .then(page -> open(keys, page)));
  }

  private Plan<Page<TrashedCredential>> open(UserKeys keys, Reads.ItemPage page) {
    Map<Integer, String> generations = new LinkedHashMap<>();
    for (Item row : page.items()) {
      generations.putIfAbsent(
          CredentialRow.generation(keys.user(), row), Describe.row(keys.user(), row.key()));
    }
    return access.covering(
        keys,
        generations,
        covering -> {
          String last = page.lastSortKey();
          PageToken next =
              last == null ? null : tokens.of(covering, SealContext.Kind.TRASH_PAGE, last);
          return Plan.done(new Page<>(shown(covering, page.items()), next));
        });
  }

  /** Passes over what has ended: DynamoDB deletes late. */
  private List<TrashedCredential> shown(UserKeys keys, List<Item> rows) {
    List<TrashedCredential> shown = new ArrayList<>();
    for (Item item : rows) {
      CredentialRow row = CredentialRow.openMeta(keys, item, Place.TRASH);
      if (!row.isExpired(env.now())) {
        shown.add(view(row));
      }
    }
    return shown;
  }

  private static TrashedCredential view(CredentialRow row) {
    Lifecycle.Deletion deletion = Objects.requireNonNull(row.lifecycle().deletion());
    Long purgeAt = deletion.purgeAt();
    return new TrashedCredential(
        row.summary(),
        deletion.at(),
        deletion.by(),
        purgeAt == null ? null : Instant.ofEpochSecond(purgeAt));
  }
}
