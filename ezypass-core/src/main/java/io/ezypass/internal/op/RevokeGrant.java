package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Actor;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;

/** Ends a grant. */
public final class RevokeGrant {
  private final Environment env;
  private final KeyAccess access;

  /** The use case. */
  public RevokeGrant(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
  }

  /** The plan. */
  public Plan<Boolean> plan(UserId owner, CredentialId id, UserId recipient, Actor actor) {
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
