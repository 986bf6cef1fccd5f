package io.ezypass.internal.run;

import io.ezypass.VaultAudit;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;

/** Runs the use cases of one vault's audit trail on the caller's thread. */
record SyncVaultAudit(UseCases useCases, SyncRunner runner, UserId owner) implements VaultAudit {

  @Override
  public Page<AuditEvent> list(AuditRange range, PageRequest page) {
    Arguments.present("range", range);
    Arguments.present("page", page);
    return runner.run("list audit", useCases.readAudit().plan(owner, range, page));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "VaultAudit[" + owner + "]";
  }
}
