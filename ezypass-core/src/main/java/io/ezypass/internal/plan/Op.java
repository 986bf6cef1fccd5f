package io.ezypass.internal.plan;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/**
 * One client method, sync and async.
 *
 * @param name the operation as AWS spells it
 * @param sync sends with the sync clients
 * @param async sends with the async clients
 * @param <Q> the request
 * @param <S> the response
 */
public record Op<Q, S>(String name, Sync<Q, S> sync, Async<Q, S> async) {
  /** Sends a request and waits. */
  @FunctionalInterface
  public interface Sync<Q, S> {
    /** Sends. */
    S send(DynamoDbClient dynamoDb, KmsClient kms, Q request);
  }

  /** Sends a request without waiting. */
  @FunctionalInterface
  public interface Async<Q, S> {
    /** Sends. */
    CompletableFuture<S> send(DynamoDbAsyncClient dynamoDb, KmsAsyncClient kms, Q request);
  }

  /** Reads one item. */
  public static final Op<GetItemRequest, GetItemResponse> GET_ITEM =
      new Op<>("GetItem", (d, k, q) -> d.getItem(q), (d, k, q) -> d.getItem(q));

  /** Reads up to 100 items. */
  public static final Op<BatchGetItemRequest, BatchGetItemResponse> BATCH_GET_ITEM =
      new Op<>("BatchGetItem", (d, k, q) -> d.batchGetItem(q), (d, k, q) -> d.batchGetItem(q));

  /** Reads a page of an item collection. */
  public static final Op<QueryRequest, QueryResponse> QUERY =
      new Op<>("Query", (d, k, q) -> d.query(q), (d, k, q) -> d.query(q));

  /** Writes one item. */
  public static final Op<PutItemRequest, PutItemResponse> PUT_ITEM =
      new Op<>("PutItem", (d, k, q) -> d.putItem(q), (d, k, q) -> d.putItem(q));

  /** Deletes one item. */
  public static final Op<DeleteItemRequest, DeleteItemResponse> DELETE_ITEM =
      new Op<>("DeleteItem", (d, k, q) -> d.deleteItem(q), (d, k, q) -> d.deleteItem(q));

  /** Changes attributes of one item. */
  public static final Op<UpdateItemRequest, UpdateItemResponse> UPDATE_ITEM =
      new Op<>("UpdateItem", (d, k, q) -> d.updateItem(q), (d, k, q) -> d.updateItem(q));

  /** Reads a page of the whole table. */
  public static final Op<ScanRequest, ScanResponse> SCAN =
      new Op<>("Scan", (d, k, q) -> d.scan(q), (d, k, q) -> d.scan(q));

  /** Writes up to 100 items, all or none. */
  public static final Op<TransactWriteItemsRequest, TransactWriteItemsResponse> TRANSACT_WRITE =
      new Op<>(
          "TransactWriteItems",
          (d, k, q) -> d.transactWriteItems(q),
          (d, k, q) -> d.transactWriteItems(q));

  /** Reads up to 100 items as they are at one moment. */
  public static final Op<TransactGetItemsRequest, TransactGetItemsResponse> TRANSACT_GET =
      new Op<>(
          "TransactGetItems",
          (d, k, q) -> d.transactGetItems(q),
          (d, k, q) -> d.transactGetItems(q));

  /** Creates a table. */
  public static final Op<CreateTableRequest, CreateTableResponse> CREATE_TABLE =
      new Op<>("CreateTable", (d, k, q) -> d.createTable(q), (d, k, q) -> d.createTable(q));

  /** Describes a table. */
  public static final Op<DescribeTableRequest, DescribeTableResponse> DESCRIBE_TABLE =
      new Op<>("DescribeTable", (d, k, q) -> d.describeTable(q), (d, k, q) -> d.describeTable(q));

  /** Describes a table's TTL setting. */
  public static final Op<DescribeTimeToLiveRequest, DescribeTimeToLiveResponse> DESCRIBE_TTL =
      new Op<>(
          "DescribeTimeToLive",
          (d, k, q) -> d.describeTimeToLive(q),
          (d, k, q) -> d.describeTimeToLive(q));

  /** Sets a table's TTL attribute. */
  public static final Op<UpdateTimeToLiveRequest, UpdateTimeToLiveResponse> UPDATE_TTL =
      new Op<>(
          "UpdateTimeToLive",
          (d, k, q) -> d.updateTimeToLive(q),
          (d, k, q) -> d.updateTimeToLive(q));

  /** Switches a table's point-in-time recovery on. */
  public static final Op<UpdateContinuousBackupsRequest, UpdateContinuousBackupsResponse>
      UPDATE_BACKUPS =
          new Op<>(
              "UpdateContinuousBackups",
              (d, k, q) -> d.updateContinuousBackups(q),
              (d, k, q) -> d.updateContinuousBackups(q));

  /** Makes a data key and wraps it. */
  public static final Op<GenerateDataKeyRequest, GenerateDataKeyResponse> GENERATE_DATA_KEY =
      new Op<>(
          "GenerateDataKey", (d, k, q) -> k.generateDataKey(q), (d, k, q) -> k.generateDataKey(q));

  /** Unwraps a data key. */
  public static final Op<DecryptRequest, DecryptResponse> DECRYPT =
      new Op<>("Decrypt", (d, k, q) -> k.decrypt(q), (d, k, q) -> k.decrypt(q));

  /** Wraps a data key under another KMS key; the plaintext stays in KMS. */
  public static final Op<ReEncryptRequest, ReEncryptResponse> RE_ENCRYPT =
      new Op<>("ReEncrypt", (d, k, q) -> k.reEncrypt(q), (d, k, q) -> k.reEncrypt(q));

  /** Resolves an alias. */
  public static final Op<DescribeKeyRequest, DescribeKeyResponse> DESCRIBE_KEY =
      new Op<>("DescribeKey", (d, k, q) -> k.describeKey(q), (d, k, q) -> k.describeKey(q));
}
