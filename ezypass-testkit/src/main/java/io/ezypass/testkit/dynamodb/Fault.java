package io.ezypass.testkit.dynamodb;

import java.util.Set;

/** What {@link Faults} can do to a call. */
public enum Fault {
  /** The connection breaks before the request is sent: nothing is done. The SDK retries. */
  LOST_REQUEST,
  /** The connection breaks after the server has done its work. The SDK retries. */
  LOST_RESPONSE,
  /** DynamoDB refuses with ProvisionedThroughputExceededException: nothing is done. SDK retries. */
  THROTTLED,
  /**
   * DynamoDB refuses since another transaction is at work on an item: nothing is done. A
   * transaction gets TransactionCanceledException with the reason TransactionConflict for one of
   * its items, which the SDK does not retry; a single write gets TransactionConflictException.
   * Other operations are spared.
   */
  TRANSACTION_CONFLICT,
  /**
   * BatchGetItem or BatchWriteItem leaves some of its items undone, and says which. At least one is
   * done, as on AWS, so a batch of one is spared, and so are other operations. Hits the call as a
   * whole.
   */
  UNPROCESSED;

  private static final Set<String> CONFLICTING =
      Set.of("DeleteItem", "PutItem", "TransactGetItems", "TransactWriteItems", "UpdateItem");
  private static final Set<String> BATCHES = Set.of("BatchGetItem", "BatchWriteItem");

  /** Whether it hits one attempt; else it hits the call as a whole. */
  boolean hitsAttempt() {
    return this != UNPROCESSED;
  }

  /** Whether it can happen to this operation. */
  boolean canHit(String operation) {
    return switch (this) {
      case TRANSACTION_CONFLICT -> CONFLICTING.contains(operation);
      case UNPROCESSED -> BATCHES.contains(operation);
      default -> true;
    };
  }
}
