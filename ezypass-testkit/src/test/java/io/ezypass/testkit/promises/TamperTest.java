package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.testkit.tamper.TamperSuite;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The published suite, on the library's defaults; and what the library logs meanwhile. */
class TamperTest extends TamperSuite {
  private final LogRecorder log = new LogRecorder("io.ezypass");

  @BeforeAll
  void theLibraryLogs() {
    assertThat(log.lines()).as("it does record").isNotEmpty();
  }

  @AfterAll
  void noLogLineShowsWhatUsersWrote() {
    log.close();
    List<String> lines = log.lines();
    System.out.printf("TamperSuite: %s; %,d lines logged%n", summary(), lines.size());
    assertThat(lines.stream().filter(line -> line.contains("canary"))).isEmpty();
  }
}
