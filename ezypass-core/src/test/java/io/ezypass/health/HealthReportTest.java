package io.ezypass.health;

import static io.ezypass.health.PasswordIssue.OLD;
import static io.ezypass.health.PasswordIssue.REUSED;
import static io.ezypass.health.PasswordIssue.WEAK;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthReportTest {
  private static final CredentialId A = id('a');
  private static final CredentialId B = id('b');
  private static final CredentialId C = id('c');
  private static final HealthReport REPORT =
      new HealthReport(
          UserId.of("ana"),
          Set.of(OLD, REUSED, WEAK),
          9,
          5,
          List.of(List.of(A, B)),
          List.of(C, A),
          List.of(A));

  @Test
  void issuesAreTheListsByCredential() {
    assertThat(REPORT.issues())
        .isEqualTo(Map.of(A, Set.of(REUSED, WEAK, OLD), B, Set.of(REUSED), C, Set.of(WEAK)));
  }

  @Test
  void showsNumbersOnly() {
    assertThat(REPORT)
        .hasToString(
            "HealthReport[owner=ana, judged=[REUSED, WEAK, OLD], credentials=9, passwords=5,"
                + " reused=2, weak=2, old=1]");
  }

  private static CredentialId id(char letter) {
    return CredentialId.of(String.valueOf(letter).repeat(28));
  }
}
