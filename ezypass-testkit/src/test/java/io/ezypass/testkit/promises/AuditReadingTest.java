package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.AuditScene.AUDITED;
import static io.ezypass.testkit.promises.AuditScene.PARTITION;
import static io.ezypass.testkit.promises.AuditScene.edit;
import static io.ezypass.testkit.promises.AuditScene.events;
import static io.ezypass.testkit.promises.AuditScene.numbers;
import static io.ezypass.testkit.promises.AuditScene.row;
import static io.ezypass.testkit.promises.AuditScene.rows;
import static io.ezypass.testkit.promises.AuditScene.trail;
import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.Finding;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.error.InvalidPageTokenException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.VaultPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a reader of an audit trail may believe, on DynamoDB Local. */
class AuditReadingTest {
  @ParameterizedTest
  @EnumSource(Api.class)
  void pagesAndRangesAreCutOutOfOneTrail(Api api) {
    try (Scene scene = AuditScene.start(api)) {
      Instant start = scene.local.clock().instant();
      for (int day = 1; day <= 90; day++) {
        scene.local.clock().advance(Duration.ofDays(1));
        scene.vault().edit(scene.credential.id(), seen -> seen.toBuilder().title("t").build());
      }
      Vault vault = scene.vault();
      List<AuditEvent> all = events(vault, AuditRange.all(), 1_000);

      assertThat(numbers(all)).isEqualTo(LongStream.rangeClosed(1, 92).boxed().toList());
      assertThat(rows(scene).stream().map(sk -> sk.substring(0, 13)).distinct().count())
          .as("months")
          .isGreaterThan(3);
      assertThat(events(vault, AuditRange.all(), 7)).isEqualTo(all);
      Instant from = start.plus(Duration.ofDays(10));
      Instant until = start.plus(Duration.ofDays(50));
      for (int limit : new int[] {1, 7, 1_000}) {
        assertThat(events(vault, AuditRange.between(from, until), limit))
            .isEqualTo(
                all.stream()
                    .filter(e -> !e.at().isBefore(from) && e.at().isBefore(until))
                    .toList());
      }
      assertThat(events(vault, AuditRange.since(until), 20))
          .isEqualTo(all.stream().filter(e -> !e.at().isBefore(until)).toList());
      Page<AuditEvent> page = vault.audit().list(AuditRange.all(), PageRequest.first(3));
      assertThatThrownBy(
              () -> vault.audit().list(AuditRange.since(from), new PageRequest(3, page.next())))
          .isInstanceOf(InvalidPageTokenException.class);
    }
  }

  @Test
  void aRotationKeepsTheTrail() {
    try (Scene scene = AuditScene.start(Api.SYNC)) {
      List<AuditEvent> before = trail(scene);
      Page<AuditEvent> page =
          scene.othersVault().audit().list(AuditRange.all(), PageRequest.first(1));

      scene.otherProcess.admin().rotate(ALICE, JobOptions.unpaced());
      scene.vault().edit(scene.credential.id(), seen -> seen.toBuilder().title("t").build());

      assertThat(scene.otherProcess.admin().rotationStatus(ALICE).below()).isZero();
      assertThat(trail(scene)).startsWith(before.toArray(AuditEvent[]::new)).hasSize(3);
      assertThat(
              scene
                  .othersVault()
                  .audit()
                  .list(AuditRange.all(), new PageRequest(1, page.next()))
                  .items())
          .isEqualTo(before.subList(0, 1));
    }
  }

  @Test
  void whatIsTakenOutOrChangedIsNoticed() {
    try (Scene scene = threeMore()) {
      String third = rows(scene).get(2);
      Map<String, AttributeValue> kept = row(scene, 2);
      scene.local.inspector().delete(PARTITION, third);
      assertThatThrownBy(() -> trail(scene)).isInstanceOf(TamperedItemException.class);
      assertThatThrownBy(() -> events(scene.othersVault(), AuditRange.all(), 1))
          .isInstanceOf(TamperedItemException.class);
      scene.local.inspector().put(kept);
      assertThat(trail(scene)).hasSize(5);

      for (String attribute : List.of("h", "m")) {
        scene.local.inspector().flip(PARTITION, third, attribute, 13);
        assertThatThrownBy(() -> trail(scene)).isInstanceOf(TamperedItemException.class);
        scene.local.inspector().put(kept);
      }
    }
  }

