package io.ezypass.testkit.fake;

import io.ezypass.VaultAudit;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;

/** The sync view of one vault's audit trail. */
final class InMemoryAudit implements VaultAudit {
  private final AuditCalls calls;

  InMemoryAudit(AuditCalls calls) {
    this.calls = calls;
  }

  @Override
  public Page<AuditEvent> list(AuditRange range, PageRequest page) {
    return calls.list(range, page).get();
  }
}
