package io.ezypass.testkit.dynamodb;

import io.ezypass.testkit.dynamodb.server.ServerLauncher;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Amazon's DynamoDB Local inside this JVM, in memory: one server for all tests, started by the
 * first use, on a free port of the loopback interface. Tests keep out of each other's way by a
 * table each, see {@link #newTableName}. It ends with the JVM and never keeps one alive, prints
 * nothing, reports nothing to anybody and leaves no file. Thread safe.
 */
public final class DynamoDbLocal {
  /** What the SDK does for DynamoDB by default, but for the waiting between attempts. */
  private static final RetryStrategy RETRY_AT_ONCE =
      AwsRetryStrategy.legacyRetryStrategy().toBuilder()
          .maxAttempts(9)
          .backoffStrategy(BackoffStrategy.retryImmediately())
          .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
          .build();

  private static @Nullable DynamoDbLocal shared;

  private final URI endpoint;
  private final AtomicInteger tables = new AtomicInteger();
  private final SdkHttpClient httpClient = Apache5HttpClient.create();
  private final SdkAsyncHttpClient asyncHttpClient = NettyNioAsyncHttpClient.create();
  private final DynamoDbClient client;
  private final DynamoDbAsyncClient asyncClient;

  private DynamoDbLocal(URI endpoint) {
    this.endpoint = endpoint;
    this.client = client(new ExecutionInterceptor[0]);
    this.asyncClient = asyncClient(new ExecutionInterceptor[0]);
  }

  /**
   * The server of this JVM, started now if it has not been.
   *
   * @throws IllegalStateException if it does not start
   */
  public static synchronized DynamoDbLocal shared() {
    DynamoDbLocal server = shared;
    if (server == null) {
      server = new DynamoDbLocal(ServerLauncher.launch());
      shared = server;
    }
    return server;
  }

  /** Where it listens, such as {@code http://127.0.0.1:40123}. */
  public URI endpoint() {
    return endpoint;
  }

  /** The region that its clients use. All regions share one set of tables. */
  public Region region() {
    return Region.US_EAST_1;
  }

  /** Credentials that mean nothing; the server takes any. */
  public AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  }

  /** The client that everybody shares: do not close it. */
  public DynamoDbClient client() {
    return client;
  }

  /** A client of its own with these interceptors, called in this order. Closing it is optional. */
  public DynamoDbClient client(ExecutionInterceptor... interceptors) {
    return clientBuilder().overrideConfiguration(overrides(interceptors)).build();
  }

  /** The asynchronous client that everybody shares: do not close it. */
  public DynamoDbAsyncClient asyncClient() {
    return asyncClient;
  }

  /** An asynchronous client of its own with these interceptors. Closing it is optional. */
  public DynamoDbAsyncClient asyncClient(ExecutionInterceptor... interceptors) {
    return asyncClientBuilder().overrideConfiguration(overrides(interceptors)).build();
  }

  /** A builder with endpoint, region, credentials and HTTP client set, to add to. */
  public DynamoDbClientBuilder clientBuilder() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(region())
        .credentialsProvider(credentials())
        .httpClient(httpClient);
  }

  /** The asynchronous twin of {@link #clientBuilder()}. */
  public DynamoDbAsyncClientBuilder asyncClientBuilder() {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(region())
        .credentialsProvider(credentials())
        .httpClient(asyncHttpClient);
  }

  /** A table name that nobody else in this JVM has got, such as {@code vault-7}. */
  public String newTableName(String prefix) {
    return prefix + "-" + tables.incrementAndGet();
  }

  private static ClientOverrideConfiguration overrides(ExecutionInterceptor... interceptors) {
    return ClientOverrideConfiguration.builder()
        .executionInterceptors(List.of(interceptors))
        .retryStrategy(RETRY_AT_ONCE)
        .build();
  }

  @Override
  public String toString() {
    return "DynamoDbLocal[" + endpoint + "]";
  }
}
