package io.ezypass.internal.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.kms.model.KmsRequest;

/**
 * Makes requests ask for what they consume, and the SDK tell how often it sent them. A publisher of
 * a request replaces those of its client, so the client's are put beside it.
 *
 * @param dynamoDb the client's publishers; null if it does not tell, and then it is not asked
 * @param kms likewise
 */
record ClientMetrics(
    @Nullable List<MetricPublisher> dynamoDb, @Nullable List<MetricPublisher> kms) {
  private static final ReturnConsumedCapacity TOTAL = ReturnConsumedCapacity.TOTAL;

  /** Of clients whose publishers are asked for once. */
  static ClientMetrics of(SdkClient dynamoDb, SdkClient kms) {
    return new ClientMetrics(publishers(dynamoDb), publishers(kms));
  }

  /** The same request, measured. */
  @SuppressWarnings("unchecked") // a request's builder builds a request of the same class
  <Q> Q measured(Q request, MetricPublisher publisher) {
    if (!(request instanceof AwsRequest aws)) {
      return request;
    }
    AwsRequest.Builder builder = aws.toBuilder();
    askForCapacity(builder);
    List<MetricPublisher> clients = request instanceof KmsRequest ? kms : dynamoDb;
    if (clients != null) {
      List<MetricPublisher> all = new ArrayList<>(clients);
      all.add(publisher);
      builder.overrideConfiguration(
          aws.overrideConfiguration()
              .map(AwsRequestOverrideConfiguration::toBuilder)
              .orElseGet(AwsRequestOverrideConfiguration::builder)
              .metricPublishers(all)
              .build());
    }
    return (Q) builder.build();
  }

  /** What a response says was consumed. */
  static List<ConsumedCapacity> consumed(@Nullable Object response) {
    if (!(response instanceof DynamoDbResponse answer)) {
      return List.of();
    }
    Object found = answer.getValueForField("ConsumedCapacity", Object.class).orElse(List.of());
    List<?> all = found instanceof List<?> list ? list : List.of(found);
    return all.stream()
        .filter(ConsumedCapacity.class::isInstance)
        .map(ConsumedCapacity.class::cast)
        .toList();
  }

  private static void askForCapacity(AwsRequest.Builder builder) {
    if (builder instanceof GetItemRequest.Builder get) {
      get.returnConsumedCapacity(TOTAL);
    } else if (builder instanceof BatchGetItemRequest.Builder batch) {
      batch.returnConsumedCapacity(TOTAL);
    } else if (builder instanceof QueryRequest.Builder query) {
      query.returnConsumedCapacity(TOTAL);
    } else if (builder instanceof ScanRequest.Builder scan) {
      scan.returnConsumedCapacity(TOTAL);
    } else if (builder instanceof PutItemRequest.Builder put) {
      put.returnConsumedCapacity(TOTAL);
    } else if (builder instanceof UpdateItemRequest.Builder update) {
      update.returnConsumedCapacity(TOTAL);
    } else if (builder instanceof DeleteItemRequest.Builder delete) {
      delete.returnConsumedCapacity(TOTAL);
    } else if (builder instanceof TransactGetItemsRequest.Builder reading) {
      reading.returnConsumedCapacity(TOTAL);
    } else if (builder instanceof TransactWriteItemsRequest.Builder transaction) {
      transaction.returnConsumedCapacity(TOTAL);
    }
  }

  private static @Nullable List<MetricPublisher> publishers(SdkClient client) {
    try {
      return client.serviceClientConfiguration().overrideConfiguration().metricPublishers();
    } catch (UnsupportedOperationException e) { // the default of SdkClient: not one of AWS's own
      return null;
    }
  }
}
