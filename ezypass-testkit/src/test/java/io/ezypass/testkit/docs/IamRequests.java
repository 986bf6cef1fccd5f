package io.ezypass.testkit.docs;

import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;

/** What IAM is asked for the requests that were really sent, with their condition keys. */
final class IamRequests {
  static final String TABLE = "arn:aws:dynamodb:REGION:ACCOUNT:table/vault";

  private IamRequests() {}

  /** Everything that was sent since the counts were reset. */
  static List<IamPolicy.Request> sent(EzyPassLocal local) {
    List<IamPolicy.Request> all = new ArrayList<>();
    local.calls().requests().forEach(request -> add(all, request));
    local.kms().calls().forEach(call -> add(all, call));
    return all;
  }

  /** A request on the table. */
  static IamPolicy.Request table(String action, String... leadingKeys) {
    return new IamPolicy.Request(
        "dynamodb:" + action,
        TABLE,
        leadingKeys.length == 0
            ? Map.of()
            : Map.of("dynamodb:LeadingKeys", new TreeSet<>(List.of(leadingKeys))));
  }

  private static void add(List<IamPolicy.Request> all, SdkRequest request) {
    if (request instanceof GetItemRequest get) {
      all.add(table("GetItem", pk(get.key())));
    } else if (request instanceof BatchGetItemRequest batch) {
      all.add(
          table(
              "BatchGetItem",
              batch.requestItems().values().stream()
                  .flatMap(keys -> keys.keys().stream())
                  .map(IamRequests::pk)
                  .distinct()
                  .toArray(String[]::new)));
    } else if (request instanceof QueryRequest query) {
      all.add(table("Query", query.expressionAttributeValues().get(":p").s()));
    } else if (request instanceof PutItemRequest put) {
      all.add(table("PutItem", pk(put.item())));
    } else if (request instanceof DeleteItemRequest delete) {
      all.add(table("DeleteItem", pk(delete.key())));
    } else if (request instanceof UpdateItemRequest update) {
      all.add(table("UpdateItem", pk(update.key())));
    } else if (request instanceof TransactGetItemsRequest transaction) {
      transaction.transactItems().forEach(item -> all.add(table("GetItem", pk(item.get().key()))));
    } else if (request instanceof TransactWriteItemsRequest transaction) {
      transaction.transactItems().forEach(action -> add(all, action));
    } else {
      // What works on the whole table, such as Scan, has no leading keys.
      String name = request.getClass().getSimpleName();
      all.add(table(name.substring(0, name.length() - "Request".length())));
    }
  }

  /** A transaction needs the permissions of what is in it. */
  private static void add(List<IamPolicy.Request> all, TransactWriteItem action) {
    if (action.put() != null) {
      all.add(table("PutItem", pk(action.put().item())));
    } else if (action.delete() != null) {
      all.add(table("DeleteItem", pk(action.delete().key())));
    } else if (action.update() != null) {
      all.add(table("UpdateItem", pk(action.update().key())));
    } else {
      all.add(table("ConditionCheckItem", pk(action.conditionCheck().key())));
    }
  }

  private static void add(List<IamPolicy.Request> all, KmsCall call) {
    Map<String, Set<String>> context = new HashMap<>();
    call.encryptionContext()
        .forEach((key, value) -> context.put("kms:EncryptionContext:" + key, Set.of(value)));
    String key = String.valueOf(call.keyId());
    if (call.action() == KmsAction.RE_ENCRYPT) {
      String from = ((ReEncryptRequest) call.request()).sourceKeyId();
      all.add(new IamPolicy.Request("kms:ReEncryptFrom", from, context));
      all.add(new IamPolicy.Request("kms:ReEncryptTo", key, context));
    } else {
      all.add(new IamPolicy.Request("kms:" + call.action().operationName(), key, context));
    }
  }

  private static String pk(Map<String, AttributeValue> item) {
    return item.get("pk").s();
  }
}
