package io.ezypass.testkit.contract;

import io.ezypass.AsyncVaultAudit;
import io.ezypass.VaultAudit;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;

/** The blocking view of one vault's audit trail. */
final class BlockingAudit implements VaultAudit {
  private final AsyncVaultAudit audit;

  BlockingAudit(AsyncVaultAudit audit) {
    this.audit = audit;
  }

  @Override
  public Page<AuditEvent> list(AuditRange range, PageRequest page) {
    return Await.value(audit.list(range, page));
  }
}
