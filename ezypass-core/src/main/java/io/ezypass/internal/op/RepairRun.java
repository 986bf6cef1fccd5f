package io.ezypass.internal.op;

import io.ezypass.admin.Mode;
import io.ezypass.internal.table.ItemKey;
import java.util.HashSet;
import java.util.Set;

/**
 * One repair, of one user or of the table: what it may do, and which rows its findings were about,
 * so that none is told twice. One thread.
 */
public final class RepairRun {
  private final Mode mode;
  private final Job job;
  private final Set<ItemKey> told = new HashSet<>();

  RepairRun(Mode mode, Job job) {
    this.mode = mode;
    this.job = job;
  }

  /** Whether no further step is wanted. */
  public boolean isCancelled() {
    return job.isCancelled();
  }

  /** Whether it was seen to be cancelled. */
  public boolean wasCancelled() {
    return job.wasCancelled();
  }

  Mode mode() {
    return mode;
  }

  Job job() {
    return job;
  }

  void tell(Proposal proposal) {
    proposal.steps().forEach(step -> told.add(step.key()));
  }

  boolean wasTold(ItemKey key) {
    return told.contains(key);
  }
}
