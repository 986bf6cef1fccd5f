package io.ezypass.internal.run;

import io.ezypass.AsyncVaultAudit;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.util.concurrent.CompletableFuture;

/** Runs the use cases of one vault's audit trail without blocking. */
record FutureVaultAudit(UseCases useCases, AsyncRunner runner, UserId owner)
    implements AsyncVaultAudit {

  @Override
  public CompletableFuture<Page<AuditEvent>> list(AuditRange range, PageRequest page) {
    Arguments.present("range", range);
    Arguments.present("page", page);
    return runner.run("list audit", useCases.readAudit().plan(owner, range, page));
  }

  /** Shows the owner only. */
  @Override
  public String toString() {
    return "AsyncVaultAudit[" + owner + "]";
  }
}
