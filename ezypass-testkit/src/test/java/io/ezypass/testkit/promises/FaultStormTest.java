package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.VaultRepository;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.dynamodb.Faults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Eight threads increment one counter while three in ten requests or responses get lost or are
 * refused; and once more while it moves from website to website. Each increment also leaves its
 * name, so what was applied is known one by one, not by the sum alone.
 */
class FaultStormTest {
  private static final int THREADS = 8;
  private static final int INCREMENTS = 15;
  private static final List<String> WEBSITES = List.of("github.com", "gitlab.com", "example.com");

  private final Set<String> applied = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

  @ParameterizedTest
  @CsvSource({"SYNC, 1", "ASYNC, 1", "SYNC, 3", "ASYNC, 3"})
  void incrementsEndAtExactlyTheNumberOfThoseThatSucceeded(Api api, int websites) throws Exception {
    long seed = Long.getLong("ezypass.seed", System.nanoTime());
    System.out.println("fault storm, replay with -Dezypass.seed=" + seed);
    Faults faults = Faults.seeded(seed);
    faults.randomly(0.25, Fault.LOST_REQUEST, Fault.LOST_RESPONSE);
    faults.randomly(0.05, Fault.THROTTLED, Fault.TRANSACTION_CONFLICT);
    try (Scene scene = new Scene(api);
        StormClients stormy = new StormClients(scene.local, faults)) {
      scene.othersVault().edit(scene.credential.id(), content -> counted(content, null));
      VaultRepository vaults = api.of(stormy.ezypass());
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        String name = "t" + thread;
        running.add(pool.submit(() -> incrementAll(scene, vaults, name, websites)));
      }
      for (Future<?> each : running) {
        each.get(10, TimeUnit.MINUTES);
      }
      pool.shutdown();

      Credential end = scene.othersVault().get(scene.credential.id());
      List<String> names = names(end.content());
      String replay =
          String.format(
              "%s, %d websites, seed %d, %d faults, %d applied, %d refused, %d unsettled",
              api,
              websites,
              seed,
              faults.log().size(),
              applied.size(),
              refused.size(),
              unsettled.size());
      System.out.println(replay);
      assertThat(names).as(replay).doesNotHaveDuplicates().containsAll(applied);
      assertThat(names)
          .as(replay)
          .allMatch(name -> applied.contains(name) || unsettled.contains(name));
      assertThat(Integer.parseInt(end.content().login())).as(replay).isEqualTo(names.size());
      assertThat(end.version()).as(replay).isEqualTo(2 + names.size());
      assertThat(applied.size() + refused.size() + unsettled.size())
          .isEqualTo(THREADS * INCREMENTS);
      assertThat(applied).as(replay).hasSizeGreaterThan(THREADS * INCREMENTS / 4);
      assertThat(faults.log()).hasSizeGreaterThan(THREADS * INCREMENTS / 4);
    }
  }

  private void incrementAll(Scene scene, VaultRepository vaults, String thread, int websites) {
    for (int i = 0; i < INCREMENTS; i++) {
      String name = thread + "." + i;
      String website = WEBSITES.get(i % websites);
      outcome(scene, vaults, name, website).add(name);
    }
  }

  private Set<String> outcome(Scene scene, VaultRepository vaults, String name, String website) {
    try {
      vaults
          .vault(Scene.ALICE)
          .edit(
              scene.credential.id(),
              content -> counted(content, name).toBuilder().website(website).build());
      return applied;
    } catch (WriteOutcomeUnknownException e) {
      return switch (scene.others.resolve(e.pending())) {
        case APPLIED -> applied;
        case NOT_APPLIED -> refused;
        case UNKNOWN -> unsettled;
      };
    } catch (VersionConflictException | StorageUnavailableException e) {
      return refused;
    }
  }

  /** The content with one more increment, or with none. */
  private static CredentialContent counted(CredentialContent content, String name) {
    List<String> names = new ArrayList<>(name == null ? List.of() : names(content));
    if (name != null) {
      names.add(name);
    }
    String count = name == null ? "0" : Integer.toString(Integer.parseInt(content.login()) + 1);
    return content.toBuilder().login(count).description(String.join(" ", names)).build();
  }

  private static List<String> names(CredentialContent content) {
    String all = content.meta().description();
    return all == null
        ? List.of()
        : Arrays.stream(all.split(" ")).collect(Collectors.toUnmodifiableList());
  }
}
