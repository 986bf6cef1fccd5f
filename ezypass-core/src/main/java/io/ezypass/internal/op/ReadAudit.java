package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;

/** One page of an audit trail. */
public final class ReadAudit {
  private final Environment env;
  private final KeyAccess access;

  /** The use case. */
  public ReadAudit(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
  }

  /** The plan. */
  public Plan<Page<AuditEvent>> plan(UserId owner, AuditRange range, PageRequest page) {
    return access.keys(
        owner,
        keys ->
            Plan.retry(
                env.jitter(0),
                () ->
                    Plan.retry(
                        env.jitter(1),
                        () -> {
                          throw Failures.contended();
                        })));
  }
}
