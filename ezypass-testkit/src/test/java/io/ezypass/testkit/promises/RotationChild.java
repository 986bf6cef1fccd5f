package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.admin.RotationReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The parent's hold on a {@link RotationProcess}. Used by one thread. */
final class RotationChild implements AutoCloseable {
  /** What a process reports after it was ended by SIGKILL: 128 + 9. */
  private static final int KILLED = 137;

  private final Process process;
  private final BufferedReader lines;
  private final PrintStream commands;
  private final List<String> heard = new ArrayList<>();

  /** What a rotation or a look at one came to, as one line. */
  record Report(
      RotationReport.State state,
      int generation,
      int rewritten,
      int below,
      Instant completeFrom,
      int problems) {

    static Report of(RotationReport report) {
      Instant completeFrom = report.completeFrom();
      return new Report(
          report.state(),
          report.generation(),
          report.rewritten(),
          report.below(),
          completeFrom == null ? Instant.MAX : completeFrom,
          report.problems().size());
    }

    static Report parse(String line) {
      String[] words = line.split(" ", -1);
      return new Report(
          RotationReport.State.valueOf(words[0]),
          Integer.parseInt(words[1]),
          Integer.parseInt(words[2]),
          Integer.parseInt(words[3]),
          Instant.parse(words[4]),
          Integer.parseInt(words[5]));
    }

    @Override
    public String toString() {
      return state
          + " "
          + generation
          + " "
          + rewritten
          + " "
          + below
          + " "
          + completeFrom
          + " "
          + problems;
    }
  }

  private RotationChild(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Starts a JVM on the class path of this one, and waits until it takes commands. */
  static RotationChild start(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                // It does not live long enough for more.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                RotationProcess.class.getName()));
    command.addAll(List.of(arguments));
    try {
      RotationChild child =
          new RotationChild(new ProcessBuilder(command).redirectErrorStream(true).start());
      child.await(RotationProcess.READY);
      return child;
    } catch (IOException e) {
      throw new AssertionError("no child JVM", e);
    }
  }

  /** Gives a command at a time of day. */
  void tell(String command, Instant now) {
    commands.println(command + " " + now.toEpochMilli());
  }

  /** Gives a command, and waits for the report on it. */
  Report ask(String command, Instant now) {
    tell(command, now);
    return Report.parse(await(RotationProcess.REPORT).substring(RotationProcess.REPORT.length()));
  }

  /** The next line that says this, or the report if the child is done without having said it. */
  String await(String wanted) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard.add(line);
        if (line.startsWith(wanted) || line.startsWith(RotationProcess.REPORT)) {
          return line;
        }
      }
    } catch (IOException e) {
      throw new AssertionError("the child cannot be heard: " + heard, e);
    }
    throw new AssertionError("the child ended by itself:\n" + String.join("\n", heard));
  }

  /** SIGKILL: nothing in the child runs any more. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor()).isEqualTo(KILLED);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
