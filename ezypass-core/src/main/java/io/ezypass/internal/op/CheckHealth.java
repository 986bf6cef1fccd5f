package io.ezypass.internal.op;

import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Credential;
import io.ezypass.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Judges the passwords of a vault: the Queries of opening it, and 1 KMS call cold. A page's secrets
 * are wiped before the next one is asked for.
 */
public final class CheckHealth {
  private final Environment env;
  private final ReadVault vault;

  /** The use case. */
  public CheckHealth(Environment env, ReadVault vault) {
    this.env = env;
    this.vault = vault;
  }

  /** The plan. What the estimator throws ends it. */
  public Plan<HealthReport> plan(UserId owner, HealthOptions options) {
    return next(new PasswordReview(owner, options, env.now(), env.randomBytes(32)), owner, null);
  }

  private Plan<HealthReport> next(PasswordReview review, UserId owner, @Nullable String after) {
    return vault
        .credentials(owner, after)
        .then(
            part -> {
              try {
                part.items().forEach(review::add);
              } finally {
                part.items().forEach(Credential::close);
              }
              return part.next() == null
                  ? Plan.done(review.report())
                  : next(review, owner, part.next());
            });
  }
}
