package io.ezypass.internal.op;

import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.format.v1.Lifecycle.Kept;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace.Place;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one kept version of a credential that was just read: 1 GetItem. The credential's own row
 * says which versions are kept, so a row that somebody put beside it is not believed.
 */
final class KeptRevision {
  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;

  KeptRevision(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
  }

  /** The row with its secrets. */
  Plan<CredentialRow> whole(CurrentCredential.Found found, long version) {
    CredentialRow current = found.row();
    if (entry(current, version) == null) {
      throw new RevisionNotFoundException(current.owner(), current.id(), version);
    }
    ItemKey key = ItemKey.revision(current.owner(), current.rand(), version);
    return reads
        .get(key)
        .then(
            item -> {
              if (item == null) {
                // It fell out since the credential was read, or somebody else deleted it.
                throw new RevisionNotFoundException(current.owner(), current.id(), version);
              }
              String description = Describe.row(current.owner(), key);
              return access.covering(
                  found.keys(),
                  Map.of(CredentialRow.generation(current.owner(), item), description),
                  keys -> Plan.done(open(keys, current, item)));
            });
  }

  private static CredentialRow open(UserKeys keys, CredentialRow current, Item item) {
    return of(current, CredentialRow.openWhole(keys, item, Place.REVISION));
  }

  /** A revision, if it is one of that credential. */
  static CredentialRow of(CredentialRow current, CredentialRow revision) {
    if (!revision.id().equals(current.id()) || revision.version() >= current.version()) {
      throw new TamperedItemException(Describe.row(current.owner(), revision.item().key()));
    }
    return revision;
  }

  /** The entry of a version in a credential's list; null if it is not kept any more. */
  @Nullable Kept entry(CredentialRow current, long version) {
    return current.lifecycle().kept().stream()
        .filter(kept -> kept.version() == version && !kept.hasEnded(env.now()))
        .findFirst()
        .orElse(null);
  }
}
