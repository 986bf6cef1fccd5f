package io.ezypass.examples.quickstart;

import io.ezypass.EzyPass;
import io.ezypass.admin.TableCheck;
import io.ezypass.admin.TableOptions;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.CallCounter;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** A table and a KMS key on AWS, or behind any endpoints that speak the same protocols. */
record RemoteBackend(
    String description,
    EzyPass ezypass,
    TableInspector inspector,
    DynamoDbClient dynamoDb,
    CallCounter dynamoDbCalls,
    KmsClient kms,
    CallCounter kmsCalls)
    implements Backend {

  static RemoteBackend connect(Settings settings) {
    String kmsKey = settings.kmsKey();
    String table = settings.table();
    URI kmsEndpoint = settings.kmsEndpoint().orElse(null);
    URI dynamoDbEndpoint = settings.dynamoDbEndpoint().orElse(null);
    String where =
        "DynamoDB " + place(dynamoDbEndpoint) + " (table " + table + ", which stays there), KMS ";
    if (!settings.isAws() && kmsEndpoint == null) {
      throw new IllegalArgumentException("-Dezypass.endpoint.kms=URL is missing");
    }
    if (!settings.isAws() && dynamoDbEndpoint == null) {
      dynamoDbEndpoint = DynamoDbLocal.shared().endpoint();
      where = "DynamoDB Local inside this JVM, KMS ";
    }
    CallCounter dynamoDbCalls = new CallCounter();
    CallCounter kmsCalls = new CallCounter();
    DynamoDbClient dynamoDb =
        client(DynamoDbClient.builder(), settings, dynamoDbEndpoint, dynamoDbCalls);
    KmsClient kms = client(KmsClient.builder(), settings, kmsEndpoint, kmsCalls);
    EzyPass.Builder config = EzyPass.builder().clients(dynamoDb, kms).table(table).kmsKey(kmsKey);
    try (EzyPass setUp = config.build()) {
      prepare(setUp);
    }
    dynamoDbCalls.reset();
    kmsCalls.reset();
    return new RemoteBackend(
        where + place(kmsEndpoint),
        config.build(),
        new TableInspector(dynamoDb, table),
        dynamoDb,
        dynamoDbCalls,
        kms,
        kmsCalls);
  }

  /** Once in a table's life. In production this is a deployment job with permissions of its own. */
  private static void prepare(EzyPass ezypass) {
    TableCheck check = ezypass.admin().createTable(TableOptions.minimal());
    if (!check.problems().isEmpty()) {
      throw new IllegalStateException(String.join(" ", check.problems()));
    }
    ezypass.admin().initialise();
  }

  /** On AWS, the SDK's own defaults; elsewhere whatever is not in the environment is made up. */
  private static <B extends AwsClientBuilder<B, C>, C> C client(
      B builder, Settings settings, @Nullable URI endpoint, CallCounter calls) {
    builder.overrideConfiguration(config -> config.addExecutionInterceptor(calls));
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (!settings.isAws() && System.getenv("AWS_REGION") == null) {
      builder.region(Region.US_EAST_1);
    }
    if (!settings.isAws() && System.getenv("AWS_ACCESS_KEY_ID") == null) {
      builder.credentialsProvider(
          StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }
    return builder.build();
  }

  private static String place(@Nullable URI endpoint) {
    return endpoint == null ? "on AWS" : "at " + endpoint;
  }

  @Override
  public Cost takeCost() {
    Cost cost = new Cost(dynamoDbCalls.counts(), kmsCalls.counts());
    dynamoDbCalls.reset();
    kmsCalls.reset();
    return cost;
  }

  @Override
  public void close() {
    ezypass.close();
    dynamoDb.close();
    kms.close();
  }
}
