package io.ezypass.internal.run;

import io.ezypass.admin.JobOptions;
import io.ezypass.admin.MigrationReport;
import io.ezypass.admin.MigrationSummary;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RepairReport;
import io.ezypass.admin.RepairSummary;
import io.ezypass.admin.RotationReport;
import io.ezypass.admin.RotationSummary;
import io.ezypass.admin.TableCheck;
import io.ezypass.admin.TableOptions;
import io.ezypass.admin.VaultAdmin;
import io.ezypass.internal.op.Job;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;
import java.time.Instant;

/** Runs the use cases of an operator on the caller's thread. */
public record SyncVaultAdmin(UseCases useCases, SyncRunner runner) implements VaultAdmin {

  @Override
  public TableCheck createTable(TableOptions options) {
    Arguments.present("options", options);
    return runner.run("create table", useCases.createTable().plan(options));
  }

  @Override
  public TableCheck check() {
    return runner.run("check table", useCases.checkTable().plan());
  }

  @Override
  public TableId initialise() {
    return runner.run("initialise", useCases.initialiseTable().plan());
  }

  @Override
  public Page<UserId> unfinishedDeletions(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("unfinished deletions", useCases.listUsers().unfinishedDeletions(page));
  }

  @Override
  public MigrationReport migrate(UserId user, Mode mode) {
    Arguments.present("user", user);
    return migrations(mode, JobOptions.unpaced()).user(user);
  }

  @Override
  public MigrationReport migrateRoot(Mode mode) {
    return migrations(mode, JobOptions.unpaced()).root();
  }

  @Override
  public Page<MigrationReport> migratePage(PageRequest page, Mode mode, JobOptions options) {
    Arguments.present("page", page);
    return migrations(mode, options).page(page);
  }

  @Override
  public MigrationSummary migrateAll(Mode mode, JobOptions options) {
    return migrations(mode, options).all();
  }

  private Migrations migrations(Mode mode, JobOptions options) {
    Arguments.present("mode", mode);
    Arguments.present("options", options);
    return new Migrations(useCases, runner, mode, runner.job(options));
  }

  @Override
  public RotationReport rotate(UserId user, JobOptions options) {
    Arguments.present("user", user);
    Arguments.present("options", options);
    return runner.run("rotate", useCases.rotateKeys().plan(user, Instant.MAX, runner.job(options)));
  }

  @Override
  public RotationReport rotationStatus(UserId user) {
    Arguments.present("user", user);
    return runner.run("rotation status", useCases.rotateKeys().status(user));
  }

  @Override
  public Page<RotationReport> rotatePage(
      PageRequest page, Instant activatedBefore, JobOptions options) {
    Arguments.present("page", page);
    Arguments.present("activatedBefore", activatedBefore);
    Arguments.present("options", options);
    Job job = runner.job(options);
    return rotations(activatedBefore, job).page(page, job);
  }

  @Override
  public RotationSummary rotateAll(Instant activatedBefore, JobOptions options) {
    Arguments.present("activatedBefore", activatedBefore);
    Arguments.present("options", options);
    Job job = runner.job(options);
    RotationTotals totals = new RotationTotals();
    long notAuthentic = rotations(activatedBefore, job).all(job, totals::add);
    return totals.summary(notAuthentic, job.wasCancelled());
  }

  private UserJobs<RotationReport> rotations(Instant activatedBefore, Job job) {
    return new UserJobs<>(
        useCases,
        runner,
        "rotate",
        user -> useCases.rotateKeys().plan(user, activatedBefore, job),
        RotationReport::failed);
  }

  @Override
  public RepairReport repair(UserId user, Mode mode) {
    Arguments.present("user", user);
    Arguments.present("mode", mode);
    return new RepairJob(useCases, runner, mode, JobOptions.unpaced()).one(user);
  }

  @Override
  public RepairSummary repairAll(Mode mode, JobOptions options) {
    Arguments.present("mode", mode);
    Arguments.present("options", options);
    return new RepairJob(useCases, runner, mode, options).all();
  }
}
