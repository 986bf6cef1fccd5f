package io.ezypass.testkit.promises;

import io.ezypass.testkit.tamper.TamperSuite;
import org.junit.jupiter.api.AfterAll;

/** The published suite, on the library's defaults. */
class TamperTest extends TamperSuite {
  @AfterAll
  void say() {
    System.out.println("TamperSuite: " + summary());
  }
}
