package io.ezypass;

import io.ezypass.internal.run.AsyncRunner;
import io.ezypass.internal.run.Background;
import io.ezypass.internal.run.KeyCache;
import io.ezypass.internal.run.SyncRunner;
import io.ezypass.internal.run.Telemetry;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** The user's clients, both pairs or one of them, and the runners that send through them. */
record EzyPassClients(
    @Nullable DynamoDbClient dynamoDb,
    @Nullable KmsClient kms,
    @Nullable DynamoDbAsyncClient asyncDynamoDb,
    @Nullable KmsAsyncClient asyncKms) {

  static final EzyPassClients NONE = new EzyPassClients(null, null, null, null);

  EzyPassClients with(DynamoDbClient blockingDynamoDb, KmsClient blockingKms) {
    return new EzyPassClients(blockingDynamoDb, blockingKms, asyncDynamoDb, asyncKms);
  }

  EzyPassClients withAsync(DynamoDbAsyncClient otherDynamoDb, KmsAsyncClient otherKms) {
    return new EzyPassClients(dynamoDb, kms, otherDynamoDb, otherKms);
  }

  /** Null without the blocking clients. */
  @Nullable SyncRunner sync(KeyCache cache, LongSupplier nanoTime, Telemetry telemetry) {
    return dynamoDb == null || kms == null
        ? null
        : new SyncRunner(dynamoDb, kms, cache, nanoTime, telemetry);
  }

  /** Null without the async clients. */
  @Nullable AsyncRunner async(
      KeyCache cache, Background background, LongSupplier nanoTime, Telemetry telemetry) {
    return asyncDynamoDb == null || asyncKms == null
        ? null
        : new AsyncRunner(asyncDynamoDb, asyncKms, cache, background, nanoTime, telemetry);
  }
}
