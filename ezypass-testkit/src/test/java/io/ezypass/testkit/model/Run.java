package io.ezypass.testkit.model;

import io.ezypass.testkit.model.Call.Outcome;
import io.ezypass.testkit.model.Side.View;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;

/** Steps on both sides, one after the other, until they disagree. */
final class Run {
  private static final int REPORTED = 30;
  private static final int LONGEST = 200;

  private final Sides sides;
  private final World world;
  private final Draw draw;
  private final Deque<String> last = new ArrayDeque<>();
  private final Map<Operation, Integer> successes = new EnumMap<>(Operation.class);
  private final Map<Operation, Integer> refusals = new EnumMap<>(Operation.class);
  private int step;
  private long compared;

  Run(long seed, Sides sides) {
    this.sides = sides;
    world = new World(seed, sides.memory(), sides.fake());
    draw = Draw.from(world);
  }

  /** Moves the clock in every seventh step, and does the next thing on both sides. */
  void step() {
    step++;
    if (world.once(7)) {
      Duration by = world.step();
      world.clock().advance(by);
      log("clock to " + world.now());
    }
    View view = world.view();
    Operation operation = Operation.any(world);
    boolean success = compare(operation + " " + view, operation.draw(draw), view);
    (success ? successes : refusals).merge(operation, 1, Integer::sum);
    sides.forgetDeleted();
  }

  /** All that there is to be seen, through one view. */
  void compareEverything() {
    View view = world.view();
    for (Call call : new Everything(world).calls()) {
      compare("everything", call, view);
    }
  }

  /** How often each operation took effect and was refused. */
  String summary() {
    StringJoiner summary = new StringJoiner(", ");
    for (Operation operation : Operation.values()) {
      summary.add(
          (operation + " " + successes.getOrDefault(operation, 0))
              + ("+" + refusals.getOrDefault(operation, 0)));
    }
    return summary + ", compared " + compared + " outcomes up to " + world.now();
  }

  private boolean compare(String what, Call call, View view) {
    log(what + ": " + call.text());
    Outcome fake = call.run(sides.fake().through(view));
    Outcome library = call.run(sides.library().through(view));
    compared++;
    if (!fake.equals(library)) {
      throw new AssertionError(
          ("step " + step + ", " + what + ": " + call.text())
              + ("\nfake:    " + fake.text() + "\nlibrary: " + library.text())
              + ("\nthe last operations were\n" + String.join("\n", last)));
    }
    log("  " + fake.text().substring(0, Math.min(fake.text().length(), LONGEST)));
    return fake.isSuccess();
  }

  private void log(String line) {
    last.addLast(line);
    if (last.size() > 2 * REPORTED) {
      last.removeFirst();
    }
  }
}
