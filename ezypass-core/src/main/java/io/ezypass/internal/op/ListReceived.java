package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.UserId;

/** What others share with a user. */
public final class ListReceived {
  private final Environment env;
  private final KeyAccess access;

  /** The use case. */
  public ListReceived(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
  }

  /** The plan. */
  public Plan<Page<SharedCredential>> plan(UserId recipient, PageRequest page) {
    return access.keys(
        recipient,
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
