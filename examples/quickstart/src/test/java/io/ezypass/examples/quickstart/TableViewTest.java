package io.ezypass.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableViewTest {
  private static final VaultUser ADA =
      new VaultUser(
          UserId.of("ada"),
          new UserProfile(null, "ada@example.com", null),
          Audit.created(Instant.EPOCH, Actor.of("ada")),
          7);

  private final TableView view = new TableView();

  @Test
  void leavesOtherUsersOut() {
    view.add(ADA, List.of());
    String rendered =
        """
        EMAIL#x
          CLAIM       u=bob
        EMAIL#y
          CLAIM       u=ada
        U#ada
          PROFILE     h=<52 bytes> k=arn:aws:kms:eu-west-1:123456789012:key/1 v=7
        U#bob
          PROFILE     h=<52 bytes> v=1
        USERS#3
          ada         a=<32 bytes>
          bob         a=<32 bytes>
        """;

    assertThat(view.lines(rendered))
        .noneMatch(line -> line.contains("bob"))
        .noneMatch(line -> line.contains("123456789012"))
        .anyMatch(line -> line.matches("  PROFILE h=52 .*\\| ada@example.com +v7"))
        .anyMatch(line -> line.matches("  ada     a=32 .*"))
        .filteredOn(line -> line.startsWith("EMAIL#"))
        .hasSize(1);
  }

  @Test
  void showsTheEndsOfALargeVault() {
    view.add(ADA, List.of());
    String rows =
        IntStream.range(100, 600)
            .mapToObj(i -> "  CRED#" + i + "   v=1\n")
            .collect(Collectors.joining());

    List<String> lines = view.lines("U#ada\n" + rows + "  KEYS   v=1\n  PROFILE   v=1\n");

    assertThat(lines).hasSizeLessThan(25).anyMatch(line -> line.contains(".. and 486 more"));
    assertThat(lines).anyMatch(line -> line.contains("PROFILE"));
  }
}
