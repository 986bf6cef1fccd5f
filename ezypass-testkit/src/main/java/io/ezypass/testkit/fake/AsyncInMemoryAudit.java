package io.ezypass.testkit.fake;

import io.ezypass.AsyncVaultAudit;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.util.concurrent.CompletableFuture;

/** The async view of one vault's audit trail. */
final class AsyncInMemoryAudit implements AsyncVaultAudit {
  private final AuditCalls calls;
  private final Starter starter;

  AsyncInMemoryAudit(AuditCalls calls, Starter starter) {
    this.calls = calls;
    this.starter = starter;
  }

  @Override
  public CompletableFuture<Page<AuditEvent>> list(AuditRange range, PageRequest page) {
    return starter.start(calls.list(range, page));
  }
}
