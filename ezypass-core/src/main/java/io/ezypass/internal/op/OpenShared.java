package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;

/** Opens a credential that somebody else shares. */
public final class OpenShared {
  private final Environment env;
  private final KeyAccess access;

  /** The use case. */
  public OpenShared(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
  }

  /** The plan. */
  public Plan<Credential> plan(UserId recipient, UserId owner, CredentialId id) {
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
