package io.ezypass.internal.op;

import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VaultException;
import io.ezypass.internal.op.CurrentCredential.Found;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads many credentials by id as they are now: 1 BatchGetItem for up to 100 of them, and one more
 * for those that have moved. What fails for one does not keep it from the others.
 */
final class CurrentCredentials {
  /** The most that one BatchGetItem reads. */
  static final int AT_ONCE = 100;

  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final CurrentCredential current;

  CurrentCredentials(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.current = new CurrentCredential(env, access);
  }

  /** What became of looking for one: it was found, or there is a reason why not. */
  record Look(@Nullable Found found, @Nullable VaultException failure) {
    /** Shows ids only. */
    @Override
    public String toString() {
      return "Look[" + (found == null ? failure : found.row()) + "]";
    }
  }

  /**
   * The plan. It ends in a look for each id.
   *
   * @param ids up to 100, none of them twice
   */
  Plan<Map<CredentialId, Look>> plan(
      UserKeys keys, List<CredentialId> ids, CredentialRow.Opener opener) {
    return new Run(keys.user(), opener).originals(keys, ids);
  }

  /** A row, and the one that pointed to it. */
  private record Located(Item item, @Nullable Item forwarding) {}

  private final class Run {
    private final UserId owner;
    private final CredentialRow.Opener opener;
    private final Map<CredentialId, Look> looks = new HashMap<>();
    private final Map<CredentialId, Located> rows = new LinkedHashMap<>();

    Run(UserId owner, CredentialRow.Opener opener) {
      this.owner = owner;
      this.opener = opener;
    }

    Plan<Map<CredentialId, Look>> originals(UserKeys keys, List<CredentialId> ids) {
      Map<ItemKey, CredentialId> places = new LinkedHashMap<>();
      ids.forEach(id -> places.put(ItemKey.credential(owner, id.value()), id));
      return reads
          .partly(List.copyOf(places.keySet()))
          .then(
              batch -> {
                batch.left().forEach(key -> fail(places.remove(key), Reads.unprocessed()));
                Map<ItemKey, Item> forwarding = new LinkedHashMap<>();
                places.forEach((key, id) -> sort(keys, id, batch.found().get(key), forwarding));
                return forwarding.isEmpty() ? open(keys) : targets(keys, forwarding, places);
              });
    }

    /** Here, or where a forwarding row points. */
    private void sort(
        UserKeys keys, CredentialId id, @Nullable Item item, Map<ItemKey, Item> forwarding) {
      if (item == null) {
        fail(id, new CredentialNotFoundException(owner, id));
      } else if (!item.isForwarding()) {
        rows.put(id, new Located(item, null));
      } else {
        try {
          forwarding.put(CredentialRow.target(keys, item), item);
        } catch (TamperedItemException e) {
          fail(id, e);
        }
      }
    }

    private Plan<Map<CredentialId, Look>> targets(
        UserKeys keys, Map<ItemKey, Item> forwarding, Map<ItemKey, CredentialId> places) {
      return reads
          .partly(List.copyOf(forwarding.keySet()))
          .then(
              batch -> {
                List<CredentialId> moving = new ArrayList<>();
                forwarding.forEach(
                    (target, from) -> {
                      CredentialId id = places.get(from.key());
                      Item row = batch.found().get(target);
                      if (id != null && row != null) {
                        rows.put(id, new Located(row, from));
                      } else if (id != null && batch.left().contains(target)) {
                        fail(id, Reads.unprocessed());
                      } else if (id != null) {
                        moving.add(id);
                      }
                    });
                return open(keys).then(done -> oneByOne(moving, 0));
              });
    }

    private Plan<Map<CredentialId, Look>> open(UserKeys keys) {
      Map<Integer, String> generations = new HashMap<>();
      rows.values().forEach(row -> generation(row.item(), generations));
      return new Plan.Attempt<>(
          access.covering(keys, generations, Plan::done),
          this::openAll,
          failure -> {
            if (failure instanceof TamperedItemException) {
              // KEYS was read anew, and lacks a generation still: refused row by row.
              return access.keys(owner, this::openAll);
            }
            throw failure;
          });
    }

    private void generation(Item row, Map<Integer, String> generations) {
      try {
        generations.put(CredentialRow.generation(owner, row), Describe.row(owner, row.key()));
      } catch (VaultException e) {
        // Opening it says so again, for this one.
      }
    }

    private Plan<Map<CredentialId, Look>> openAll(UserKeys keys) {
      rows.forEach(
          (id, row) -> {
            try {
              Found found = found(keys, id, row);
              if (found.row().isExpired(env.now())) {
                throw new CredentialNotFoundException(owner, id);
              }
              looks.put(id, new Look(found, null));
            } catch (VaultException e) {
              fail(id, e);
            }
          });
      return Plan.done(looks);
    }

    private Found found(UserKeys keys, CredentialId id, Located row) {
      Item item = CurrentCredential.notForwarding(keys, row.item());
      if (!keys.has(CredentialRow.generation(owner, item))) {
        throw new TamperedItemException(Describe.row(owner, item.key()));
      }
      return new Found(
          keys, CurrentCredential.expected(id, opener.open(keys, item)), row.forwarding());
    }

    /** What moved while it was read is looked for as if it alone were asked for. */
    private Plan<Map<CredentialId, Look>> oneByOne(List<CredentialId> ids, int index) {
      if (index == ids.size()) {
        return Plan.done(looks);
      }
      CredentialId id = ids.get(index);
      return new Plan.Attempt<>(
          current.ifAny(owner, id, opener),
          found -> {
            looks.put(
                id,
                new Look(found, found == null ? new CredentialNotFoundException(owner, id) : null));
            return oneByOne(ids, index + 1);
          },
          failure -> {
            if (!(failure instanceof VaultException known)) {
              throw failure;
            }
            fail(id, known);
            return oneByOne(ids, index + 1);
          });
    }

    private void fail(@Nullable CredentialId id, VaultException failure) {
      if (id != null) {
        looks.put(id, new Look(null, failure));
      }
    }
  }
}
