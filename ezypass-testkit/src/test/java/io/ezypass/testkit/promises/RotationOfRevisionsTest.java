package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RotationReport;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A rotation seals revisions and what is in the trash under the next generation too. */
class RotationOfRevisionsTest {
  private static final UserId ANA = UserId.of("ana");

  /** PROFILE, two credentials, three revisions, and one in the trash. */
  private static final int SEALED = 7;

  private final EzyPassLocal local = EzyPassLocal.start();
  private final TableInspector inspector = local.inspector();
  private final Vault vault = local.repository().vault(ANA);
  private CredentialId kept = CredentialId.of("A".repeat(28));
  private CredentialId trashed = kept;

  @BeforeEach
  void fill() {
    local.repository().register(NewUser.withId(ANA));
    kept = vault.add(content("github.com", "1")).id();
    vault.update(kept, 1, content("github.com", "2"));
    vault.update(kept, 2, content("gitlab.com", "3"));
    trashed = vault.add(content("old.example", "1")).id();
    vault.update(trashed, 1, content("new.example", "2"));
    vault.delete(trashed, 2);
    vault.add(content("other.example", "other"));
  }

  @AfterEach
  void tearDown() {
    local.close();
  }

  @Test
  void everythingIsSealedUnderTheNextGenerationAndOpens() {
    Map<String, Map<String, AttributeValue>> before = rows();
    assertThat(sealed(before)).isEqualTo(SEALED);

    RotationReport report = rotate();

    assertThat(report.rewritten()).isEqualTo(SEALED);
    assertThat(report.below()).isZero();
    assertThat(report.problems()).isEmpty();
    Map<String, Map<String, AttributeValue>> after = rows();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (sk, row) -> {
          if (isSealed(sk, row)) {
            Map<String, AttributeValue> old = before.get(sk);
            assertThat(header(row).generation()).as(sk).isEqualTo(2);
            assertThat(header(row).operationId()).as(sk).isEqualTo(header(old).operationId());
            assertThat(row.get("m")).as(sk).isNotEqualTo(old.get("m"));
            assertThat(row.get("ttl")).as(sk).isEqualTo(old.get("ttl"));
          }
        });
    opens();
  }

  @Test
  void aStatusCountsThem() {
    List<Long> steps = new ArrayList<>();
    for (int left = SEALED; left > 0; left--) {
      assertThat(below()).isEqualTo(left == SEALED ? 0 : left);
      assertThat(local.ezypass().admin().rotationStatus(ANA).below()).isEqualTo(below());
      steps.clear();
      RotationReport report =
          local
              .ezypass()
              .admin()
              .rotate(
                  ANA,
                  JobOptions.unpaced()
                      .observedBy(progress -> steps.add(progress.steps()))
                      .cancelledWhen(() -> !steps.isEmpty()));
      assertThat(report.generation()).isEqualTo(2);
      assertThat(report.rewritten()).isEqualTo(1);
    }
    assertThat(below()).isZero();
    opens();
  }

  @Test
  void whatIsKeptAndWhatIsDeletedDuringTheRewriteIsFoundByTheNextLook() {
    try (EzyPass other = local.open(b -> b)) {
      Vault there = other.repository().vault(ANA);
      there.open();
      CredentialId added = there.add(content("late.example", "1")).id();
      local
          .faults()
          .beforeSend(
              "UpdateItem",
              () -> {
                // Under the generation before, copied and sealed.
                there.edit(added, old -> with(old, "2"));
                there.delete(added, 2);
                there.edit(kept, old -> with(old, "4"));
              });

      // It had read their places already: the look behind it finds them, and the next call.
      RotationReport report = rotate();
      assertThat(report.state()).isEqualTo(RotationReport.State.REWRITING);
      assertThat(report.below()).isEqualTo(below()).isPositive();
      assertThat(rotate().below()).isZero();

      assertThat(below()).isZero();
      assertThat(vault.trash().restore(added, 3).version()).isEqualTo(4);
      assertThat(vault.history().list(added)).hasSize(1);
      assertThat(versions()).containsExactly(3L, 2L, 1L);
      agrees();
    }
  }

  @Test
  void whatIsPurgedDuringTheRewriteStaysAway() {
    local.faults().beforeSend("UpdateItem", () -> vault.trash().purge(trashed, 3));

    assertThat(rotate().below()).isZero();

    assertThat(rows().keySet()).noneMatch(sk -> sk.startsWith("TRASH#"));
    agrees();
  }

  /** By a process that knows nothing yet; and nothing is changed but by going on with it. */
  private void opens() {
    try (EzyPass process = local.open(b -> b)) {
      Vault there = process.repository().vault(ANA);
      assertThat(there.open()).hasSize(2);
      for (long version = 1; version <= 3; version++) {
        try (Credential each = there.history().get(kept, version)) {
          assertThat(each.content().password()).isEqualTo(Secret.of("password " + version));
        }
      }
      assertThat(there.trash().list(PageRequest.first(10)).items())
          .extracting(TrashedCredential::id)
          .containsExactly(trashed);
      agrees();
      assertThat(there.trash().restore(trashed, 3).version()).isEqualTo(4);
      assertThat(there.history().revert(trashed, 4, 1).content().website().value())
          .isEqualTo("old.example");
      assertThat(there.history().revert(kept, 3, 2).version()).isEqualTo(4);
      agrees();
    }
  }

  private void agrees() {
    assertThat(local.ezypass().admin().repair(ANA, Mode.DRY_RUN).findings()).isEmpty();
  }

  private List<Long> versions() {
    return vault.history().list(kept).stream().map(each -> each.summary().version()).toList();
  }

  private RotationReport rotate() {
    return local.ezypass().admin().rotate(ANA, JobOptions.unpaced());
  }

  private int below() {
    Map<String, Map<String, AttributeValue>> rows = rows();
    int active = header(rows.get("KEYS")).generation();
    return (int)
        rows.entrySet().stream()
            .filter(row -> isSealed(row.getKey(), row.getValue()))
            .filter(row -> header(row.getValue()).generation() < active)
            .count();
  }

  private static int sealed(Map<String, Map<String, AttributeValue>> rows) {
    return (int)
        rows.entrySet().stream().filter(row -> isSealed(row.getKey(), row.getValue())).count();
  }

  private static boolean isSealed(String sk, Map<String, AttributeValue> row) {
    return row.containsKey("h") && !sk.equals("KEYS");
  }

  private static Header header(Map<String, AttributeValue> row) {
    try {
      return Header.decode(row.get("h").b().asByteArray());
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, Map<String, AttributeValue>> rows() {
    Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
    inspector.partition("U#ana").forEach(row -> rows.put(row.get("sk").s(), row));
    return rows;
  }

  private static CredentialContent content(String website, String number) {
    return CredentialContent.builder()
        .website(website)
        .login("ana")
        .password(Secret.of("password " + number))
        .build();
  }

  private static CredentialContent with(CredentialContent content, String number) {
    return content.toBuilder().password(Secret.of("password " + number)).build();
  }
}
