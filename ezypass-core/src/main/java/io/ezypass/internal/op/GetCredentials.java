package io.ezypass.internal.op;

import io.ezypass.BatchRead;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VaultException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads many credentials by id: 1 BatchGetItem for 100 of them, and one more for those that have
 * moved; GetItem and 1 KMS call more cold. What fails for one does not keep it from the others.
 */
public final class GetCredentials {
  private static final int AT_ONCE = 100;

  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final CurrentCredential current;

  /** The use case. */
  public GetCredentials(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.current = new CurrentCredential(env, access);
  }

  /** The plan. An id that is asked for twice is read once, and given twice. */
  public Plan<List<BatchRead>> plan(UserId owner, List<CredentialId> ids) {
    return new Run(owner, ids).next(0);
  }

  private final class Run {
    private final UserId owner;
    private final List<CredentialId> asked;
    private final List<CredentialId> distinct;
    private final Map<CredentialId, BatchRead> read = new HashMap<>();

    Run(UserId owner, List<CredentialId> ids) {
      this.owner = owner;
      this.asked = ids;
      this.distinct = List.copyOf(new LinkedHashSet<>(ids));
    }

    Plan<List<BatchRead>> next(int from) {
      if (from == distinct.size()) {
        return Plan.done(inOrder());
      }
      int to = Math.min(distinct.size(), from + AT_ONCE);
      return new Plan.Attempt<>(
          access.keys(owner, keys -> originals(keys, distinct.subList(from, to))),
          done -> next(to),
          failure -> {
            if (read.isEmpty() || !(failure instanceof VaultException known)) {
              throw failure;
            }
            distinct.forEach(id -> read.putIfAbsent(id, failed(id, known)));
            return Plan.done(inOrder());
          });
    }

    private Plan<Boolean> originals(UserKeys keys, List<CredentialId> ids) {
      Map<ItemKey, CredentialId> places = new LinkedHashMap<>();
      ids.forEach(id -> places.put(ItemKey.credential(owner, id.value()), id));
      return reads
          .partly(List.copyOf(places.keySet()))
          .then(
              batch -> {
                batch.left().forEach(key -> fail(places.remove(key), Reads.unprocessed()));
                Map<ItemKey, CredentialId> targets = new LinkedHashMap<>();
                Map<CredentialId, Item> rows = new LinkedHashMap<>();
                places.forEach((key, id) -> sort(keys, id, batch.found().get(key), rows, targets));
                return targets(keys, rows, targets);
              });
    }

    /** Where to look for a credential: here, or where a forwarding row points. */
    private void sort(
        UserKeys keys,
        CredentialId id,
        @Nullable Item item,
        Map<CredentialId, Item> rows,
        Map<ItemKey, CredentialId> targets) {
      if (item == null) {
        fail(id, new CredentialNotFoundException(owner, id));
      } else if (!item.isForwarding()) {
        rows.put(id, item);
      } else {
        try {
          targets.put(CredentialRow.target(keys, item), id);
        } catch (TamperedItemException e) {
          fail(id, e);
        }
      }
    }

    private Plan<Boolean> targets(
        UserKeys keys, Map<CredentialId, Item> rows, Map<ItemKey, CredentialId> targets) {
      if (targets.isEmpty()) {
        return open(keys, rows);
      }
      return reads
          .partly(List.copyOf(targets.keySet()))
          .then(
              batch -> {
                batch.left().forEach(key -> fail(targets.remove(key), Reads.unprocessed()));
                List<CredentialId> moving = new ArrayList<>();
                targets.forEach(
                    (key, id) -> {
                      Item row = batch.found().get(key);
                      if (row == null) {
                        moving.add(id);
                      } else {
                        rows.put(id, row);
                      }
                    });
                return open(keys, rows).then(done -> oneByOne(moving, 0));
              });
    }

    private Plan<Boolean> open(UserKeys keys, Map<CredentialId, Item> rows) {
      Map<Integer, String> generations = new HashMap<>();
      rows.values()
          .forEach(
              row -> {
                try {
                  generations.put(
                      CredentialRow.generation(owner, row), Describe.row(owner, row.key()));
                } catch (VaultException e) {
                  // Opening it says so again, for this one.
                }
              });
      return new Plan.Attempt<>(
          access.covering(keys, generations, Plan::done),
          covering -> openAll(covering, rows),
          failure -> {
            if (failure instanceof TamperedItemException) {
              // KEYS was read anew, and lacks a generation still: refused row by row.
              return access.keys(owner, fresh -> openAll(fresh, rows));
            }
            throw failure;
          });
    }

    private Plan<Boolean> openAll(UserKeys keys, Map<CredentialId, Item> rows) {
      rows.forEach(
          (id, row) -> {
            try {
              read.put(id, new BatchRead(id, open(keys, id, row), null));
            } catch (VaultException e) {
              fail(id, e);
            }
          });
      return Plan.done(true);
    }

    private Credential open(UserKeys keys, CredentialId id, Item row) {
      if (!keys.has(CredentialRow.generation(owner, CurrentCredential.notForwarding(keys, row)))) {
        throw new TamperedItemException(Describe.row(owner, row.key()));
      }
      return CurrentCredential.require(id, CredentialRow.openWhole(keys, row), env.now())
          .credential();
    }

    /** What moved while it was read is looked for as if it alone were asked for. */
    private Plan<Boolean> oneByOne(List<CredentialId> ids, int index) {
      if (index == ids.size()) {
        return Plan.done(true);
      }
      CredentialId id = ids.get(index);
      return new Plan.Attempt<>(
          current.whole(owner, id),
          found -> {
            read.put(id, new BatchRead(id, found.row().credential(), null));
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
        read.put(id, failed(id, failure));
      }
    }

    private BatchRead failed(CredentialId id, VaultException failure) {
      return new BatchRead(id, null, failure);
    }

    /** As asked for; each with secrets of its own. */
    private List<BatchRead> inOrder() {
      List<BatchRead> all = new ArrayList<>(asked.size());
      Map<CredentialId, BatchRead> left = new HashMap<>(read);
      for (CredentialId id : asked) {
        BatchRead first = left.remove(id);
        all.add(first == null ? copy(read.get(id)) : first);
      }
      return List.copyOf(all);
    }

    private BatchRead copy(@Nullable BatchRead from) {
      if (from == null) {
        throw new IllegalStateException("every id that was asked for was read");
      }
      Credential credential = from.credential();
      return credential == null
          ? from
          : new BatchRead(
              from.id(),
              new Credential(
                  credential.id(),
                  credential.owner(),
                  CredentialSealer.copy(credential.content()),
                  credential.audit(),
                  credential.version()),
              null);
    }
  }
}
