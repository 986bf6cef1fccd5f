package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.dynamodb.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One caller adds, updates, moves and deletes at random while a third of all requests fails in one
 * way or another. Nobody else writes, so every outcome can be known: what succeeded was done, what
 * is called unavailable was not done, and what is unknown is settled by resolving it.
 */
class SingleWriterStormTest {
  private static final int STEPS = 250;
  private static final List<String> WEBSITES = List.of("a.example", "b.example", "c.example");

  /** What must be in the vault. */
  private final Map<CredentialId, Expected> model = new HashMap<>();

  private int unknown;
  private int unavailable;

  private record Expected(long version, String login, String website) {}

  @ParameterizedTest
  @EnumSource(Api.class)
  void everyOutcomeIsTheTruth(Api api) {
    long seed = Long.getLong("ezypass.seed", System.nanoTime());
    System.out.println("single writer, replay with -Dezypass.seed=" + seed);
    Random random = new Random(seed);
    Faults faults = Faults.seeded(seed);
    faults.randomly(0.3, Fault.LOST_REQUEST, Fault.LOST_RESPONSE);
    faults.randomly(0.1, Fault.THROTTLED, Fault.TRANSACTION_CONFLICT, Fault.UNPROCESSED);
    try (Scene scene = new Scene(api);
        StormClients stormy = new StormClients(scene.local, faults)) {
      scene.othersVault().delete(scene.credential.id(), 1);
      Vault vault = api.of(stormy.ezypass()).vault(ALICE);
      for (int step = 0; step < STEPS; step++) {
        if (step % 40 == 0) {
          stormy.ezypass().evict(ALICE);
        }
        String what = api + ", seed " + seed + ", step " + step;
        step(scene, vault, random, "login " + step, what);
        assertThat(stored(scene)).as(what).isEqualTo(model);
      }
      assertThat(rows(scene)).as("seed " + seed).isEqualTo(rowsOf(model.keySet(), scene));
      System.out.printf(
          "%s, seed %d, %d faults, %d unknown, %d unavailable, %d credentials%n",
          api, seed, faults.log().size(), unknown, unavailable, model.size());
      assertThat(unknown).isPositive();
      assertThat(unavailable).isPositive();
    }
  }

  private void step(Scene scene, Vault vault, Random random, String login, String what) {
    String website = WEBSITES.get(random.nextInt(WEBSITES.size()));
    List<CredentialId> ids = new ArrayList<>(model.keySet());
    CredentialId id = ids.isEmpty() ? null : ids.get(random.nextInt(ids.size()));
    int kind = random.nextInt(10);
    if (id == null || (kind < 2 && ids.size() < 8)) {
      add(scene, vault, website, login, what);
    } else if (kind < 4) {
      long seen = model.get(id).version();
      boolean done =
          done(
              scene,
              what,
              () -> {
                vault.delete(id, seen);
                return null;
              });
      if (done) {
        model.remove(id);
      }
    } else {
      long seen = model.get(id).version();
      boolean done =
          done(
              scene,
              what,
              () ->
                  kind < 7
                      ? vault.update(id, seen, Scene.content(website, login))
                      : vault.edit(id, content -> Scene.content(website, login)));
      if (done) {
        model.put(id, new Expected(seen + 1, login, website));
      }
    }
  }

  private void add(Scene scene, Vault vault, String website, String login, String what) {
    if (done(scene, what, () -> vault.add(Scene.content(website, login)))) {
      CredentialId id =
          scene.othersVault().open().stream()
              .filter(summary -> login.equals(summary.login()))
              .map(CredentialSummary::id)
              .findFirst()
              .orElseThrow(() -> new AssertionError(what));
      model.put(id, new Expected(1, login, website));
    }
  }

  private boolean done(Scene scene, String what, Supplier<Credential> write) {
    try {
      Credential result = write.get();
      assertThat(result == null || result.version() >= 1).as(what).isTrue();
      return true;
    } catch (WriteOutcomeUnknownException e) {
      unknown++;
      WriteOutcome outcome = scene.others.resolve(e.pending());
      assertThat(outcome).as(what).isNotEqualTo(WriteOutcome.UNKNOWN);
      return outcome == WriteOutcome.APPLIED;
    } catch (StorageUnavailableException e) {
      unavailable++;
      return false;
    }
  }

  private static Map<CredentialId, Expected> stored(Scene scene) {
    Map<CredentialId, Expected> stored = new HashMap<>();
    scene
        .othersVault()
        .credentials()
        .forEach(
            c ->
                stored.put(
                    c.id(),
                    new Expected(c.version(), c.content().login(), c.content().website().value())));
    return stored;
  }

  /** The sort keys of all credentials and forwarding rows. */
  private static Set<String> rows(Scene scene) {
    Set<String> rows = new HashSet<>();
    for (Map<String, AttributeValue> item : scene.local.inspector().partition("U#alice")) {
      if (item.get("sk").s().startsWith("CRED#")) {
        rows.add(item.get("sk").s());
      }
    }
    return rows;
  }

  /** Where these credentials stand, and the rows that lead there: no other row may be left. */
  private static Set<String> rowsOf(Set<CredentialId> ids, Scene scene) {
    Set<String> rows = new HashSet<>();
    for (CredentialId id : ids) {
      String original = "CRED#" + id;
      rows.add(original);
      AttributeValue target = scene.local.inspector().item("U#alice", original).get("f");
      if (target != null) {
        rows.add(target.s());
      }
    }
    return rows;
  }
}
