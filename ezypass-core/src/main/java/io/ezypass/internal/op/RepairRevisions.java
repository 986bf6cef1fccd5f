package io.ezypass.internal.op;

import io.ezypass.admin.Finding.Kind;
import io.ezypass.internal.format.v1.Lifecycle.Kept;
import io.ezypass.internal.op.Proposal.Step;
import io.ezypass.internal.op.VaultRows.Copy;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the rows of revisions. The copy of the credential that stays says which there
 * are and when each of them ends. A row that it does not list is deleted if nothing is lost with
 * it: an older version, or the same one. What is newer, or all that is left, is only reported.
 */
final class RepairRevisions {
  private final UserId user;
  private final Instant now;
  private final Map<CredentialId, List<Copy>> rows = new HashMap<>();

  RepairRevisions(UserId user, Instant now, List<Copy> revisions) {
    this.user = user;
    this.now = now;
    revisions.forEach(row -> rows.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row));
  }

  /** Those of one credential. */
  List<Proposal> of(Copy current) {
    List<Proposal> proposals = new ArrayList<>();
    Map<Long, Copy> byVersion = new HashMap<>();
    rows.getOrDefault(current.id(), List.of()).forEach(row -> byVersion.put(row.version(), row));
    for (Kept kept : current.kept()) {
      Copy row = byVersion.remove(kept.version());
      Long end = CredentialSealer.earlier(kept.until(), current.end());
      if (row == null && !hasEnded(end)) {
        proposals.add(missing(current, kept.version()));
      } else if (row != null && !RepairCredentials.hasTtl(row.clear(), end)) {
        proposals.add(retimed(current, row, end));
      }
    }
    byVersion.values().forEach(row -> proposals.add(notListed(current, row)));
    return proposals;
  }

  /**
   * Those of credentials that are nowhere.
   *
   * @param rands of the credentials that are somewhere
   * @param untouchable rands of which a row does not open
   */
  List<Proposal> ofNothing(Set<String> rands, Set<String> untouchable) {
    List<Proposal> proposals = new ArrayList<>();
    for (List<Copy> revisions : rows.values()) {
      for (Copy row : revisions) {
        OptionalLong ttl = row.clear().number(Item.TTL);
        // DynamoDB deletes what has ended row by row, a revision perhaps last.
        boolean isEnding = ttl.isPresent() && hasEnded(ttl.getAsLong());
        if (!rands.contains(row.rand()) && !untouchable.contains(row.rand()) && !isEnding) {
          proposals.add(
              Proposal.report(
                  user,
                  Kind.REVISION_ORPHANED,
                  name(row) + " is of a credential that is lost or was deleted for good.",
                  Step.check(row.key(), row.unchanged())));
        }
      }
    }
    return proposals;
  }

  private Proposal missing(Copy current, long version) {
    ItemKey key = ItemKey.revision(user, current.rand(), version);
    return Proposal.report(
        user,
        Kind.REVISION_MISSING,
        Describe.credential(user, current.id()) + " lists version " + version + ", which is lost.",
        Step.check(current.key(), current.unchanged()),
        Step.check(key, Condition.absent()));
  }

  private Proposal retimed(Copy current, Copy row, @Nullable Long end) {
    return written(
        current,
        row,
        new Proposal(
            user,
            Kind.EXPIRY_WRONG,
            name(row) + " ends at another time than its credential says.",
            List.of(
                Step.check(current.key(), current.unchanged()), RepairCredentials.end(row, end))));
  }

  private Proposal notListed(Copy current, Copy row) {
    Proposal deleted =
        new Proposal(
            user,
            Kind.REVISION_ORPHANED,
            name(row) + " is not listed by version " + current.version() + " of its credential.",
            List.of(
                Step.check(current.key(), current.unchanged()),
                Step.delete(row.key(), row.unchanged())));
    boolean isSame =
        row.version() == current.version()
            && Arrays.equals(row.operationId(), current.operationId());
    return row.version() < current.version() || isSame
        ? written(current, row, deleted)
        : deleted.reportOnly("It may be all that is left of a later change.");
  }

  private static Proposal written(Copy current, Copy row, Proposal proposal) {
    return current.hasUnknownFeatures() || row.hasUnknownFeatures()
        ? proposal.reportOnly("A newer version of the library wrote it.")
        : proposal;
  }

  private String name(Copy row) {
    return Describe.credential(user, row.id()) + ": its revision of version " + row.version();
  }

  private boolean hasEnded(@Nullable Long end) {
    return end != null && end <= now.getEpochSecond();
  }
}
