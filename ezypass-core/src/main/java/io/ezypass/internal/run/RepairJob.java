package io.ezypass.internal.run;

import io.ezypass.admin.Finding;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RepairReport;
import io.ezypass.admin.RepairSummary;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VaultException;
import io.ezypass.internal.op.NoKmsKeyException;
import io.ezypass.internal.op.RepairClaim;
import io.ezypass.internal.op.RepairRun;
import io.ezypass.internal.op.RepairUser;
import io.ezypass.internal.op.ScanTable;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Repairs one user, or all by a scan, with a plan for each user: no keys are held longer than that
 * user takes, and what fails for one does not keep it from the others.
 */
final class RepairJob {
  private static final String NAME = "repair";

  private final UseCases useCases;
  private final SyncRunner runner;
  private final RepairRun run;
  private final Map<Finding.Kind, Map<Finding.Outcome, Long>> counts =
      new EnumMap<>(Finding.Kind.class);
  private final List<Finding> findings = new ArrayList<>();
  private final List<RepairSummary.Failure> failures = new ArrayList<>();
  private long users;
  private long failed;

  RepairJob(UseCases useCases, SyncRunner runner, Mode mode, JobOptions options) {
    this.useCases = useCases;
    this.runner = runner;
    this.run = useCases.repairUser().begin(mode, options);
  }

  RepairReport one(UserId user) {
    runner.run(NAME + ": root", useCases.scanTable().root());
    RepairUser.Result result = user(user);
    if (!result.found() && result.findings().isEmpty()) {
      throw new UserNotFoundException(user);
    }
    List<Finding> all = new ArrayList<>(result.findings());
    result.contested().forEach(claim -> all.addAll(claim(claim)));
    return new RepairReport(user, all);
  }

  RepairSummary all() {
    runner.run(NAME + ": root", useCases.scanTable().root());
    Set<UserId> listed = new LinkedHashSet<>();
    List<RepairClaim.Suspect> claims = new ArrayList<>();
    users(listed, claims);
    rest(listed, claims);
    return new RepairSummary(users, counts, findings, failed, failures, run.wasCancelled());
  }

  /** Goes through the table; {@code listed} and {@code claims} are what is left to be looked at. */
  private void users(Set<UserId> listed, List<RepairClaim.Suspect> claims) {
    ScanTable.@Nullable Position position = null;
    do {
      if (run.isCancelled()) {
        return;
      }
      ScanTable.Part part = runner.run(NAME + ": scan", useCases.scanTable().plan(run, position));
      part.findings().forEach(this::add);
      for (UserId user : part.users()) {
        if (run.isCancelled()) {
          return;
        }
        attempt(user, claims);
      }
      listed.addAll(part.listed());
      claims.addAll(part.claims());
      position = part.next();
    } while (position != null);
  }

  /** What needs the users to be mended first. */
  private void rest(Set<UserId> listed, List<RepairClaim.Suspect> claims) {
    for (UserId user : listed) {
      if (run.isCancelled()) {
        return;
      }
      if (!useCases.repairUser().wasTold(run, user)) {
        attempt(user, claims);
      }
    }
    // Those that a profile has come first, and what is told of them is not told again as nobody's.
    claims.sort(Comparator.comparing(claim -> claim.claimant() == null));
    for (RepairClaim.Suspect claim : claims) {
      if (run.isCancelled()) {
        return;
      }
      try {
        claim(claim).forEach(this::add);
      } catch (VaultException e) {
        fail(claim.claimant(), e);
      } catch (NoKmsKeyException e) {
        fail(claim.claimant(), e.reported());
      }
    }
  }

  private void attempt(UserId user, List<RepairClaim.Suspect> claims) {
    users++;
    try {
      RepairUser.Result result = user(user);
      result.findings().forEach(this::add);
      claims.addAll(result.contested());
    } catch (UserNotFoundException e) {
      // The deletion became final meanwhile.
    } catch (VaultException e) {
      fail(user, e);
    } catch (NoKmsKeyException e) {
      fail(user, e.reported());
    }
  }

  private RepairUser.Result user(UserId user) {
    try {
      return runner.run(NAME, useCases.repairUser().plan(run, user));
    } catch (TamperedItemException | UnsupportedFormatException e) {
      return new RepairUser.Result(true, List.of(RepairUser.unreadableKeys(user)), List.of());
    }
  }

  private List<Finding> claim(RepairClaim.Suspect claim) {
    try {
      return runner.run(NAME + ": claim", useCases.repairClaim().plan(run, claim));
    } catch (TamperedItemException | UnsupportedFormatException e) {
      return useCases.repairClaim().unreadable(claim);
    }
  }

  private void add(Finding finding) {
    counts
        .computeIfAbsent(finding.kind(), kind -> new EnumMap<>(Finding.Outcome.class))
        .merge(finding.outcome(), 1L, Long::sum);
    if (findings.size() < RepairSummary.MAX_LISTED) {
      findings.add(finding);
    }
  }

  private void fail(@Nullable UserId user, VaultException reason) {
    failed++;
    if (failures.size() < RepairSummary.MAX_LISTED) {
      failures.add(new RepairSummary.Failure(user, reason));
    }
  }
}
