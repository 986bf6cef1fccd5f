package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All satellites of one change of a credential, as one. */
final class Satellites implements Satellite {
  private final @Nullable Revisions revisions;
  private final List<Satellite> all = new ArrayList<>();

  private Satellites(@Nullable Revisions revisions) {
    this.revisions = revisions;
    if (revisions != null) {
      all.add(revisions);
    }
  }

  /** Reads what they need. It is asked before the change is sealed. */
  static Plan<Satellites> of(Transition transition, @Nullable Revisions revisions) {
    return Plan.done(new Satellites(revisions));
  }

  @Override
  public void mark(Item row) {
    all.forEach(satellite -> satellite.mark(row));
  }

  @Override
  public boolean touchesRows() {
    return all.stream().anyMatch(Satellite::touchesRows);
  }

  @Override
  public void into(Transaction tx) {
    all.forEach(satellite -> satellite.into(tx));
  }

  /** The revisions whose rows turned out to be gone. */
  Set<Long> lost(Transaction.Cancellation cancellation) {
    return revisions == null ? Set.of() : revisions.lost(cancellation);
  }
}
