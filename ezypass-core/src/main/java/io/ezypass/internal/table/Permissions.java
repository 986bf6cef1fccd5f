package io.ezypass.internal.table;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The IAM actions that access patterns need. */
final class Permissions {
  private Permissions() {}

  /** Those of one pattern; a transaction has no permission of its own. */
  static SortedSet<String> of(AccessPattern pattern) {
    SortedSet<String> actions = new TreeSet<>();
    for (String request : pattern.cold()) {
      switch (request) {
        case "Decrypt", "GenerateDataKey" -> actions.add("kms:" + request);
        case "ReEncrypt" -> actions.addAll(List.of("kms:ReEncryptFrom", "kms:ReEncryptTo"));
        case "TransactWriteItems" -> actions.addAll(inTransaction(pattern));
        case "TransactGetItems" -> actions.add("dynamodb:GetItem");
        default -> actions.add("dynamodb:" + request);
      }
    }
    return actions;
  }

  /** A transaction needs the permissions of what is in it. */
  private static List<String> inTransaction(AccessPattern pattern) {
    return switch (pattern) {
      case REGISTER, ADD_DUE, ADD_AUDITED -> List.of("dynamodb:PutItem");
      case DELETE_FOR_GOOD_MOVED,
          DELETE_FOR_GOOD_REVISIONS,
          DELETE_FOR_GOOD_DUE,
          DELETE_FOR_GOOD_SHARED,
          PURGE_REVISIONS ->
          List.of("dynamodb:DeleteItem");
      // Revisions end with their credential: where its end changes, theirs is changed.
      case UPDATE_KEEPING,
          UPDATE_DUE,
          CHANGE_WEBSITE,
          DELETE,
          DELETE_MOVED,
          DELETE_SHARED,
          REVERT,
          RESTORE ->
          List.of("dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:UpdateItem");
      case REVOKE -> List.of("dynamodb:DeleteItem", "dynamodb:UpdateItem");
      case SHARE, SHARE_AGAIN, DELETE_USER ->
          List.of(
              "dynamodb:PutItem",
              "dynamodb:DeleteItem",
              "dynamodb:UpdateItem",
              "dynamodb:ConditionCheckItem");
      default -> List.of("dynamodb:PutItem", "dynamodb:DeleteItem");
    };
  }
}
