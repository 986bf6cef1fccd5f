package io.ezypass.testkit.streams;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.EzyPass;
import io.ezypass.VaultRepository;
import io.ezypass.model.UserId;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * A process whose Queries read a few rows only, so that a small vault has as many pages as a large
 * one.
 */
final class SmallPages implements AutoCloseable {
  private final EzyPassLocal local = EzyPassLocal.start();
  private final DynamoDbClient client;
  private final DynamoDbAsyncClient asyncClient;
  private final EzyPass ezypass;

  SmallPages(int rows) {
    ExecutionInterceptor fewRows =
        new ExecutionInterceptor() {
          @Override
          public SdkRequest modifyRequest(
              Context.ModifyRequest context, ExecutionAttributes attributes) {
            return context.request() instanceof QueryRequest query
                ? query.toBuilder().limit(rows).build()
                : context.request();
          }
        };
    client = DynamoDbLocal.shared().client(local.calls(), fewRows);
    asyncClient = DynamoDbLocal.shared().asyncClient(local.calls(), fewRows);
    ezypass =
        local.open(
            builder ->
                builder
                    .clients(client, local.kms().client())
                    .asyncClients(asyncClient, local.kms().asyncClient()));
  }

  VaultRepository vaults() {
    return ezypass.repository();
  }

  AsyncVaultRepository asyncVaults() {
    return ezypass.asyncRepository();
  }

  /** Lets the next call load the keys. */
  void evict(UserId user) {
    ezypass.evict(user);
  }

  EzyPassLocal local() {
    return local;
  }

  @Override
  public void close() {
    ezypass.close();
    client.close();
    asyncClient.close();
    local.close();
  }
}
