package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.OperationEvent;
import io.ezypass.OperationEvent.Outcome;
import io.ezypass.Vault;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsErrors;
import io.ezypass.testkit.kms.KmsGate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * What an observer is told. That its requests are those of the catalogue is AccessPatternTest's
 * matter, lost requests and answers are ObservedWritesTest's.
 */
class ObserverTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<OperationEvent> events = new CopyOnWriteArrayList<>();

  /** DynamoDB Local rounds as DynamoDB does: 4 KB a read unit, 1 KB a write unit. */
  @ParameterizedTest
  @EnumSource(Api.class)
  void capacityIsWhatDynamoDbSays(Api api) {
    try (Scene scene = scene(api)) {
      CredentialId id = scene.credential.id();
      scene.vault().get(id);
      assertUnits("get", 1, 0);
      scene.vault().add(Scene.content("example.com", "x".repeat(1_000)));
      assertUnits("add", 0, 2);
      scene.vault().update(id, 1, Scene.content("github.com", "y"));
      assertUnits("update", 1, 1);
      scene.vault().delete(id, 2);
      assertUnits("delete", 0, 1);
      scene.vault().open();
      assertUnits("open", 1, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void keysAreFoundOrLoadedAndKmsCallsCounted(Api api) {
    try (Scene scene = scene(api)) {
      scene.vault().get(scene.credential.id());
      assertThat(last().keyCacheHits()).isEqualTo(1);
      assertThat(last().keyLoads()).isZero();
      assertThat(last().kmsCalls()).isEmpty();

      scene.local.ezypass().evict(Scene.ALICE);
      scene.vault().get(scene.credential.id());
      assertThat(last().keyCacheHits()).isZero();
      assertThat(last().keyLoads()).isEqualTo(1);
      assertThat(last().kmsCalls()).isEqualTo(Map.of("Decrypt", 1));
      assertThat(last().joinedKeyLoads()).isZero();
      assertThat(last().retries()).isZero();
      assertThat(last().reconciledWrites()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void everyFailureHasItsOutcome(Api api) {
    try (Scene scene = scene(api);
        EzyPass foreign =
            scene.local.open(b -> b.kmsKey(scene.local.kms().createKey()).observer(events::add));
        EzyPass nowhere = scene.local.open(b -> b.table("no-such-table").observer(events::add))) {
      Vault vault = scene.vault();
      CredentialId id = scene.credential.id();
      UserId nobody = UserId.of("nobody");
      ends(Outcome.NOT_FOUND, () -> vault.get(CredentialId.of("A".repeat(28))));
      ends(Outcome.NOT_FOUND, () -> scene.vaults.vault(nobody).open());
      ends(Outcome.ALREADY_EXISTS, () -> scene.vaults.register(NewUser.withUsername("alice")));
      ends(Outcome.VERSION_CONFLICT, () -> vault.delete(id, 7));
      ends(Outcome.INVALID_PAGE_TOKEN, () -> vault.list(page()));
      ends(Outcome.FAILED, () -> vault.edit(id, stored -> fail()));
      ends(Outcome.INVALID_ARGUMENT, () -> vault.edit(id, stored -> null));
      ends(Outcome.NOT_INITIALISED, () -> api.of(nowhere).vault(Scene.ALICE).open());
      ends(Outcome.KEY_NOT_ACCEPTED, () -> api.of(foreign).vault(Scene.ALICE).open());

      scene.local.faults().always(Fault.THROTTLED, "GetItem"::equals);
      ends(Outcome.STORAGE_THROTTLED, () -> vault.get(id));
      scene.local.faults().clear();
      scene.local.faults().always(Fault.LOST_RESPONSE, "GetItem"::equals);
      ends(Outcome.STORAGE_UNREACHABLE, () -> vault.get(id));
      scene.local.faults().clear();

      scene.local.ezypass().evict(Scene.ALICE);
      scene.local.kms().failNext(KmsErrors.accessDenied(KmsAction.DECRYPT));
      ends(Outcome.KEY_DENIED, () -> vault.get(id));
      scene.local.kms().throttleNext(1);
      ends(Outcome.KEY_THROTTLED, () -> vault.get(id));
      scene.local.kms().failNext(KmsErrors.unreachable());
      ends(Outcome.KEY_UNREACHABLE, () -> vault.get(id));
      scene.local.kms().disable(scene.local.kmsKey());
      ends(Outcome.KEY_REVOKED, () -> vault.get(id));
      scene.local.kms().enable(scene.local.kmsKey());

      scene.local.inspector().flip("U#alice", "CRED#" + id.value(), "m", 9);
      ends(Outcome.TAMPERED, () -> vault.get(id));
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void whatTheSdkRetriesIsCountedAlsoIfItSucceeds(Api api) {
    try (Scene scene = scene(api)) {
      scene.local.faults().times(2, Fault.THROTTLED, "Query"::equals);
      scene.vault().open();
      assertThat(last().outcome()).isEqualTo(Outcome.SUCCESS);
      assertThat(last().retries()).isEqualTo(2);
      assertThat(last().requests()).isEqualTo(Map.of("Query", 1));

      scene.local.ezypass().evict(Scene.ALICE);
      scene.local.faults().once(Fault.UNPROCESSED, "BatchGetItem");
      scene.vault().get(scene.credential.id());
      assertThat(last().retries()).isEqualTo(1);
      assertThat(last().requests()).isEqualTo(Map.of("BatchGetItem", 2));
    }
  }

  @Test
  void manyColdCallersAreOneLoadThatTheOthersJoin() throws Exception {
    try (Scene scene = scene(Api.SYNC);
        EzyPass cold = scene.local.open(b -> b.observer(events::add))) {
      assertThat(cold.repository().findUser(UserId.of("nobody"))).isEmpty();
      events.clear();
      List<CompletableFuture<?>> results = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      try (KmsGate gate = scene.local.kms().hold(KmsAction.DECRYPT)) {
        for (int i = 0; i < 20; i++) {
          results.add(cold.asyncRepository().vault(Scene.ALICE).list(PageRequest.first(5)));
        }
        gate.awaitHeld(1, PATIENCE);
        for (int i = 0; i < 10; i++) {
          CompletableFuture<Object> result = new CompletableFuture<>();
          results.add(result);
          Vault vault = cold.repository().vault(Scene.ALICE);
          Thread thread = new Thread(() -> result.complete(vault.list(PageRequest.first(5))));
          thread.setDaemon(true);
          threads.add(thread);
          thread.start();
        }
        awaitBlocked(threads);
        assertThat(events).isEmpty();
      }
      for (CompletableFuture<?> result : results) {
        result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(events).hasSize(30).allMatch(event -> event.outcome() == Outcome.SUCCESS);
      assertThat(events.stream().mapToInt(OperationEvent::keyLoads).sum()).isEqualTo(1);
      assertThat(events.stream().mapToInt(OperationEvent::joinedKeyLoads).sum()).isEqualTo(29);
      assertThat(events).filteredOn(event -> !event.kmsCalls().isEmpty()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void anObserverThatThrowsChangesNothing(Api api) {
    try (Scene scene =
        new Scene(
            api,
            builder ->
                builder.observer(
                    event -> {
                      events.add(event);
                      throw new IllegalStateException("observer");
                    }))) {
      assertThat(scene.vault().open()).hasSize(1);
      assertThatThrownBy(() -> scene.vault().get(CredentialId.of("A".repeat(28))))
          .hasMessageNotContaining("observer");
      assertThat(events).extracting(OperationEvent::operation).endsWith("open", "get");
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void aStreamIsAnOperationForEachPartThatItReads(Api api) {
    try (Scene scene = scene(api)) {
      assertThat(scene.vault().summaries().toList()).hasSize(1);
      assertThat(last().operation()).isEqualTo("summaries");
      assertThat(last().requests()).isEqualTo(Map.of("Query", 1));
      int before = events.size();
      assertThatThrownBy(() -> scene.vault().delete(scene.credential.id(), 0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(events).as("refused before anything is sent").hasSize(before);
    }
  }

  @Test
  void capacityIsAskedForOnlyIfSomebodyObserves() {
    try (Scene scene = new Scene(Api.SYNC, b -> b.policies(Scene.KEEP_NOTHING))) {
      scene.vault().update(scene.credential.id(), 1, Scene.content("github.com", "x"));
      assertThat(asked(scene)).isEqualTo(Map.of("GetItem", false, "PutItem", false));
      scene.local.resetCounts();
      try (EzyPass observed =
          scene.local.open(b -> b.policies(Scene.KEEP_NOTHING).observer(events::add))) {
        observed.repository().vault(Scene.ALICE).open();
        scene.local.resetCounts();
        observed
            .repository()
            .vault(Scene.ALICE)
            .update(scene.credential.id(), 2, Scene.content("github.com", "y"));
        assertThat(asked(scene)).isEqualTo(Map.of("GetItem", true, "PutItem", true));
      }
    }
  }

  @Test
  void theMetricPublishersOfAClientStayInUse() {
    List<MetricCollection> published = new CopyOnWriteArrayList<>();
    MetricPublisher theirs =
        new MetricPublisher() {
          @Override
          public void publish(MetricCollection request) {
            published.add(request);
          }

          @Override
          public void close() {}
        };
    try (Scene scene = new Scene(Api.SYNC);
        DynamoDbClient client =
            DynamoDbLocal.shared()
                .clientBuilder()
                .overrideConfiguration(c -> c.addMetricPublisher(theirs))
                .build();
        EzyPass observed =
            scene.local.open(
                b -> b.clients(client, scene.local.kms().client()).observer(events::add))) {
      observed.repository().vault(Scene.ALICE).open();
      assertThat(last().requests()).isEqualTo(Map.of("Query", 1, "GetItem", 1));
      assertThat(published)
          .flatExtracting(request -> request.metricValues(CoreMetric.OPERATION_NAME))
          .containsExactlyInAnyOrder("Query", "GetItem");
    }
  }

  private Scene scene(Api api) {
    Scene scene =
        new Scene(api, builder -> builder.policies(Scene.KEEP_NOTHING).observer(events::add));
    events.clear();
    return scene;
  }

  private OperationEvent last() {
    return events.get(events.size() - 1);
  }

  private void assertUnits(String operation, double read, double written) {
    assertThat(last().operation()).isEqualTo(operation);
    assertThat(last().readUnits()).as("read by " + operation).isEqualTo(read);
    assertThat(last().writeUnits()).as("written by " + operation).isEqualTo(written);
  }

  private void ends(Outcome outcome, Runnable call) {
    int before = events.size();
    assertThatThrownBy(call::run).as(outcome.name()).isNotNull();
    assertThat(events).as(outcome.name()).hasSize(before + 1);
    assertThat(last().outcome()).isEqualTo(outcome);
  }

  /** Whether each kind of request asked for its capacity. */
  private static Map<String, Boolean> asked(Scene scene) {
    List<GetItemRequest> gets = new ArrayList<>();
    List<PutItemRequest> puts = new ArrayList<>();
    scene
        .local
        .calls()
        .requests()
        .forEach(
            request -> {
              if (request instanceof GetItemRequest get) {
                gets.add(get);
              } else if (request instanceof PutItemRequest put) {
                puts.add(put);
              }
            });
    assertThat(gets).hasSize(1);
    assertThat(puts).hasSize(1);
    return Map.of(
        "GetItem", gets.get(0).returnConsumedCapacity() == ReturnConsumedCapacity.TOTAL,
        "PutItem", puts.get(0).returnConsumedCapacity() == ReturnConsumedCapacity.TOTAL);
  }

  private static PageRequest page() {
    return PageRequest.after(PageToken.of("AAAA"), 10);
  }

  private static CredentialContent fail() {
    throw new IllegalStateException("edit");
  }

  /** Until every thread waits for the load that is held. */
  private static void awaitBlocked(List<Thread> threads) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING)) {
      assertThat(System.nanoTime()).as("all callers wait in the end").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
