package io.ezypass.internal.op;

import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.Transaction;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All satellites of one change of a credential, as one. */
final class Satellites implements Satellite {
  private final @Nullable Revisions revisions;
  private final AuditRow event;
  private final List<Satellite> all;

  private Satellites(@Nullable Revisions revisions, DueRow due, Grants grants, AuditRow event) {
    this.revisions = revisions;
    this.event = event;
    this.all =
        revisions == null ? List.of(due, grants, event) : List.of(revisions, due, grants, event);
  }

  /**
   * Reads what they need. It is asked before the change is sealed.
   *
   * @param revisions null for a new credential
   * @param event what the change alone leaves in the audit trail
   */
  static Plan<Satellites> of(
      Environment env,
      Table table,
      Transition change,
      @Nullable Revisions revisions,
      AuditRow event) {
    return DueRow.of(table, change)
        .then(
            due ->
                Grants.of(env, table, change)
                    .map(grants -> new Satellites(revisions, due, grants, event)));
  }

  @Override
  public int features() {
    return all.stream().mapToInt(Satellite::features).reduce(0, (a, b) -> a | b);
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
  public long takesAway() {
    return all.stream().mapToLong(Satellite::takesAway).sum();
  }

  @Override
  public void into(Transaction tx) {
    all.forEach(satellite -> satellite.into(tx));
  }

  /** Whether another write left its event first. */
  boolean overtaken(Transaction.Cancellation cancellation) {
    return event.overtaken(cancellation);
  }

  /** The revisions whose rows turned out to be gone. */
  Set<Long> lost(Transaction.Cancellation cancellation) {
    return revisions == null ? Set.of() : revisions.lost(cancellation);
  }
}
