package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.content;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.Finding;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RepairSummary;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is not torn is left alone, whatever others write meanwhile; {@code -Dezypass.seed=N}. */
class RepairBesideTrafficTest {
  private static final int WRITERS = 4;
  private static final int CALLS = 60;

  private final long seed = Long.getLong("ezypass.seed", System.nanoTime());

  @Test
  void aHealthyTableGivesNoFinding() {
    System.out.printf("repair of a healthy table, seed %d%n", seed);
    Random random = new Random(seed);
    try (RepairScene scene = new RepairScene()) {
      for (int i = 0; i < 30; i++) {
        NewUser user = NewUser.withId(UserId.of("user-" + i));
        user = random.nextBoolean() ? user.email("user" + i + "@example.com") : user;
        user = random.nextBoolean() ? user.username("user" + i) : user;
        scene.vaults.register(user);
        populate(scene, user.id(), random);
        if (i % 5 == 0) {
          scene.vaults.updateUser(
              user.id(), 1, new UserProfile(null, "new" + i + "@a.example", null));
        }
        if (i % 6 == 0) {
          scene.vaults.deleteUser(user.id());
        }
      }
      UserDeletion done = scene.vaults.deleteUser(UserId.of("user-0"));
      scene.local.clock().advance(Duration.ofHours(2));
      assertThat(scene.vaults.deleteUser(done.user()).state()).isEqualTo(UserDeletion.State.FINAL);
      endsRowByRow(scene, random);
      List<Map<String, AttributeValue>> before = scene.inspector.items();

      RepairSummary summary = scene.repair(Mode.APPLY);

      assertThat(summary.findings()).as("seed %d", seed).isEmpty();
      assertThat(summary.failures()).isEmpty();
      assertThat(summary.users()).isEqualTo(2 + 29);
      assertThat(scene.inspector.items()).isEqualTo(before);
    }
  }

  private static void populate(RepairScene scene, UserId user, Random random) {
    Vault vault = scene.vaults.vault(user);
    for (int i = random.nextInt(5); i > 0; i--) {
      Credential now = vault.add(some(scene, random));
      for (int moves = random.nextInt(4); moves > 0; moves--) {
        now = vault.update(now.id(), now.version(), some(scene, random));
      }
      switch (random.nextInt(8)) {
        case 0 -> vault.delete(now.id(), now.version());
        case 1 -> {
          vault.delete(now.id(), now.version());
          vault.trash().restore(now.id(), now.version() + 1).close();
        }
        case 2 -> {
          vault.delete(now.id(), now.version());
          vault.trash().purge(now.id(), now.version() + 1);
        }
        case 3 -> vault.sharing().share(now.id(), NewGrant.to(ALICE));
        case 4 -> vault.sharing().share(now.id(), NewGrant.to(BOB).until(scene.end));
        default -> {}
      }
    }
  }

  private static io.ezypass.model.CredentialContent some(RepairScene scene, Random random) {
    var content = content("site" + random.nextInt(4) + ".example", "login " + random.nextInt(2));
    content.rotateBy(day(random));
    return switch (random.nextInt(3)) {
      case 0 -> content.expiresAt(scene.end).build();
      case 1 -> content.expiresAt(scene.end.plusSeconds(3_600)).build();
      default -> content.build();
    };
  }

  /** In most cases none. */
  private static @Nullable LocalDate day(Random random) {
    int day = random.nextInt(5);
    return day > 1 ? null : LocalDate.of(2031, 2, 27).plusDays(day);
  }

  /** DynamoDB deletes what has ended, row by row and in no order. */
  private static void endsRowByRow(RepairScene scene, Random random) {
    scene.local.clock().advance(Duration.ofDays(30));
    long now = scene.local.clock().instant().getEpochSecond();
    scene.inspector.items().stream()
        .filter(item -> item.containsKey("ttl") && Long.parseLong(item.get("ttl").n()) <= now)
        .filter(item -> random.nextBoolean())
        .forEach(scene::remove);
  }

  @Test
  void whatOthersWriteIsNeverTakenForTorn() throws Exception {
    System.out.printf("repair beside writers, seed %d%n", seed);
    try (RepairScene scene = new RepairScene()) {
      Traffic traffic = new Traffic(scene, seed);
      List<RepairSummary> summaries = traffic.repairedMeanwhile();

      assertThat(summaries).hasSizeGreaterThan(2);
      Set<Finding.Outcome> outcomes = EnumSet.noneOf(Finding.Outcome.class);
      summaries.forEach(
          summary -> {
            assertThat(summary.failures()).isEmpty();
            summary.findings().forEach(finding -> outcomes.add(finding.outcome()));
          });
      assertThat(outcomes).as("seed %d", seed).isSubsetOf(Finding.Outcome.CHANGED_MEANWHILE);
      traffic.nothingIsLost();
      assertThat(scene.repairs()).isEmpty();
      scene.deletesEverything();
    }
  }

