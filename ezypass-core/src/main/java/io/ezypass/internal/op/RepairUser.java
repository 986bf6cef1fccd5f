package io.ezypass.internal.op;

import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mends one user's vault: 1 BatchGetItem, 1 KMS call, 1 Query for every megabyte, 1 BatchGetItem
 * for the claims, and 1 for every hundred rows that {@link Beside} names, if there is any; the same
 * again if something is wrong, and 1 TransactWriteItems to mend it. Claims that name somebody else
 * are left to {@link RepairClaim}.
 */
public final class RepairUser {
  private final Environment env;
  private final Table table;
  private final KeyAccess access;
  private final Reads reads;
  private final RepairRounds rounds;

  /** The use case. */
  public RepairUser(Environment env, Table table, KeyAccess access) {
    this.env = env;
    this.table = table;
    this.access = access;
    this.reads = new Reads(env);
    this.rounds = new RepairRounds(env);
  }

  /**
   * What came of it.
   *
   * @param found whether there is anything of this user
   * @param contested claims that name somebody else, or somebody whose deletion is under way
   */
  public record Result(
      boolean found, List<Finding> findings, List<RepairClaim.Suspect> contested) {}

  /** Begins a repair. */
  public RepairRun begin(Mode mode, JobOptions options) {
    return new RepairRun(mode, new Job(options, env.nanoTime()));
  }

  /** The plan. What it fails with, if keys do not open, names them. */
  public Plan<Result> plan(RepairRun run, UserId user) {
    return table.keys(
        tableKeys -> {
          Look look = new Look(tableKeys, user);
          return rounds
              .plan(run, user, () -> run.job().paced(look::plan))
              .map(
                  findings -> {
                    run.job().did(user);
                    return new Result(look.found, findings, look.contested);
                  });
        });
  }

  /** Whether a finding was already about this user's keys. */
  public boolean wasTold(RepairRun run, UserId user) {
    return run.wasTold(ItemKey.keys(user));
  }

  /** What to tell if the keys do not open. */
  public static Finding unreadableKeys(UserId user) {
    return Proposal.report(user, Kind.KEYS_UNREADABLE, Describe.keys(user) + " does not open.")
        .finding(Finding.Outcome.REPORTED);
  }

  /** One user, as often as is needed. */
  private final class Look {
    private final TableKeys tableKeys;
    private final UserId user;
    private final RepairDirectory directory;
    private boolean found;
    private List<RepairClaim.Suspect> contested = List.of();

    Look(TableKeys tableKeys, UserId user) {
      this.tableKeys = tableKeys;
      this.user = user;
      this.directory = new RepairDirectory(tableKeys, user);
    }

    Plan<List<Proposal>> plan() {
      contested = List.of();
      ItemKey keysKey = ItemKey.keys(user);
      ItemKey profileKey = ItemKey.profile(user);
      long askedAt = env.nanoTime().getAsLong();
      return reads.batch(
          List.of(keysKey, profileKey, directory.place()),
          items -> {
            Item keys = items.get(keysKey);
            Item profile = items.get(profileKey);
            Item row = items.get(directory.place());
            found |= keys != null || profile != null || row != null;
            if (keys == null) {
              return withoutKeys(row);
            }
            if (!keys.isTombstone()) {
              return access.reopened(
                  user, keys, askedAt, opened -> live(opened, keys, profile, row));
            }
            OptionalLong deletedAt = keys.number(Item.TOMBSTONE);
            // Rows beside a tombstone are what deleteUser sweeps; claims it deletes before.
            contested = profile == null ? List.of() : RepairProfile.besideOf(profile);
            return Plan.done(
                deletedAt.isPresent()
                    ? directory.buried(keys, deletedAt.getAsLong(), row)
                    : List.of(
                        Proposal.report(
                            user,
                            Kind.KEYS_UNREADABLE,
                            Describe.keys(user) + " is a tombstone without a date.",
                            Step.check(keysKey, Condition.sameAs(keys, Item.TOMBSTONE)))));
          });
    }

    private Plan<List<Proposal>> withoutKeys(@Nullable Item row) {
      return reads
          .query(env.requests().partition(ItemKey.partition(user), null, 1))
          .map(
              page -> {
                if (page.items().isEmpty()) {
                  Proposal orphaned = directory.orphaned(row);
                  return orphaned == null ? List.of() : List.of(orphaned);
                }
                found = true;
                return List.of(
                    Proposal.report(
                        user,
                        Kind.KEYS_MISSING,
                        "There are rows of user " + user + ", but no KEYS.",
                        Step.check(ItemKey.keys(user), Condition.absent())));
              });
    }

    private Plan<List<Proposal>> live(
        UserKeys keys, Item keysItem, @Nullable Item profileItem, @Nullable Item row) {
      List<Proposal> proposals = new ArrayList<>(directory.live(keysItem, row));
      return VaultRows.read(env, reads, keys)
          .then(rows -> vault(keys, rows))
          .then(
              found -> {
                proposals.addAll(found);
                return profile(keys, keysItem, profileItem, proposals);
              })
          .map(
              all ->
                  keys.writable()
                      ? all
                      : all.stream()
                          .map(p -> p.reportOnly("A newer version of the library wrote KEYS."))
                          .toList());
    }

    private Plan<List<Proposal>> vault(UserKeys keys, VaultRows rows) {
      Set<ItemKey> wanted = RepairDue.wanted(tableKeys, user, rows.copies());
      wanted.addAll(RepairGrants.wanted(rows));
      return Beside.read(reads, wanted)
          .map(
              beside ->
                  new RepairCredentials(
                          keys,
                          env.now(),
                          new RepairDue(tableKeys, keys, beside),
                          new RepairGrants(tableKeys, keys, env.now(), rows, beside))
                      .proposals(rows));
    }

    private Plan<List<Proposal>> profile(
        UserKeys keys, Item keysItem, @Nullable Item item, List<Proposal> proposals) {
      if (item == null) {
        proposals.add(
            Proposal.report(
                user,
                Kind.PROFILE_MISSING,
                "User " + user + " has keys, but no profile.",
                Step.check(keysItem.key(), Condition.present()),
                Step.check(ItemKey.profile(user), Condition.absent())));
        return Plan.done(proposals);
      }
      ProfileRow opened = open(keys, item);
      if (opened == null) {
        proposals.add(
            Proposal.report(
                user,
                Kind.ROW_UNREADABLE,
                Describe.profile(user) + " does not open.",
                Step.check(item.key(), Condition.sameAs(item, Item.HEADER))));
        return Plan.done(proposals);
      }
      RepairProfile repair = new RepairProfile(tableKeys, opened);
      List<ItemKey> claims = repair.claims();
      Plan<List<Proposal>> mine =
          claims.isEmpty()
              ? Plan.done(repair.proposals(Map.of()))
              : reads.batch(claims, rows -> Plan.done(repair.proposals(rows)));
      return mine.map(
          more -> {
            contested = List.copyOf(repair.contested());
            proposals.addAll(more);
            return proposals;
          });
    }

    private @Nullable ProfileRow open(UserKeys keys, Item item) {
      try {
        return keys.has(ProfileRow.header(user, item).generation())
            ? ProfileRow.open(keys, item)
            : null;
      } catch (TamperedItemException | UnsupportedFormatException e) {
        return null;
      }
    }
  }
}
