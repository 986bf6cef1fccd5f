package io.ezypass.examples.quickstart;

import java.io.PrintStream;
import java.util.function.Supplier;

/** Prints what is done, step by step, and what each step cost. Not thread safe. */
final class Report {
  static final int WIDTH = 100;

  private final PrintStream out;
  private final Supplier<Cost> cost;
  private int steps;

  Report(PrintStream out, Supplier<Cost> cost) {
    this.out = out;
    this.cost = cost;
  }

  /** Ends the step before, and begins one. */
  void step(String title) {
    end();
    steps++;
    out.println(steps + ". " + title);
  }

  /** Tells something of the current step. */
  void say(String text) {
    StringBuilder line = new StringBuilder("  ");
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line.setLength(0);
        line.append("  ");
      }
      line.append(' ').append(word);
    }
    out.println(line);
  }

  /** Ends the last step. */
  void end() {
    Cost sinceThen = cost.get();
    if (steps > 0) {
      out.println("   -> " + sinceThen);
    }
  }
}
