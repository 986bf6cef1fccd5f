package io.ezypass.admin;

import io.ezypass.model.UserId;
import java.util.List;

/**
 * What was found in one user's vault.
 *
 * @param user whose
 * @param findings what was wrong and what became of it; empty if nothing was
 */
public record RepairReport(UserId user, List<Finding> findings) {
  /** Copies the list. */
  public RepairReport {
    findings = List.copyOf(findings);
  }
}
