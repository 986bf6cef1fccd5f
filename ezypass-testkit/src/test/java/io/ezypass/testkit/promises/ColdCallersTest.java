package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.AsyncVault;
import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsCall;
import io.ezypass.testkit.kms.KmsErrors;
import io.ezypass.testkit.kms.KmsGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Three thousand callers at once on a vault whose keys nobody has opened yet. */
class ColdCallersTest {
  private static final int SYNC_CALLERS = 1_000;
  private static final int ASYNC_CALLERS = 2_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** So many callers wait for a connection for longer than clients do by default. */
  private final SdkHttpClient http =
      Apache5HttpClient.builder()
          .maxConnections(100)
          .connectionAcquisitionTimeout(PATIENCE)
          .socketTimeout(PATIENCE)
          .build();

  private final SdkAsyncHttpClient asyncHttp =
      NettyNioAsyncHttpClient.builder()
          .maxConcurrency(100)
          .connectionAcquisitionTimeout(PATIENCE)
          .readTimeout(PATIENCE)
          .build();

  private final DynamoDbClient client =
      DynamoDbLocal.shared().clientBuilder().httpClient(http).build();
  private final DynamoDbAsyncClient asyncClient =
      DynamoDbLocal.shared().asyncClientBuilder().httpClient(asyncHttp).build();
  private final List<Thread> threads = new ArrayList<>();
  private final List<CompletableFuture<?>> results = new ArrayList<>();

  @AfterEach
  void tearDown() {
    client.close();
    asyncClient.close();
    http.close();
    asyncHttp.close();
  }

  @Test
  void threeThousandColdCallersSyncAndAsyncMixedTakeOneKmsCall() throws Exception {
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass cold = patient(scene)) {
      readTheRoot(scene, cold);
      try (KmsGate gate = scene.local.kms().hold(KmsAction.DECRYPT)) {
        startAll(cold);
        gate.awaitHeld(1, PATIENCE);
        awaitBlocked();
        assertThat(results).hasSize(SYNC_CALLERS + ASYNC_CALLERS).noneMatch(r -> r.isDone());
      }

      for (CompletableFuture<?> result : results) {
        assertThat(((Page<?>) result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).items())
            .hasSize(1);
      }
      assertThat(scene.local.kms().calls())
          .extracting(KmsCall::action)
          .containsExactly(KmsAction.DECRYPT);
    }
  }

  @Test
  void aFailureIsSharedByThoseWhoWaitedAndNotKeptForThoseWhoComeLater() throws Exception {
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass cold = patient(scene)) {
      readTheRoot(scene, cold);
      scene.local.kms().failNext(KmsAction.DECRYPT, KmsErrors.throttled());
      try (KmsGate gate = scene.local.kms().hold(KmsAction.DECRYPT)) {
        startAll(cold);
        gate.awaitHeld(1, PATIENCE);
        awaitBlocked();
      }

      for (CompletableFuture<?> result : results) {
        assertThat(result.handle((page, failure) -> failure).get(3, TimeUnit.MINUTES)).isNotNull();
      }
      assertThat(scene.local.kms().callCount()).isEqualTo(1);
      assertThat(cold.repository().vault(Scene.ALICE).open()).hasSize(1);
      assertThat(scene.local.kms().callCount()).isEqualTo(2);
    }
  }

  @Test
  void coldCallersOfManyUsersTakeOneKmsCallEach() throws Exception {
    try (Scene scene = new Scene(Api.SYNC);
        EzyPass cold = scene.local.open(b -> b)) {
      List<UserId> users = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        users.add(scene.vaults.register(NewUser.withUsername("user " + i)).id());
      }
      scene.local.resetCounts();
      for (int round = 0; round < 10; round++) {
        for (UserId user : users) {
          results.add(cold.asyncRepository().vault(user).list(PageRequest.first(5)));
        }
      }
      for (CompletableFuture<?> result : results) {
        result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(users.size());
    }
  }

  private EzyPass patient(Scene scene) {
    return scene.local.open(
        b ->
            b.clients(client, scene.local.kms().client())
                .asyncClients(asyncClient, scene.local.kms().asyncClient()));
  }

  /** The root is read once per process; it is not what is counted here. */
  private static void readTheRoot(Scene scene, EzyPass cold) {
    assertThat(cold.repository().findUser(UserId.of("nobody"))).isEmpty();
    scene.local.resetCounts();
  }

  private void startAll(EzyPass cold) {
    Vault vault = cold.repository().vault(Scene.ALICE);
    AsyncVault asyncVault = cold.asyncRepository().vault(Scene.ALICE);
    for (int i = 0; i < SYNC_CALLERS; i++) {
      CompletableFuture<Page<CredentialSummary>> result = new CompletableFuture<>();
      results.add(result);
      Thread thread =
          new Thread(
              null,
              () -> {
                try {
                  result.complete(vault.list(PageRequest.first(5)));
                } catch (RuntimeException e) {
                  result.completeExceptionally(e);
                }
              },
              "cold-" + i,
              256 * 1024);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
      for (int j = 0; j < ASYNC_CALLERS / SYNC_CALLERS; j++) {
        results.add(asyncVault.list(PageRequest.first(5)));
      }
    }
  }

  /** Until every thread waits for the one that asks KMS, or is that one. */
  private void awaitBlocked() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING)) {
      assertThat(System.nanoTime()).as("all callers wait in the end").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
