package io.ezypass.examples.quickstart;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/** Prints what is done, step by step, and what each step sent. Not thread safe. */
final class Report {
  private static final int WIDTH = 100;

  private final PrintStream out;
  private final Supplier<Cost> takeCost;
  private int steps;

  Report(PrintStream out, Supplier<Cost> takeCost) {
    this.out = out;
    this.takeCost = takeCost;
  }

  void title(String text) {
    out.println(text);
    out.println();
  }

  /** Ends the step before and begins another one. */
  void step(String text) {
    end();
    steps++;
    out.println(String.format("%2d. %s", steps, text));
  }

  /** Tells what came out of the current step. */
  void say(String text) {
    StringBuilder line = new StringBuilder("   ");
    for (String word : text.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line = new StringBuilder("   ");
      }
      line.append(' ').append(word);
    }
    out.println(line);
  }

  /** Ends the current step: prints what was sent since it began. */
  void end() {
    Cost cost = takeCost.get();
    if (steps > 0) {
      out.println("    -> " + cost);
    }
  }

  void table(List<String> lines) {
    out.println();
    lines.forEach(out::println);
  }
}
