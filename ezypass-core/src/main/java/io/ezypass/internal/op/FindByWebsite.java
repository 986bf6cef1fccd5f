package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds credentials by website: 1 Query a website asked, plus GetItem and 1 KMS call cold. */
public final class FindByWebsite {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;

  /** The use case. */
  public FindByWebsite(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
  }

  /** The plan. */
  public Plan<List<CredentialSummary>> plan(UserId owner, Website website, WebsiteMatch match) {
    List<Website> asked = new ArrayList<>(List.of(website));
    if (match == WebsiteMatch.WITH_PARENT_DOMAINS) {
      asked.addAll(website.parentDomains());
    }
    return access.keys(owner, keys -> find(keys, asked, 0, null, new ArrayList<>()));
  }

  private Plan<List<CredentialSummary>> find(
      UserKeys keys,
      List<Website> asked,
      int index,
      @Nullable String after,
      List<CredentialSummary> sofar) {
    if (index == asked.size()) {
      return Plan.done(List.copyOf(sofar));
    }
    String prefix = CredentialRow.sortKey(keys.siteTag(asked.get(index)), "");
    return reads
        .query(env.requests().beginsWith(ItemKey.partition(keys.user()), prefix, after, null))
        .then(
            page ->
                access.covering(
                    keys,
                    ReadVault.generations(keys.user(), page.items()),
                    covering -> {
                      ReadVault.openRows(covering, page.items(), CredentialRow::openMeta, env.now())
                          .stream()
                          // A collision of tags must not show.
                          .filter(row -> row.meta().website().isSamePlaceAs(asked.get(index)))
                          .map(CredentialRow::summary)
                          .forEach(sofar::add);
                      String last = page.lastSortKey();
                      return last == null
                          ? find(covering, asked, index + 1, null, sofar)
                          : find(covering, asked, index, last, sofar);
                    }));
  }
}
