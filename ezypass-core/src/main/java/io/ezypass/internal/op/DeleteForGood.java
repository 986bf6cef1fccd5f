package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.BatchReceiptCodec.Code;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.format.v1.Lifecycle;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The step of a batch that deletes one credential for good, with its forwarding row, its row in the
 * due list, its grants and the revisions that its sealed meta part lists. What has changed since it
 * was read is read again.
 */
record DeleteForGood(CurrentCredential.Found found, Grants grants) implements BatchStep {
  /** That of a credential that was read: 1 Query if it may be shared. */
  static Plan<BatchStep> of(Environment env, CurrentCredential.Found found) {
    return Grants.allOf(env, found.row()).map(grants -> new DeleteForGood(found, grants));
  }

  @Override
  public Result result() {
    return new Result(Code.WRITTEN, null);
  }

  @Override
  public AuditedChange change() {
    return new AuditedChange(Action.DELETE, found.row().id(), found.row().version(), null);
  }

  @Override
  public long takesAway() {
    return found.row().item().size() + grants.takesAway();
  }

  @Override
  public void into(Transaction transaction) {
    CredentialRow row = found.row();
    ItemKey place = row.item().key();
    transaction.delete(place, row.unchanged());
    Item forwarding = found.forwarding();
    if (forwarding != null) {
      transaction.delete(forwarding.key(), Condition.forwardsTo(place.sk()));
    }
    ItemKey due = DueRow.key(row.item());
    if (due != null) {
      transaction.delete(due);
    }
    kept()
        .forEach(
            revision ->
                transaction.delete(ItemKey.revision(row.owner(), row.rand(), revision.version())));
    grants.into(transaction);
  }

  @Override
  public @Nullable Code leftOut(Cancellation cancellation) {
    return null;
  }

  private List<Lifecycle.Kept> kept() {
    return found.row().lifecycle().kept();
  }
}
