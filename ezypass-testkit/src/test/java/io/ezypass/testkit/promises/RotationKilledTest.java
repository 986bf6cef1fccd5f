package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.admin.RotationReport.State;
import io.ezypass.testkit.promises.RotationChild.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A vault key is rotated by one JVM after the other, each killed at a random point, while four
 * writers and four readers are at work. Nothing gets lost, nothing is unreadable, no receipt is
 * destroyed, and "complete" is said only when it is true.
 *
 * <p>{@code -Dezypass.seed} repeats what everybody does and where the kills are (threads take turns
 * as they like); {@code -Dezypass.rotation.kills} and {@code -Dezypass.rotation.items} make it
 * longer, as the profile {@code soak} does.
 */
class RotationKilledTest {
  private final long seed = Long.getLong("ezypass.seed", System.nanoTime());
  private final int kills = Integer.getInteger("ezypass.rotation.kills", 4);
  private final int items = Integer.getInteger("ezypass.rotation.items", 300);
  private final Random random = new Random(seed);
  private final List<String> points = new ArrayList<>();

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nothingIsLostHoweverOftenTheRotationIsKilled() throws Exception {
    String replay = "seed " + seed + ", " + kills + " kills, " + items + " items";
    System.out.println(replay);
    try (RotatedVault scene = new RotatedVault(seed, items)) {
      scene.start();
      while (points.size() < kills) {
        int below = scene.check();
        int generation = scene.generations();
        boolean unfinished = scene.isProfileBelow();
        try (RotationChild child = scene.child(random.nextLong())) {
          String point =
              scene.working(() -> below == 0 ? atKeys(scene, child) : atRow(scene, child, below));
          if (!point.isEmpty()) {
            points.add(point);
          }
        }
        scene.below();
        assertThat(scene.generations() - generation)
            .as("a rotation that is not done is resumed, and no other is started")
            .isBetween(0, unfinished ? 0 : 1);
      }
      scene.check();
      try (RotationChild last = scene.child(random.nextLong())) {
        scene.working(() -> last.ask("rotate", scene.clock().instant()));
        scene.check();
        scene.stop();
        complete(scene, last, scene.clock().instant());
      }
      scene.check();
      scene.checkRows();
      System.out.println(replay + ": " + points + ", " + scene.summary());
    } catch (Exception | AssertionError e) {
      throw new AssertionError(replay + ": " + points, e);
    }
  }

  /** Kills it around the write of KEYS, or after some rows of the next generation. */
  private String atKeys(RotatedVault scene, RotationChild child) throws Exception {
    Instant now = scene.clock().instant();
    int generation = scene.generations();
    switch (points.isEmpty() ? 0 : random.nextInt(4)) {
      case 0 -> {
        child.tell("rotate-after-keys", now);
        assertThat(child.await(RotationProcess.WRITTEN)).isEqualTo(RotationProcess.WRITTEN);
        child.kill();
        assertThat(scene.below()).isPositive();
        assertThat(scene.generations()).isEqualTo(generation + 1);
        return "after KEYS";
      }
      case 1 -> {
        child.tell("rotate-before-keys", now);
        assertThat(child.await(RotationProcess.SENDING)).isEqualTo(RotationProcess.SENDING);
        child.kill();
        return "before KEYS";
      }
      case 2 -> {
        child.tell("rotate", now);
        assertThat(child.await(RotationProcess.SENDING)).isEqualTo(RotationProcess.SENDING);
        child.kill();
        return "in KEYS";
      }
      default -> {
        return atRow(scene, child, scene.rows());
      }
    }
  }

  /** Kills it once it has told of some row; nothing if it was done before. */
  private String atRow(RotatedVault scene, RotationChild child, int below) throws Exception {
    // Writers take rows away from it: it may not get to the last one. And the last few rows of a
    // generation shall not take most of the kills.
    boolean toTheEnd = below < items / 20 && random.nextInt(3) > 0;
    int row = toTheEnd ? Integer.MAX_VALUE : 1 + random.nextInt((below + 1) / 2);
    child.tell("rotate", scene.clock().instant());
    String line = "";
    while (!line.equals(RotationProcess.ROW + row)) {
      line = child.await(RotationProcess.ROW);
      if (line.startsWith(RotationProcess.REPORT)) {
        return "";
      }
    }
    child.kill();
    return "row " + row + " of " + below;
  }

  /** Once nobody writes: rewritten to the end, then settling, then complete. */
  private static void complete(RotatedVault scene, RotationChild child, Instant now) {
    Report report = child.ask("status", now);
    while (report.state() == State.REWRITING) {
      report = child.ask("rotate", now);
    }
    assertThat(report.state()).isEqualTo(State.SETTLING);
    assertThat(report.problems()).isZero();
    assertThat(scene.below()).isZero();
    assertThat(report.generation()).isEqualTo(scene.generations());
    Instant completeFrom = report.completeFrom();
    assertThat(completeFrom).isAfter(now);
    assertThat(child.ask("status", completeFrom.minusMillis(1)).state()).isEqualTo(State.SETTLING);
    assertThat(child.ask("status", completeFrom).state()).isEqualTo(State.COMPLETE);
  }
}
