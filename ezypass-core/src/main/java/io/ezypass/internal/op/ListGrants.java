package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import java.util.List;

/** The grants of a credential, or of a whole vault. */
public final class ListGrants {
  private final Environment env;
  private final KeyAccess access;

  /** The use case. */
  public ListGrants(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
  }

  /** The plan. */
  public Plan<List<Grant>> of(UserId owner, CredentialId id) {
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

  /** The plan. */
  public Plan<Page<Grant>> given(UserId owner, PageRequest page) {
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
