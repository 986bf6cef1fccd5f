package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.format.v1.AuditLink;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks along an audit trail, from the newest event to the oldest, and makes sure that each is the
 * one that the event behind it was written after. What has ended may be gone, in any order, and
 * with it everything ahead of it: there the trail ends.
 */
final class AuditChain {
  private final UserId owner;
  private final Instant now;
  private @Nullable AuditLink link;

  /** The sort key of the event that the link is of. */
  private @Nullable String place;

  private boolean ended;

  /**
   * Begins.
   *
   * @param link what the event before the first one to be taken says; null if any may come first
   * @param place that event's sort key; null if there is none
   */
  AuditChain(UserId owner, Instant now, @Nullable AuditLink link, @Nullable String place) {
    this.owner = owner;
    this.now = now;
    follow(link, place);
  }

  /** Whether the trail ends here, whatever stands there still. */
  boolean hasEnded() {
    return ended;
  }

  /** What the last event that was taken says of the next one; null if none was. */
  @Nullable AuditLink link() {
    return link;
  }

  /**
   * Takes the next older event.
   *
   * @throws TamperedItemException if it is not the one that has to come next
   */
  void take(AuditEventRow event) {
    AuditLink behind = link;
    if (behind != null
        && (event.number() != behind.number() - 1
            || !Arrays.equals(event.hash(), behind.ahead())
            || !ItemKey.audit(owner, event.content().at(), behind.number()).sk().equals(place)
            || event.content().at().isAfter(behind.at()))) {
      throw new TamperedItemException(Describe.row(owner, event.key()));
    }
    if (event.hasEnded(now)) {
      ended = true;
    } else {
      follow(event.link(), event.key().sk());
    }
  }

  /**
   * Says that there is no older event.
   *
   * @param last the key of the last one that was read
   * @throws TamperedItemException if there has to be one
   */
  void end(ItemKey last) {
    if (!ended && link != null && link.ahead() != null) {
      throw new TamperedItemException(Describe.row(owner, last));
    }
  }

  private void follow(@Nullable AuditLink next, @Nullable String at) {
    link = next;
    place = at;
    ended = next != null && AuditEventRow.hasEnded(next.aheadEndAt(), now);
  }
}
