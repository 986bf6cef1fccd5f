package io.ezypass.internal.run;

import io.ezypass.admin.MigrationReport;
import io.ezypass.admin.MigrationReport.State;
import io.ezypass.admin.MigrationSummary;
import io.ezypass.admin.Mode;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VaultException;
import io.ezypass.internal.op.Job;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One job that moves wrapped keys to other KMS keys. One thread. */
record Migrations(UseCases useCases, SyncRunner runner, Mode mode, Job job) {
  private static final String NAME = "migrate";

  MigrationReport user(UserId user) {
    return runner.run(NAME, useCases.migrateKey().user(user, mode, job));
  }

  MigrationReport root() {
    return runner.run(NAME + " root", useCases.migrateKey().root(mode, job));
  }

  Page<MigrationReport> page(PageRequest request) {
    return users().page(request, job);
  }

  MigrationSummary all() {
    Map<State, Long> counts = new EnumMap<>(State.class);
    List<MigrationReport> failures = new ArrayList<>();
    long notAuthentic = 0;
    if (!job.isCancelled()) {
      add(rootOrFailure(), counts, failures);
      notAuthentic = users().all(job, report -> add(report, counts, failures));
    }
    return new MigrationSummary(counts, failures, notAuthentic, job.wasCancelled());
  }

  private UserJobs<MigrationReport> users() {
    return new UserJobs<>(
        useCases,
        runner,
        NAME,
        user -> useCases.migrateKey().user(user, mode, job),
        Migrations::failed);
  }

  private MigrationReport rootOrFailure() {
    try {
      return root();
    } catch (VaultException e) {
      return failed(null, e);
    }
  }

  private static MigrationReport failed(@Nullable UserId user, VaultException failure) {
    return failure instanceof UserNotFoundException
        ? new MigrationReport(user, State.DELETED, null, null, null)
        : new MigrationReport(user, State.FAILED, null, null, failure);
  }

  private static void add(
      MigrationReport report, Map<State, Long> counts, List<MigrationReport> failures) {
    counts.merge(report.state(), 1L, Long::sum);
    if (report.state() == State.FAILED && failures.size() < MigrationSummary.MAX_FAILURES) {
      failures.add(report);
    }
  }
}