  @Test
  void whatIsTornIsMendedWhileOthersWrite() throws Exception {
    System.out.printf("repair of tears beside writers, seed %d%n", seed);
    try (RepairScene scene = new RepairScene()) {
      scene.inspector.put(scene.old(scene.movedBack, 2));
      scene.inspector.put(scene.old(scene.movedTwice, 1));
      scene.remove(scene.row(scene.moved));
      scene.remove(scene.claim("EMAIL#", ALICE));
      scene.remove(scene.listed(BOB));
      scene.change("KEYS", keys -> keys.remove("d"));
      Vault vault = scene.vaults.vault(ALICE);
      LocalDate day = LocalDate.of(2031, 2, 28);
      vault.edit(scene.plain, old -> old.toBuilder().rotateBy(day).build()).close();
      scene.remove(scene.due());
      vault.sharing().share(scene.ending, NewGrant.to(BOB));
      scene.remove(scene.pointer(scene.ending, BOB));
      Traffic traffic = new Traffic(scene, seed);

      List<RepairSummary> summaries = traffic.repairedMeanwhile();

      long mended = summaries.stream().mapToLong(s -> s.count(Finding.Outcome.MENDED)).sum();
      long reported = summaries.stream().mapToLong(s -> s.count(Finding.Outcome.REPORTED)).sum();
      assertThat(mended).as("seed %d", seed).isEqualTo(8);
      assertThat(reported).as("seed %d", seed).isZero();
      traffic.nothingIsLost();
      assertThat(scene.repairs()).isEmpty();
      scene.deletesEverything();
    }
  }

  /**
   * Writers that add, move, move back, delete, restore, share and give due dates in alice's vault,
   * and give bob other names.
   */
  private static final class Traffic {
    private final RepairScene scene;
    private final long seed;
    private final List<Map<CredentialId, String>> models = new ArrayList<>();
    private final AtomicInteger running = new AtomicInteger(WRITERS);

    Traffic(RepairScene scene, long seed) {
      this.scene = scene;
      this.seed = seed;
    }

    List<RepairSummary> repairedMeanwhile() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
      try {
        List<Future<Map<CredentialId, String>>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          int number = i;
          Callable<Map<CredentialId, String>> writer = () -> write(number);
          writers.add(threads.submit(writer));
        }
        List<RepairSummary> summaries = new ArrayList<>();
        try (EzyPass operator = scene.local.open(b -> b)) {
          do {
            summaries.add(operator.admin().repairAll(Mode.APPLY, JobOptions.unpaced()));
          } while (running.get() > 0 || summaries.size() < 3);
        }
        for (Future<Map<CredentialId, String>> writer : writers) {
          models.add(writer.get(120, TimeUnit.SECONDS));
        }
        return summaries;
      } finally {
        threads.shutdownNow();
      }
    }

    private Map<CredentialId, String> write(int number) {
      Random random = new Random(seed + number);
      Map<CredentialId, String> model = new HashMap<>();
      try (EzyPass process = scene.local.open(b -> b)) {
        VaultRepository vaults = process.repository();
        Vault vault = vaults.vault(ALICE);
        for (int call = 0; call < CALLS; call++) {
          String login = number + "-" + call;
          var next =
              content("site" + random.nextInt(3) + ".example", login).rotateBy(day(random)).build();
          List<CredentialId> mine = List.copyOf(model.keySet());
          if (mine.size() < 3) {
            model.put(vault.add(next).id(), login);
            continue;
          }
          CredentialId id = mine.get(random.nextInt(mine.size()));
          switch (random.nextInt(8)) {
            case 0 -> {
              long version = vault.get(id).version();
              vault.delete(id, version);
              switch (random.nextInt(3)) {
                case 0 -> vault.trash().restore(id, version + 1).close();
                case 1 -> {
                  vault.trash().purge(id, version + 1);
                  model.remove(id);
                }
                default -> model.remove(id);
              }
            }
            case 1 -> {
              if (number == 0) {
                vaults
                    .findUser(BOB)
                    .ifPresent(
                        bob ->
                            vaults.updateUser(
                                BOB, bob.version(), RepairScene.profile(login + "@b.example")));
              }
            }
            case 2, 3 -> {
              if (vault.sharing().grants(id).isEmpty()) {
                vault.sharing().share(id, NewGrant.to(BOB));
              } else {
                vault.sharing().revoke(id, BOB);
              }
            }
            default -> {
              vault.edit(id, content -> next);
              model.put(id, login);
            }
          }
        }
        return model;
      } finally {
        running.decrementAndGet();
      }
    }

    void nothingIsLost() {
      List<String> seen =
          scene.seen().stream()
              .filter(line -> !line.matches("\\S+ (trash|gives|receives) .*"))
              .toList();
      for (Map<CredentialId, String> model : models) {
        model.forEach(
            (id, login) ->
                assertThat(seen)
                    .as("seed %d", seed)
                    .anyMatch(
                        line ->
                            line.contains(id.value()) && line.endsWith("password of " + login)));
      }
      int written = models.stream().mapToInt(Map::size).sum();
      assertThat(seen).as("seed %d", seed).hasSize(2 + 9 + written);
    }
  }
}