  @Test
  void whatIsCutOffAtTheOldEndIsNoticedAndAtTheNewEndIsNot() {
    try (Scene scene = threeMore()) {
      List<String> rows = rows(scene);
      scene.local.inspector().delete(PARTITION, rows.get(4));
      assertThat(trail(scene)).hasSize(4);

      scene.local.inspector().delete(PARTITION, rows.get(0));
      assertThatThrownBy(() -> trail(scene)).isInstanceOf(TamperedItemException.class);
    }
  }

  @Test
  void nothingIsWrittenBehindAnEventThatDoesNotOpen() {
    try (Scene scene = threeMore()) {
      scene.local.inspector().flip(PARTITION, rows(scene).get(4), "m", 0);

      assertThatThrownBy(() -> scene.vault().add(Scene.content("a.example", "a")))
          .isInstanceOf(TamperedItemException.class);
      assertThat(scene.vault().open()).hasSize(1);
    }
  }

  @Test
  void repairLeavesTheTrailAloneAndReportsWhatDoesNotOpen() {
    try (Scene scene = threeMore()) {
      assertThat(findings(scene)).isEmpty();
      List<Map<String, AttributeValue>> before = scene.local.inspector().partition(PARTITION);
      scene.local.inspector().flip(PARTITION, rows(scene).get(2), "m", 0);

      assertThat(findings(scene))
          .extracting(Finding::kind)
          .containsOnly(Finding.Kind.ROW_UNREADABLE);
      assertThat(scene.local.inspector().partition(PARTITION)).hasSameSizeAs(before);
    }
  }

  @Test
  void whatIsPastItsRetentionIsNotShownAndMayBeGone() {
    VaultPolicies hourly = AUDITED.withAudit(AuditPolicy.keep(Duration.ofHours(1)));
    try (Scene scene = new Scene(Api.SYNC, builder -> builder.policies(hourly))) {
      assertThat(row(scene, 0).get("ttl").n())
          .isEqualTo(
              String.valueOf(scene.local.clock().instant().plusSeconds(3_600).getEpochSecond()));
      scene.local.clock().advance(Duration.ofMinutes(30));
      edit(scene);
      scene.local.clock().advance(Duration.ofMinutes(30));
      edit(scene);
      assertThat(numbers(trail(scene))).containsExactly(3L, 4L);
      scene.local.inspector().delete(PARTITION, rows(scene).get(1));
      assertThat(numbers(trail(scene))).containsExactly(3L, 4L);

      scene.local.clock().advance(Duration.ofHours(2));
      edit(scene);
      assertThat(numbers(trail(scene))).containsExactly(5L);

      scene.local.clock().advance(Duration.ofHours(2));
      rows(scene).forEach(sk -> scene.local.inspector().delete(PARTITION, sk));
      edit(scene);
      assertThat(numbers(trail(scene))).as("an empty trail begins again").containsExactly(1L);
    }
  }

  @Test
  void aProcessThatKeepsShorterCutsWhatIsAhead() {
    try (Scene scene = AuditScene.start(Api.SYNC);
        EzyPass brief =
            scene.local.open(
                b -> b.policies(AUDITED.withAudit(AuditPolicy.keep(Duration.ofMinutes(1)))))) {
      brief
          .repository()
          .vault(ALICE)
          .edit(scene.credential.id(), seen -> seen.toBuilder().title("t").build());
      edit(scene);
      assertThat(trail(scene)).hasSize(4);

      scene.local.clock().advance(Duration.ofMinutes(2));
      assertThat(numbers(trail(scene))).containsExactly(4L);
    }
  }

  @Test
  void aClockThatIsBehindDoesNotTakeTheTrailBack() {
    try (Scene scene = AuditScene.start(Api.SYNC);
        EzyPass behind =
            scene.local.open(
                b ->
                    b.policies(AUDITED)
                        .clock(() -> scene.local.clock().instant().minus(Duration.ofDays(60))))) {
      Instant at = trail(scene).get(1).at();
      behind.repository().vault(ALICE).add(Scene.content("a.example", "a"));

      assertThat(trail(scene).get(2).at()).isEqualTo(at);
    }
  }

  private static Scene threeMore() {
    Scene scene = AuditScene.start(Api.SYNC);
    IntStream.range(0, 3).forEach(i -> edit(scene));
    return scene;
  }

  private static List<Finding> findings(Scene scene) {
    return scene.otherProcess.admin().repair(ALICE, Mode.DRY_RUN).findings();
  }
}
