package io.ezypass.testkit.promises;

import io.ezypass.EzyPass;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.dynamodb.Faults;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A process whose requests meet many faults, with two attempts a call, so that some are given up.
 */
final class StormClients implements AutoCloseable {
  private final DynamoDbClient client;
  private final DynamoDbAsyncClient asyncClient;
  private final EzyPass ezypass;

  StormClients(EzyPassLocal local, Faults faults) {
    ClientOverrideConfiguration twoAttempts =
        ClientOverrideConfiguration.builder()
            .addExecutionInterceptor(faults)
            .retryStrategy(
                AwsRetryStrategy.legacyRetryStrategy().toBuilder()
                    .maxAttempts(2)
                    .backoffStrategy(BackoffStrategy.retryImmediately())
                    .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                    .build())
            .build();
    DynamoDbLocal server = DynamoDbLocal.shared();
    client = server.clientBuilder().overrideConfiguration(twoAttempts).build();
    asyncClient = server.asyncClientBuilder().overrideConfiguration(twoAttempts).build();
    ezypass =
        local.open(
            b ->
                b.clients(client, local.kms().client())
                    .asyncClients(asyncClient, local.kms().asyncClient()));
  }

  EzyPass ezypass() {
    return ezypass;
  }

  @Override
  public void close() {
    ezypass.close();
    client.close();
    asyncClient.close();
  }
}
