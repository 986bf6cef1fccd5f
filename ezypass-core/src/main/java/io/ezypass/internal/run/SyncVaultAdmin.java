package io.ezypass.internal.run;

import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RepairReport;
import io.ezypass.admin.RepairSummary;
import io.ezypass.admin.TableCheck;
import io.ezypass.admin.TableOptions;
import io.ezypass.admin.VaultAdmin;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TableId;
import io.ezypass.model.UserId;

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
