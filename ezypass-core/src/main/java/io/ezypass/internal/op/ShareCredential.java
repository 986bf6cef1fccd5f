package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Actor;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.UserId;

/** Shares a credential with another user. */
public final class ShareCredential {
  private final Environment env;
  private final KeyAccess access;

  /** The use case. */
  public ShareCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
  }

  /** The plan. */
  public Plan<Grant> plan(UserId owner, CredentialId id, NewGrant grant, Actor actor) {
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
