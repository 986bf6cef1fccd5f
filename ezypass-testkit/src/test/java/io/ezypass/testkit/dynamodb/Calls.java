package io.ezypass.testkit.dynamodb;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The few calls that the tests make, over either kind of client, which then behave alike. */
interface Calls {
  void put(PutItemRequest request);

  void update(UpdateItemRequest request);

  void transact(TransactWriteItemsRequest request);

  BatchWriteItemResponse batchWrite(BatchWriteItemRequest request);

  BatchGetItemResponse batchGet(BatchGetItemRequest request);

  /** Which client to test. */
  enum Kind {
    SYNC {
      @Override
      Calls calls(ExecutionInterceptor... interceptors) {
        return new Sync(DynamoDbLocal.shared().client(interceptors));
      }
    },
    ASYNC {
      @Override
      Calls calls(ExecutionInterceptor... interceptors) {
        return new Async(DynamoDbLocal.shared().asyncClient(interceptors));
      }
    };

    abstract Calls calls(ExecutionInterceptor... interceptors);
  }

  record Sync(DynamoDbClient client) implements Calls {
    @Override
    public void put(PutItemRequest request) {
      client.putItem(request);
    }

    @Override
    public void update(UpdateItemRequest request) {
      client.updateItem(request);
    }

    @Override
    public void transact(TransactWriteItemsRequest request) {
      client.transactWriteItems(request);
    }

    @Override
    public BatchWriteItemResponse batchWrite(BatchWriteItemRequest request) {
      return client.batchWriteItem(request);
    }

    @Override
    public BatchGetItemResponse batchGet(BatchGetItemRequest request) {
      return client.batchGetItem(request);
    }
  }

  record Async(DynamoDbAsyncClient client) implements Calls {
    @Override
    public void put(PutItemRequest request) {
      join(client.putItem(request));
    }

    @Override
    public void update(UpdateItemRequest request) {
      join(client.updateItem(request));
    }

    @Override
    public void transact(TransactWriteItemsRequest request) {
      join(client.transactWriteItems(request));
    }

    @Override
    public BatchWriteItemResponse batchWrite(BatchWriteItemRequest request) {
      return join(client.batchWriteItem(request));
    }

    @Override
    public BatchGetItemResponse batchGet(BatchGetItemRequest request) {
      return join(client.batchGetItem(request));
    }

    private static <T> T join(CompletableFuture<T> future) {
      try {
        return future.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }

  /** A new table with the string key {@code pk}. */
  static String newTable() {
    String table = DynamoDbLocal.shared().newTableName("test");
    KeySchemaElement key = KeySchemaElement.builder().attributeName("pk").keyType("HASH").build();
    AttributeDefinition attribute =
        AttributeDefinition.builder().attributeName("pk").attributeType("S").build();
    DynamoDbLocal.shared()
        .client()
        .createTable(
            t ->
                t.tableName(table)
                    .billingMode("PAY_PER_REQUEST")
                    .keySchema(key)
                    .attributeDefinitions(attribute));
    return table;
  }

  /** An item, or its key, as the tables have it. */
  static Map<String, AttributeValue> item(String pk) {
    return Map.of("pk", AttributeValue.fromS(pk));
  }
}
