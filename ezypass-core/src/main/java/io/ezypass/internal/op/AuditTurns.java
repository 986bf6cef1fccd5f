package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import java.util.function.Supplier;

/**
 * Counts, within one call, how often another write of the same vault left its event first. That is
 * no conflict over what is written, and each time somebody got on: so there are more of these
 * rounds than of others, and they count apart.
 */
final class AuditTurns {
  /** With jitter, that is about a quarter of a minute. */
  static final int MAX = 32;

  private final Environment env;
  private int lost;

  AuditTurns(Environment env) {
    this.env = env;
  }

  /** Waits for another turn. */
  <R> Plan<R> again(Supplier<Plan<R>> round) {
    if (lost == MAX) {
      throw Failures.contended();
    }
    return Plan.retry(env.jitter(lost++), round);
  }
}
