package io.ezypass.testkit.dynamodb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Failures as the SDK reports them: same class, error code, status and shape of message. */
final class DynamoDbErrors {
  private static final String REQUEST_ID = "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String CONFLICT = "TransactionConflict";

  private DynamoDbErrors() {}

  /** A broken connection; an IOException as its cause is what makes the SDK retry it. */
  static SdkClientException lost(IOException cause) {
    return SdkClientException.create(
        "Unable to execute HTTP request: " + cause.getMessage(), cause);
  }

  static DynamoDbException throttled() {
    return filled(
            ProvisionedThroughputExceededException.builder(),
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.")
        .build();
  }

  /** The conflict of a single write. */
  static DynamoDbException conflict() {
    return filled(
            TransactionConflictException.builder(),
            "TransactionConflictException",
            "Transaction is ongoing for the item")
        .build();
  }

  /** The cancellation of a transaction of {@code size} items for a conflict on one of them. */
  static DynamoDbException cancelled(int size, int conflicting) {
    List<CancellationReason> reasons = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      CancellationReason.Builder reason = CancellationReason.builder().code("None");
      if (i == conflicting) {
        reason.code(CONFLICT).message("Transaction is ongoing for the item");
      }
      reasons.add(reason.build());
      codes.add(i == conflicting ? CONFLICT : "None");
    }
    TransactionCanceledException.Builder builder =
        filled(
            TransactionCanceledException.builder(),
            "TransactionCanceledException",
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + codes);
    return builder.cancellationReasons(reasons).build();
  }

  /** How many items a transaction has; 0 if the request is none. */
  static int transactionSize(SdkRequest request) {
    if (request instanceof TransactWriteItemsRequest write) {
      return write.transactItems().size();
    }
    return request instanceof TransactGetItemsRequest get ? get.transactItems().size() : 0;
  }

  private static <B extends DynamoDbException.Builder> B filled(
      B builder, String errorCode, String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .serviceName("DynamoDb")
            .errorCode(errorCode)
            .errorMessage(message)
            .sdkHttpResponse(SdkHttpResponse.builder().statusCode(400).build())
            .build();
    builder.awsErrorDetails(details);
    builder.message(message);
    builder.requestId(REQUEST_ID);
    builder.statusCode(400);
    return builder;
  }
}
