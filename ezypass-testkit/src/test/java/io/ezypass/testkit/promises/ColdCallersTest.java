package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** One KMS call opens a vault, however large it is and however many ask for it at once. */
class ColdCallersTest {
  private static final UserId USER = UserId.of("user-1");

  private final EzyPassLocal local = EzyPassLocal.start();

  @AfterEach
  void tearDown() {
    local.close();
  }

  @Test
  void opening500CredentialsIsOneKmsCallAndOpeningThemAgainIsNone() {
    local.repository().register(NewUser.withId(USER));
    add(500);
    try (EzyPass process = local.open(builder -> builder)) {
      local.resetCounts();
      assertThat(process.repository().vault(USER).open()).hasSize(500);
      assertThat(local.kms().callCount()).isEqualTo(1);
      assertThat(local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
      local.resetCounts();
      assertThat(process.repository().vault(USER).open()).hasSize(500);
      assertThat(process.repository().vault(USER).credentials()).hasSize(500);
      assertThat(local.kms().callCount()).isZero();
    }
  }

  /** The one Decrypt is held until every caller has read the wrapped key and found no other. */
  @Test
  void threeThousandColdCallersSyncAndAsyncAreOneKmsCall() throws InterruptedException {
    local.repository().register(NewUser.withId(USER));
    add(1);
    CountDownLatch opened = new CountDownLatch(3_000);
    DynamoDbLocal server = DynamoDbLocal.shared();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (EzyPass process =
        local.open(
            builder ->
                builder
                    .clients(server.client(counting(opened)), local.kms().client())
                    .asyncClients(
                        server.asyncClient(counting(opened)), local.kms().asyncClient()))) {
      local.resetCounts();
      List<CompletableFuture<Integer>> calls = new ArrayList<>();
      try (KmsGate gate = local.kms().hold(KmsAction.DECRYPT)) {
        for (int i = 0; i < 1_500; i++) {
          calls.add(process.asyncRepository().vault(USER).open().thenApply(List::size));
          calls.add(
              CompletableFuture.supplyAsync(
                  () -> process.repository().vault(USER).open().size(), threads));
        }
        assertThat(opened.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(gate.held()).isEqualTo(1);
      }
      assertThat(calls).hasSize(3_000).allMatch(call -> call.join() == 1);
      assertThat(local.kms().callCount()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static ExecutionInterceptor counting(CountDownLatch queries) {
    return new ExecutionInterceptor() {
      @Override
      public void afterExecution(
          Context.AfterExecution context, ExecutionAttributes attributes) {
        if (context.request() instanceof QueryRequest) {
          queries.countDown();
        }
      }
    };
  }

  private void add(int count) {
    List<CompletableFuture<?>> adding = new ArrayList<>();
    IntStream.range(0, count)
        .forEach(
            i ->
                adding.add(
                    local
                        .asyncRepository()
                        .vault(USER)
                        .add(
                            CredentialContent.builder()
                                .website("site-" + i + ".example")
                                .login("tahir")
                                .password(Secret.of("correct horse " + i))
                                .build())));
    adding.forEach(CompletableFuture::join);
  }
}
