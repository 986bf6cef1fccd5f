package io.ezypass.testkit.promises;

import io.ezypass.EzyPass;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.RotationReport;
import io.ezypass.model.UserId;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.dynamodb.Faults;
import io.ezypass.testkit.kms.FakeKms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * A JVM that rotates a vault key on somebody else's DynamoDB Local, to be killed. It takes commands
 * on standard input, says on standard output how far it is, and ends with its parent.
 *
 * <pre>
 * rotate MILLIS                go on with the rotation, or start the next; the time of day
 * rotate-before-keys MILLIS    the same, but stand still when KEYS is about to be sent
 * rotate-after-keys MILLIS     the same, but stand still when KEYS was written
 * status MILLIS
 * </pre>
 */
final class RotationProcess {
  static final String READY = "READY";
  static final String SENDING = "KEYS SENDING";
  static final String WRITTEN = "KEYS WRITTEN";
  static final String ROW = "ROW ";
  static final String REPORT = "REPORT ";

  private final MutableClock clock = MutableClock.startingAt(Instant.EPOCH);
  private final BufferedReader commands =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final UserId user;
  private final Faults faults;
  private final EzyPass ezypass;
  private volatile String command = "";

  private RotationProcess(URI endpoint, String table, UserId user, long kmsSeed, long faultSeed) {
    this.user = user;
    FakeKms kms = FakeKms.seeded(kmsSeed);
    faults = Faults.seeded(faultSeed);
    faults.randomly(0.02, Fault.LOST_REQUEST, Fault.LOST_RESPONSE, Fault.THROTTLED);
    DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .overrideConfiguration(
                config ->
                    config
                        .addExecutionInterceptor(faults)
                        .addExecutionInterceptor(new KeysWrite())
                        .retryStrategy(
                            AwsRetryStrategy.legacyRetryStrategy().toBuilder()
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()))
            .build();
    ezypass =
        EzyPass.builder()
            .clients(client, kms.client())
            .table(table)
            .kmsKey(kms.createKey())
            .clock(clock)
            .build();
  }

  /** Takes endpoint, table, user, seed of the KMS fake and seed of the faults. */
  public static void main(String[] args) throws IOException {
    new RotationProcess(
            URI.create(args[0]),
            args[1],
            UserId.of(args[2]),
            Long.parseLong(args[3]),
            Long.parseLong(args[4]))
        .run();
  }

  private void run() throws IOException {
    // Loads what it is going to need, keys included, before anybody waits for it.
    ezypass.admin().rotationStatus(user);
    say(READY);
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      command = words[0];
      Instant now = Instant.ofEpochMilli(Long.parseLong(words[1]));
      clock.advance(Duration.between(clock.instant(), now));
      RotationReport report =
          command.equals("status")
              ? ezypass.admin().rotationStatus(user)
              : ezypass
                  .admin()
                  .rotate(
                      user,
                      JobOptions.unpaced().observedBy(progress -> say(ROW + progress.steps())));
      say(REPORT + RotationChild.Report.of(report));
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Stands still until it is killed, or ends if its parent has ended. */
  private static void standStill() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The parent has ended.
    }
    Runtime.getRuntime().halt(1);
  }

  private final class KeysWrite implements ExecutionInterceptor {
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      if (writesKeys(context)) {
        say(SENDING);
        if (command.equals("rotate-before-keys")) {
          standStill();
        }
      }
    }

    @Override
    public void afterTransmission(
        Context.AfterTransmission context, ExecutionAttributes attributes) {
      if (writesKeys(context)) {
        say(WRITTEN);
        if (command.equals("rotate-after-keys")) {
          standStill();
        }
      }
    }

    private static boolean writesKeys(Context.BeforeTransmission context) {
      return context.request() instanceof PutItemRequest put
          && put.item().get("sk").s().equals("KEYS");
    }
  }
}
