package io.ezypass.testkit.tamper;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A client whose reads go through {@link TamperedReads}. Only the requests on items that the
 * library sends; any other is refused by the SDK's interface.
 */
final class AsyncTamperedDynamoDb implements DynamoDbAsyncClient {
  private final DynamoDbAsyncClient client;
  private final TamperedReads reads;

  /** The client stays the caller's to close. */
  AsyncTamperedDynamoDb(DynamoDbAsyncClient client, TamperedReads reads) {
    this.client = client;
    this.reads = reads;
  }

  @Override
  public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
    return reads.readAsync(request, GetItemResponse.class, client::getItem);
  }

  @Override
  public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
    return reads.readAsync(request, BatchGetItemResponse.class, client::batchGetItem);
  }

  @Override
  public CompletableFuture<TransactGetItemsResponse> transactGetItems(
      TransactGetItemsRequest request) {
    return reads.readAsync(request, TransactGetItemsResponse.class, client::transactGetItems);
  }

  @Override
  public CompletableFuture<QueryResponse> query(QueryRequest request) {
    return reads.readAsync(request, QueryResponse.class, client::query);
  }

  @Override
  public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
    return reads.write(request, client::putItem);
  }

  @Override
  public CompletableFuture<DeleteItemResponse> deleteItem(DeleteItemRequest request) {
    return reads.write(request, client::deleteItem);
  }

  @Override
  public CompletableFuture<UpdateItemResponse> updateItem(UpdateItemRequest request) {
    return reads.write(request, client::updateItem);
  }

  @Override
  public CompletableFuture<TransactWriteItemsResponse> transactWriteItems(
      TransactWriteItemsRequest request) {
    return reads.write(request, client::transactWriteItems);
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  /** Leaves the client open. */
  @Override
  public void close() {}
}
