package io.ezypass.internal.op;

import io.ezypass.admin.Finding;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.KeySpace;
import io.ezypass.internal.table.Requests;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the whole table, the only use case that does: 1 Scan a page, and 1 BatchGetItem for
 * every 100 rows of the directory or claims in it. A row is looked at more closely later if it does
 * not fit to what it names at first sight.
 */
public final class ScanTable {
  private static final int BATCH = 100;

  private final Environment env;
  private final Table table;
  private final Reads reads;

  /** The use case. */
  public ScanTable(Environment env, Table table) {
    this.env = env;
    this.table = table;
    this.reads = new Reads(env);
  }

  /** How far a scan has come; nothing to be looked into. */
  public record Position(@Nullable ItemKey after, @Nullable UserId user) {
    /** Shows nothing. */
    @Override
    public String toString() {
      return "Position";
    }
  }

  /**
   * What a page shows.
   *
   * @param users who have rows in it, unless the page before ended with them
   * @param listed whom the directory lists without keys
   * @param claims claims that do not fit to the profile of whom they name
   * @param findings rows that cannot be the library's
   * @param next where to go on; null at the end
   */
  public record Part(
      List<UserId> users,
      List<UserId> listed,
      List<RepairClaim.Suspect> claims,
      List<Finding> findings,
      @Nullable Position next) {}

  /**
   * Makes sure of the root, without which nothing may be touched: 1 GetItem, and what opening the
   * lookup key takes.
   */
  public Plan<Boolean> root() {
    return table
        .findRoot()
        .then(
            root -> {
              if (root == null) {
                throw new NotInitialisedException(
                    "The table has no root item. If it has users, restore the item TABLE, ROOT from"
                        + " a backup of this table; a new root would orphan every vault.");
              }
              return table.keys(keys -> Plan.done(true));
            });
  }

  /** The plan of one page. */
  public Plan<Part> plan(RepairRun run, @Nullable Position from) {
    return table.keys(keys -> run.job().paced(() -> scan(keys, from)));
  }

  private Plan<Part> scan(TableKeys keys, @Nullable Position from) {
    return Plan.call(
        Op.SCAN,
        env.requests().scan(from == null ? null : from.after()),
        response -> {
          Sorting sorting = new Sorting(keys, from == null ? null : from.user());
          Requests.items(response.items()).forEach(sorting::add);
          ItemKey last = Requests.lastKey(response.lastEvaluatedKey());
          return sorting.check(last);
        },
        failure -> {
          throw Failures.read(Op.SCAN.name(), failure);
        });
  }

  private final class Sorting {
    private final TableKeys keys;
    private final List<UserId> users = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<RepairClaim.Suspect> suspects = new ArrayList<>();
    private final Map<ItemKey, UserId> listed = new LinkedHashMap<>();
    private final Map<KeySpace.Claim, UserId> claims = new LinkedHashMap<>();
    private @Nullable UserId last;

    Sorting(TableKeys keys, @Nullable UserId last) {
      this.keys = keys;
      this.last = last;
    }

    void add(Item row) {
      ItemKey key = row.key();
      UserId owner = KeySpace.owner(key);
      UserId named = KeySpace.inDirectory(key, keys.table().shards());
      KeySpace.Claim claim = KeySpace.claim(key);
      if (owner != null) {
        // The rows of a partition stand together.
        if (!owner.equals(last)) {
          users.add(owner);
          last = owner;
        }
      } else if (named != null) {
        listed.put(ItemKey.keys(named), named);
      } else if (claim != null) {
        UserId holder = Claims.holder(keys, claim.kind(), claim.tag(), row);
        if (holder == null) {
          suspects.add(new RepairClaim.Suspect(claim, null));
        } else {
          claims.put(claim, holder);
        }
      } else if (!key.equals(ItemKey.root()) && KeySpace.due(key) == null) {
        findings.add(
            new Finding(
                null,
                KeySpace.isDirectory(key)
                    ? Finding.Kind.DIRECTORY_FORGED
                    : Finding.Kind.ROW_UNKNOWN,
                Describe.foreign(key),
                Finding.Outcome.REPORTED));
      }
    }

    Plan<Part> check(@Nullable ItemKey next) {
      Set<ItemKey> wanted = new LinkedHashSet<>(listed.keySet());
      claims.values().forEach(holder -> wanted.add(ItemKey.profile(holder)));
      return read(new ArrayList<>(wanted), new HashMap<>())
          .map(
              found -> {
                List<UserId> without = new ArrayList<>();
                listed.forEach(
                    (key, user) -> {
                      if (!found.containsKey(key)) {
                        without.add(user);
                      }
                    });
                claims.forEach(
                    (claim, holder) -> {
                      if (!fits(claim, found.get(ItemKey.profile(holder)))) {
                        suspects.add(new RepairClaim.Suspect(claim, null));
                      }
                    });
                return new Part(
                    users,
                    without,
                    suspects,
                    findings,
                    next == null ? null : new Position(next, last));
              });
    }

    private Plan<Map<ItemKey, Item>> read(List<ItemKey> wanted, Map<ItemKey, Item> sofar) {
      if (wanted.isEmpty()) {
        return Plan.done(sofar);
      }
      int count = Math.min(BATCH, wanted.size());
      return reads.batch(
          wanted.subList(0, count),
          found -> {
            found.forEach((key, item) -> sofar.put(key, item.only(Item.EMAIL_TAG, Item.NAME_TAG)));
            return read(wanted.subList(count, wanted.size()), sofar);
          });
    }
  }

  /** Whether the tag beside the profile is the claim's; looking at that user checks the tag. */
  private static boolean fits(KeySpace.Claim claim, @Nullable Item profile) {
    return profile != null
        && Arrays.equals(claim.tag(), profile.bytes(ProfileRow.tagAttribute(claim.kind())));
  }
}
