package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserProfile;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.kms.FakeKms;
import io.ezypass.testkit.kms.KmsAction;
import io.ezypass.testkit.kms.KmsErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What each answer of KMS means in each state of the key cache: the table of docs/security.md, a
 * test for every cell. Typed and closed to whoever has no keys cached, nothing written, and no
 * longer than it lasts.
 */
@Timeout(120)
class KmsStatesTest {
  private static final Duration TTL = Duration.ofMinutes(5);

  /** Past the last moment at which a refresh falls due, 15 % before the end. */
  private static final Duration REFRESH_DUE = Duration.ofSeconds(260);

  /** The state of the key cache when KMS begins to answer so. */
  enum CacheState {
    COLD("cold"),
    WARM("warm"),
    REFRESH_DUE("warm, refresh due"),
    EXPIRED("expired"),
    EVICTED("evicted"),
    IN_USE("evicted while a call runs");

    final String title;

    CacheState(String title) {
      this.title = title;
    }
  }

  /** What the library then does. */
  enum Behaviour {
    OPENS("opens"),
    REFUSES("refused: `%s`"),
    SERVES("served, KMS is not asked"),
    SERVES_AND_RENEWS("served, keys are renewed"),
    SERVES_ONCE("served once, then refused: `%s`"),
    SERVES_UNTIL_TTL("served until the TTL, then refused: `%s`"),
    ENDS_THEN_OPENS("the call ends, the next one opens"),
    ENDS_THEN_REFUSES("the call ends, the next one is refused: `%s`");

    final String text;

    Behaviour(String text) {
      this.text = text;
    }

    static Behaviour of(KmsAnswer answer, CacheState state) {
      return switch (state) {
        case COLD, EXPIRED, EVICTED -> answer.refuses() ? REFUSES : OPENS;
        case WARM -> SERVES;
        case REFRESH_DUE -> {
          if (!answer.refuses()) {
            yield SERVES_AND_RENEWS;
          }
          yield answer.isTransient() ? SERVES_UNTIL_TTL : SERVES_ONCE;
        }
        case IN_USE -> answer.refuses() ? ENDS_THEN_REFUSES : ENDS_THEN_OPENS;
      };
    }
  }

  /** Every cell leaves its scene as it found it, and is a process of its own. */
  private static final Map<Api, Scene> SCENES = new EnumMap<>(Api.class);

  @BeforeAll
  static void open() {
    for (Api api : Api.values()) {
      SCENES.put(api, new Scene(api));
    }
  }

  @AfterAll
  static void close() {
    SCENES.values().forEach(Scene::close);
  }

