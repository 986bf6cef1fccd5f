package io.ezypass;

import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;

/**
 * The audit trail of one vault: an event for every write of a process whose {@link
 * io.ezypass.model.AuditPolicy} asks for it, written in the same transaction. Events are sealed,
 * and each holds a hash of the one before it, so that changing one, or taking one out of the
 * middle, is noticed when it is read. What this cannot prove: that the newest events were not cut
 * off, that what is past its retention was ever there, and that a process which writes without this
 * library, or without the policy, left an event. Deleting for good what has expired leaves an event
 * for as long as DynamoDB has not deleted it. Deleting the user deletes the trail. Costs and common
 * failures are counted as in {@link VaultRepository}.
 *
 * <p>Thread safe.
 */
public interface VaultAudit {
  /**
   * Lists one page, newest first. Costs 1 Query warm; GetItem, 1 KMS call and Query cold.
   *
   * @param range which part of the trail
   * @param page which page
   * @return the events, and the token of the next page; a page may be empty and have a token
   * @throws io.ezypass.error.TamperedItemException if an event was changed, or one is missing
   *     between two that it reads, or ahead of the oldest of them before its retention has ended
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list with
   *     this range
   * @throws io.ezypass.error.UserNotFoundException if there is no such user
   */
  Page<AuditEvent> list(AuditRange range, PageRequest page);
}
