package io.ezypass.testkit.dynamodb;

import io.ezypass.testkit.internal.server.ServerLauncher;
import java.net.URI;
import java.time.Duration;
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
  /** The SDK's own default for DynamoDB. */
  private static final int MAX_ATTEMPTS = 9;

  private static final BackoffStrategy AT_ONCE = BackoffStrategy.retryImmediately();

  /**
   * Retries at once would all be made by Netty's thread before it sees that more connections than
   * the one that failed were closed.
   */
  private static final BackoffStrategy A_MOMENT =
      BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(2));

  private static @Nullable DynamoDbLocal shared;

  private final URI endpoint;
  private final AtomicInteger tables = new AtomicInteger();
  private final SdkHttpClient httpClient = Apache5HttpClient.create();
  private final DynamoDbClient client;
  private @Nullable DynamoDbAsyncClient asyncClient;

  private DynamoDbLocal(URI endpoint) {
    this.endpoint = endpoint;
    this.client = client(new ExecutionInterceptor[0]);
  }

  /**
   * The server of this JVM, started now if it has not been.
   *
   * @return always the same server
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

  /**
   * Where it listens.
   *
   * @return such as {@code http://127.0.0.1:40123}
   */
  public URI endpoint() {
    return endpoint;
  }

  /**
   * The region that its clients use. All regions share one set of tables.
   *
   * @return the region
   */
  public Region region() {
    return Region.US_EAST_1;
  }

  /**
   * Credentials that mean nothing; the server takes any.
   *
   * @return credentials without a meaning
   */
  public AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
  }

  /**
   * The client that everybody shares: do not close it. As with {@link
   * #client(ExecutionInterceptor...)}, it retries at once.
   *
   * @return the client
   */
  public DynamoDbClient client() {
    return client;
  }

  /**
   * Makes a client of its own with these interceptors. It retries as often as the SDK does by
   * default, out of a retry budget of its own, but at once and without the SDK's waiting.
   *
   * @param interceptors called in this order
   * @return a new client; closing it is optional
   */
  public DynamoDbClient client(ExecutionInterceptor... interceptors) {
    return clientBuilder().overrideConfiguration(overrides(AT_ONCE, interceptors)).build();
  }

  /**
   * The asynchronous client that everybody shares: do not close it.
   *
   * @return the client
   */
  public synchronized DynamoDbAsyncClient asyncClient() {
    DynamoDbAsyncClient made = asyncClient;
    if (made == null) {
      made = asyncClient(new ExecutionInterceptor[0]);
      asyncClient = made;
    }
    return made;
  }

  /**
   * The asynchronous twin of {@link #client(ExecutionInterceptor...)}. It waits for two
   * milliseconds before it retries.
   *
   * @param interceptors called in this order
   * @return a new client; closing it is optional
   */
  public DynamoDbAsyncClient asyncClient(ExecutionInterceptor... interceptors) {
    return asyncClientBuilder().overrideConfiguration(overrides(A_MOMENT, interceptors)).build();
  }

  /**
   * A builder to add to. The SDK's default retries apply unless the caller sets others.
   *
   * @return a builder with endpoint, region, credentials and HTTP client set
   */
  public DynamoDbClientBuilder clientBuilder() {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(region())
        .credentialsProvider(credentials())
        .httpClient(httpClient);
  }

  /**
   * The asynchronous twin of {@link #clientBuilder()}.
   *
   * @return a builder with endpoint, region, credentials and HTTP client set
   */
  public DynamoDbAsyncClientBuilder asyncClientBuilder() {
    return DynamoDbAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(region())
        .credentialsProvider(credentials())
        .httpClient(AsyncHttp.CLIENT);
  }

  /**
   * Makes up a table name that nobody else in this JVM has got.
   *
   * @param prefix how it starts
   * @return the prefix and a number, such as {@code vault-7}
   */
  public String newTableName(String prefix) {
    return prefix + "-" + tables.incrementAndGet();
  }

  private static ClientOverrideConfiguration overrides(
      BackoffStrategy wait, ExecutionInterceptor... interceptors) {
    return ClientOverrideConfiguration.builder()
        .executionInterceptors(List.of(interceptors))
        .retryStrategy(retries(wait))
        .build();
  }

  /** A new one each time, since a strategy has one retry budget for all who use it. */
  private static RetryStrategy retries(BackoffStrategy wait) {
    return AwsRetryStrategy.legacyRetryStrategy().toBuilder()
        .maxAttempts(MAX_ATTEMPTS)
        .backoffStrategy(wait)
        .throttlingBackoffStrategy(wait)
        .build();
  }

  @Override
  public String toString() {
    return "DynamoDbLocal[" + endpoint + "]";
  }

  /** Netty, started by the first who wants it. */
  private static final class AsyncHttp {
    /**
     * Shorter than the server's, which would close a connection just as a request is sent on it.
     */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(10);

    static final SdkAsyncHttpClient CLIENT =
        new DetachedHttpClient(
            NettyNioAsyncHttpClient.builder().connectionMaxIdleTime(LONGEST_IDLE).build());
  }
}