  static Stream<Arguments> cells() {
    return Stream.of(KmsAnswer.values())
        .flatMap(
            answer ->
                Stream.of(CacheState.values())
                    .flatMap(
                        state ->
                            Stream.of(Api.values()).map(api -> Arguments.of(answer, state, api))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("cells")
  void cell(KmsAnswer answer, CacheState state, Api api) {
    Scene scene = SCENES.get(api);
    try (Instance process = new Instance(scene, api)) {
      try {
        process.bring(state);
        process.check(answer, state);
      } finally {
        answer.end(scene.local);
      }
      process.ezypass.evictAll();
      assertThat(process.vault.open()).as("a failure is not kept").hasSize(1);
    }
  }

  @Test
  void theTableInTheDocumentIsThisOne() throws IOException {
    String header =
        Stream.of(CacheState.values())
            .map(state -> state.title)
            .collect(Collectors.joining(" | ", "| KMS answers | ", " |"));
    List<String> rows =
        Stream.of(KmsAnswer.values())
            .map(
                answer ->
                    Stream.of(CacheState.values())
                        .map(state -> Behaviour.of(answer, state))
                        .map(behaviour -> behaviour.text.formatted(answer.refusal()))
                        .collect(Collectors.joining(" | ", "| " + answer.title + " | ", " |")))
            .toList();
    List<String> table =
        Files.readAllLines(Path.of("").toAbsolutePath().resolveSibling("docs/security.md")).stream()
            .dropWhile(line -> !line.contains("<!-- kms-states -->"))
            .dropWhile(line -> !line.startsWith("|"))
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(table).startsWith(header, "|---".repeat(CacheState.values().length + 1) + "|");
    assertThat(table.subList(2, table.size())).containsExactlyElementsOf(rows);
  }

  /** The process under test; what it would do in the background waits in a queue. */
  private static final class Instance implements AutoCloseable {
    final Scene scene;
    final Queue<Runnable> background = new ConcurrentLinkedQueue<>();
    final EzyPass ezypass;
    final VaultRepository vaults;
    final Vault vault;

    Instance(Scene scene, Api api) {
      this.scene = scene;
      ezypass = scene.local.open(b -> b.executor(background::add).keyCacheTtl(TTL));
      vaults = api.of(ezypass);
      vault = vaults.vault(ALICE);
    }

    void bring(CacheState state) {
      if (state != CacheState.COLD) {
        assertThat(vault.open()).hasSize(1);
      }
      switch (state) {
        case COLD, WARM, IN_USE -> {}
        case REFRESH_DUE -> scene.local.clock().advance(REFRESH_DUE);
        case EXPIRED -> scene.local.clock().advance(TTL);
        case EVICTED -> ezypass.evict(ALICE);
      }
      scene.local.resetCounts();
    }

    void check(KmsAnswer answer, CacheState state) {
      if (state != CacheState.IN_USE) {
        answer.begin(scene.local);
      }
      List<Map<String, AttributeValue>> before = scene.local.inspector().items();
      switch (Behaviour.of(answer, state)) {
        case OPENS -> assertThat(vault.open()).hasSize(1);
        case REFUSES -> {
          calls(scene, vaults).forEach((name, call) -> refused(name, call, answer));
          assertThat(scene.local.inspector().items()).isEqualTo(before);
        }
        case SERVES -> {
          assertThat(vault.open()).hasSize(1);
          assertThat(vault.get(scene.credential.id()).version()).isEqualTo(1);
          vault.delete(vault.add(Scene.content("example.com", "second")).id(), 1);
          assertThat(vault.trash().empty()).isEqualTo(1);
          assertThat(scene.local.kms().callCount()).isZero();
        }
        case SERVES_AND_RENEWS -> {
          refresh();
          await(() -> scene.local.kms().callCount(KmsAction.DECRYPT) == 1);
          scene.local.clock().advance(TTL.minus(REFRESH_DUE));
          assertThat(vault.open()).as("past the first TTL").hasSize(1);
          assertThat(scene.local.kms().callCount()).isEqualTo(1);
        }
        case SERVES_ONCE -> {
          refresh();
          await(() -> catchThrowable(vault::open) != null);
          refused("open", vault::open, answer);
        }
        case SERVES_UNTIL_TTL -> {
          refresh();
          await(() -> scene.local.kms().failedCallCount(KmsAction.DECRYPT) == 1);
          assertThat(vault.open()).hasSize(1);
          scene.local.clock().advance(TTL.minus(REFRESH_DUE));
          refused("open", vault::open, answer);
        }
        case ENDS_THEN_OPENS -> {
          closeWhileACallRuns(answer);
          assertThat(vault.open()).hasSize(1);
          assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
        }
        case ENDS_THEN_REFUSES -> {
          closeWhileACallRuns(answer);
          refused("open", vault::open, answer);
        }
      }
    }

    /** A hit, which starts the refresh, and then the refresh. */
    private void refresh() {
      assertThat(vault.open()).as("served while it is refreshed").hasSize(1);
      assertThat(scene.local.kms().callCount()).isZero();
      assertThat(background).hasSize(1);
      background.remove().run();
    }

    private void closeWhileACallRuns(KmsAnswer answer) {
      scene
          .local
          .faults()
          .beforeSend(
              "Query",
              () -> {
                answer.begin(scene.local);
                ezypass.evictAll();
              });
      assertThat(vault.open()).as("the call under way").hasSize(1);
      assertThat(scene.local.kms().callCount()).isZero();
    }

    private static void await(BooleanSupplier condition) {
      while (!condition.getAsBoolean()) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      ezypass.close();
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void noUserIsRegisteredInHalf(KmsAnswer answer, Api api) {
    try (Scene scene = new Scene(api)) {
      NewUser carol = NewUser.withEmail("carol@example.com");
      List<Map<String, AttributeValue>> before = scene.local.inspector().items();
      answer.begin(scene.local);

      refused("register", () -> scene.vaults.register(carol), answer);
      assertThat(scene.local.inspector().items()).isEqualTo(before);

      answer.end(scene.local);
      assertThat(scene.vaults.register(carol).version()).isEqualTo(1);
    }
  }

  /** What GenerateDataKey can answer: nothing is unwrapped by it. */
  static Stream<Arguments> refusals() {
    return Stream.of(KmsAnswer.values())
        .filter(
            answer ->
                switch (answer) {
                  case OK, NOT_ACCEPTED, INVALID_CIPHERTEXT, INCORRECT_KEY -> false;
                  default -> true;
                })
        .flatMap(answer -> Stream.of(Api.values()).map(api -> Arguments.of(answer, api)));
  }

  @Test
  void evictingAllClosesEveryVaultAndTheTableItself() {
    try (Scene scene = new Scene(Api.SYNC)) {
      scene.local.kms().disable(scene.local.kmsKey());
      assertThat(scene.vaults.listUsers(PageRequest.first(10)).items()).hasSize(1);
      scene.local.ezypass().evict(ALICE);
      assertThat(scene.vaults.listUsers(PageRequest.first(10)).items()).hasSize(1);
      scene.local.ezypass().evictAll();
      refused(
          "list users", () -> scene.vaults.listUsers(PageRequest.first(10)), KmsAnswer.DISABLED);
    }
  }

  @ParameterizedTest
  @EnumSource(Api.class)
  void keysThatAreWrappedAnewWhileKmsRefusesTheOldOnesAreReadAgainAndOpened(Api api) {
    try (Scene scene = new Scene(api)) {
      TableInspector inspector = scene.local.inspector();
      Map<String, AttributeValue> keys = inspector.item("U#alice", "KEYS");
      inspector.flip("U#alice", "KEYS", "w", 500);
      scene.local.ezypass().evict(ALICE);
      scene
          .local
          .kms()
          .failNext(
              KmsAction.DECRYPT,
              1,
              () -> {
                inspector.put(keys);
                return KmsErrors.invalidCiphertext();
              });

      assertThat(scene.vault().open()).hasSize(1);
      assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(2);
    }
  }

  @Test
  void keysThatAreTheSameAfterARefusalAreNotTriedAgain() {
    try (Scene scene = new Scene(Api.SYNC)) {
      scene.local.inspector().flip("U#alice", "KEYS", "w", 500);
      scene.local.ezypass().evict(ALICE);

      refused("open", () -> scene.vault().open(), KmsAnswer.INVALID_CIPHERTEXT);
      assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
    }
  }

  private static Map<String, Runnable> calls(Scene scene, VaultRepository vaults) {
    Vault vault = vaults.vault(ALICE);
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("open", vault::open);
    calls.put("get", () -> vault.get(scene.credential.id()));
    calls.put("list", () -> vault.list(PageRequest.first(10)));
    calls.put("summaries", () -> vault.summaries().forEach(summary -> {}));
    calls.put("find", () -> vault.findByWebsite(Website.of("github.com"), WebsiteMatch.EXACT));
    calls.put("add", () -> vault.add(Scene.content("github.com", "second")));
    calls.put(
        "update", () -> vault.update(scene.credential.id(), 1, Scene.content("github.com", "x")));
    calls.put("edit", () -> vault.edit(scene.credential.id(), content -> content));
    calls.put("delete", () -> vault.delete(scene.credential.id(), 1));
    calls.put("list revisions", () -> vault.history().list(scene.credential.id()));
    calls.put("read a revision", () -> vault.history().get(scene.credential.id(), 1));
    calls.put("compare", () -> vault.history().compare(scene.credential.id(), 1, 1));
    calls.put("revert", () -> vault.history().revert(scene.credential.id(), 1, 1));
    calls.put("list the trash", () -> vault.trash().list(PageRequest.first(10)));
    calls.put("restore", () -> vault.trash().restore(scene.credential.id(), 2));
    calls.put("empty the trash", () -> vault.trash().empty());
    calls.put("find user", () -> vaults.findUser(ALICE));
    calls.put("register", () -> vaults.register(NewUser.withUsername("carol")));
    calls.put(
        "update user", () -> vaults.updateUser(ALICE, 1, new UserProfile("alice", null, null)));
    calls.put("list users", () -> vaults.listUsers(PageRequest.first(10)));
    return calls;
  }

  static void refused(String what, Runnable call, KmsAnswer answer) {
    Throwable failure = catchThrowable(call::run);
    assertThat(KmsAnswer.refusal(failure)).as(what).isEqualTo(answer.refusal());
    assertThat(failure.getMessage()).as(what).doesNotContain("arn:", FakeKms.ACCOUNT_ID, "sts");
    assertThat(failure).as(what).hasNoCause();
  }
}
