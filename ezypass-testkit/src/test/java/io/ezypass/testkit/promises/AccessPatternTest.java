package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.OperationEvent;
import io.ezypass.OperationEvent.Outcome;
import io.ezypass.internal.table.AccessPattern;
import io.ezypass.model.Credential;
import io.ezypass.model.UserKey;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.contract.BlockingVaultRepository;
import io.ezypass.testkit.kms.KmsAction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Every cell of the access-pattern catalogue, sync and async, by counting the requests and KMS
 * calls that were really sent.
 */
class AccessPatternTest {
  private final EzyPassLocal local = EzyPassLocal.start();
  private final List<OperationEvent> events = new CopyOnWriteArrayList<>();
  private final AccessPatternScene scene = new AccessPatternScene(local, events);

  enum Cache {
    WARM,
    COLD
  }

  enum Style {
    SYNC,
    ASYNC
  }

  static Stream<Arguments> cells() {
    return Stream.of(AccessPattern.values())
        .flatMap(
            pattern ->
                Stream.of(Cache.values())
                    .flatMap(
                        cache ->
                            Stream.of(Style.values())
                                .map(style -> Arguments.of(pattern, cache, style))));
  }

  @AfterEach
  void tearDown() {
    local.close();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void sendsWhatTheCatalogueSays(AccessPattern pattern, Cache cache, Style style) {
    Credential credential = scene.prepare(pattern);
    try (EzyPass process = scene.process(pattern)) {
      // Not counted by the catalogue: the root and the lookup key, once per process.
      process.repository().vault(AccessPatternScene.OTHER).open();
      process.repository().findUserBy(UserKey.email("other@example.com"));
      if (cache == Cache.WARM) {
        process.repository().vault(AccessPatternScene.USER).open();
        process.repository().findUser(AccessPatternScene.SHARER);
      }
      local.resetCounts();
      events.clear();
      scene.call(
          pattern,
          style == Style.SYNC
              ? process.repository()
              : BlockingVaultRepository.of(process.asyncRepository()),
          process.admin(),
          credential);
      assertThat(sent()).isEqualTo(counted(cache == Cache.WARM ? pattern.warm() : pattern.cold()));
      assertThat(events).hasSize(1).allMatch(event -> event.outcome() == Outcome.SUCCESS);
      assertThat(observed(events.get(0))).as("what an observer is told").isEqualTo(sent());
    }
  }

  @ParameterizedTest
  @EnumSource(AccessPattern.class)
  void readsConsistentlyAndNeverScans(AccessPattern pattern) {
    Credential credential = scene.prepare(pattern);
    local.resetCounts();
    try (EzyPass process = scene.process(pattern)) {
      scene.call(pattern, process.repository(), process.admin(), credential);
    }
    assertThat(local.calls().counts()).doesNotContainKey("Scan");
    assertThat(local.calls().requests())
        .filteredOn(request -> request instanceof QueryRequest)
        .allMatch(request -> ((QueryRequest) request).consistentRead());
  }

  @Test
  void movingToAnotherKmsKeyNeedsFourPermissions() {
    assertThat(AccessPattern.MIGRATE.iamActions())
        .containsExactly(
            "dynamodb:GetItem", "dynamodb:UpdateItem", "kms:ReEncryptFrom", "kms:ReEncryptTo");
  }

  @Test
  void firstUseOfATableReadsItsRootOnce() {
    scene.prepare(AccessPattern.GET);
    try (EzyPass process = local.open(builder -> builder)) {
      local.resetCounts();
      process.repository().vault(AccessPatternScene.USER).open();
      assertThat(sent()).isEqualTo(Map.of("Query", 1, "GetItem", 1, "Decrypt", 1));
      local.resetCounts();
      process.repository().vault(AccessPatternScene.OTHER).open();
      assertThat(sent()).isEqualTo(Map.of("Query", 1, "Decrypt", 1));
    }
  }

  @Test
  void firstUseOfTheLookupKeyAddsOneGetItemAndOneKmsCall() {
    scene.prepare(AccessPattern.GET);
    try (EzyPass process = local.open(builder -> builder)) {
      process.repository().vault(AccessPatternScene.USER).open();
      local.resetCounts();
      process.repository().findUserBy(UserKey.username("tahir"));
      assertThat(sent()).isEqualTo(Map.of("GetItem", 3, "Decrypt", 1));
    }
  }

  @Test
  void anAliasAddsOneDescribeKeyPerProcess() {
    scene.prepare(AccessPattern.GET);
    local.kms().createAlias("alias/vault", local.kmsKey());
    try (EzyPass process = local.open(builder -> builder.kmsKey("alias/vault"))) {
      process.repository().vault(AccessPatternScene.USER).open();
      process.repository().vault(AccessPatternScene.OTHER).open();
      assertThat(local.kms().callCount(KmsAction.DESCRIBE_KEY)).isEqualTo(1);
    }
  }

  @Test
  void findingByWebsiteAsksOncePerParentDomain() {
    scene.prepare(AccessPattern.GET);
    local.repository().vault(AccessPatternScene.USER).open();
    local.resetCounts();
    local
        .repository()
        .vault(AccessPatternScene.USER)
        .findByWebsite(Website.of("a.b.example.com"), WebsiteMatch.WITH_PARENT_DOMAINS);
    assertThat(sent()).isEqualTo(Map.of("Query", 3));
  }

  private Map<String, Integer> sent() {
    Map<String, Integer> sent = new TreeMap<>(local.calls().counts());
    local
        .kms()
        .callCounts()
        .forEach(
            (action, count) -> {
              if (count > 0) {
                sent.put(action.operationName(), count);
              }
            });
    return sent;
  }

  private static Map<String, Integer> observed(OperationEvent event) {
    Map<String, Integer> observed = new TreeMap<>(event.requests());
    observed.putAll(event.kmsCalls());
    return observed;
  }

  private static Map<String, Integer> counted(List<String> requests) {
    Map<String, Integer> counts = new TreeMap<>();
    requests.forEach(request -> counts.merge(request, 1, Integer::sum));
    return counts;
  }
}
