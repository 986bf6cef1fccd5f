package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Lifecycle.Kept;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace.Place;
import io.ezypass.model.ContentField;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Revision;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the kept versions of a credential: the credential itself, whose row lists them, and 1 Query
 * for all of them or 1 GetItem for one.
 */
public final class ReadHistory {
  private final Environment env;
  private final KeyAccess access;
  private final CurrentCredential current;
  private final KeptRevision revisions;
  private final Reads reads;

  /** The use case. */
  public ReadHistory(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.current = new CurrentCredential(env, access);
    this.revisions = new KeptRevision(env, access);
    this.reads = new Reads(env);
  }

  /** All of them, newest first. */
  public Plan<List<Revision>> list(UserId owner, CredentialId id) {
    return current
        .meta(owner, id)
        .then(
            found ->
                found.row().lifecycle().kept().isEmpty()
                    ? Plan.done(List.of())
                    : list(found, null, new ArrayList<>()));
  }

  /** One of them, or the current version, whole. */
  public Plan<Credential> get(UserId owner, CredentialId id, long version) {
    return current.whole(owner, id).then(found -> at(found, version));
  }

  /** In which fields two of them differ; either may be the current version. */
  public Plan<Set<ContentField>> compare(UserId owner, CredentialId id, long one, long other) {
    return current.whole(owner, id).then(found -> compare(found, one, other));
  }

  private Plan<Set<ContentField>> compare(CurrentCredential.Found found, long one, long other) {
    return version(found, one)
        .then(first -> version(found, other).map(second -> differing(found, first, second)));
  }

  private static Set<ContentField> differing(
      CurrentCredential.Found found, Credential first, Credential second) {
    try {
      return ContentField.differing(first.content(), second.content());
    } finally {
      first.close();
      second.close();
      found.row().wipe();
    }
  }

  private Plan<Credential> at(CurrentCredential.Found found, long version) {
    if (version == found.row().version()) {
      return Plan.done(found.row().credential());
    }
    found.row().wipe();
    return version(found, version);
  }

  private Plan<Credential> version(CurrentCredential.Found found, long version) {
    return version == found.row().version()
        ? Plan.done(found.row().credential())
        : revisions.whole(found, version).map(CredentialRow::credential);
  }

  private Plan<List<Revision>> list(
      CurrentCredential.Found found, @Nullable String after, List<Revision> sofar) {
    String partition = ItemKey.partition(found.row().owner());
    return reads
        .query(
            env.requests()
                .beginsWith(partition, ItemKey.revisions(found.row().rand()), after, null))
        .then(
            page ->
                access.covering(
                    found.keys(),
                    generations(found, page.items()),
                    keys -> {
                      listed(found, page.items())
                          .forEach((item, kept) -> sofar.add(0, open(keys, found, item, kept)));
                      String last = page.lastSortKey();
                      return last == null
                          ? Plan.done(List.copyOf(sofar))
                          : list(found, last, sofar);
                    }));
  }

  /** The rows that the credential lists; what else stands there is not its. */
  private Map<Item, Kept> listed(CurrentCredential.Found found, List<Item> rows) {
    Map<Item, Kept> listed = new LinkedHashMap<>();
    for (Item row : rows) {
      for (Kept kept : found.row().lifecycle().kept()) {
        ItemKey key = ItemKey.revision(found.row().owner(), found.row().rand(), kept.version());
        if (row.key().equals(key) && !kept.hasEnded(env.now())) {
          listed.put(row, kept);
        }
      }
    }
    return listed;
  }

  private Map<Integer, String> generations(CurrentCredential.Found found, List<Item> rows) {
    UserId user = found.row().owner();
    Map<Integer, String> generations = new LinkedHashMap<>();
    listed(found, rows)
        .keySet()
        .forEach(
            row ->
                generations.putIfAbsent(
                    CredentialRow.generation(user, row), Describe.row(user, row.key())));
    return generations;
  }

  private static Revision open(UserKeys keys, CurrentCredential.Found found, Item item, Kept kept) {
    CredentialRow row =
        KeptRevision.of(found.row(), CredentialRow.openMeta(keys, item, Place.REVISION));
    Long until = kept.until();
    return new Revision(row.summary(), until == null ? null : Instant.ofEpochSecond(until));
  }
}
