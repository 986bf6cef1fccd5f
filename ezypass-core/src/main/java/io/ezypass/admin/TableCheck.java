package io.ezypass.admin;

import java.util.List;

/**
 * How a table compares with what the library needs.
 *
 * @param problems what is wrong, each with what to do; empty if nothing is
 * @param initialised whether it has a root
 */
public record TableCheck(List<String> problems, boolean initialised) {
  /** Copies the list. */
  public TableCheck {
    problems = List.copyOf(problems);
  }

  /**
   * Whether the table can be used.
   *
   * @return true if nothing is wrong and it is initialised
   */
  public boolean isReady() {
    return problems.isEmpty() && initialised;
  }
}
