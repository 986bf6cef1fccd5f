package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.RotationReport;
import io.ezypass.admin.RotationReport.State;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.kms.KmsAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What rotating a vault key promises to those who go on reading and writing meanwhile. */
class RotationTest {
  private static final UserId ANA = UserId.of("ana");
  private static final String PARTITION = "U#ana";
  private static final Duration SETTLED = Duration.ofMinutes(70);

  private final EzyPassLocal local = EzyPassLocal.start();
  private final TableInspector inspector = local.inspector();
  private final VaultRepository vaults = local.repository();
  private final Vault vault = vaults.vault(ANA);

  @BeforeEach
  void register() {
    vaults.register(NewUser.withId(ANA).email("ana@example.com").username("ana"));
  }

  @AfterEach
  void tearDown() {
    local.close();
  }

  @Test
  void everyRowIsSealedUnderTheNextGenerationAndNothingElseOfItChanges() throws Exception {
    Credential plain = vault.add(content("github.com"));
    Credential ending = vault.add(ending("example.com"));
    Credential moved = vault.update(vault.add(content("old.example")).id(), 1, content("new.org"));
    Map<String, Map<String, AttributeValue>> before = rows();

    RotationReport report = rotate();

    assertThat(report.state()).isEqualTo(State.SETTLING);
    assertThat(report.generation()).isEqualTo(2);
    assertThat(report.rewritten()).isEqualTo(4);
    assertThat(report.below()).isZero();
    assertThat(report.problems()).isEmpty();
    Map<String, Map<String, AttributeValue>> after = rows();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    for (String sk : before.keySet()) {
      if (sk.equals("KEYS")) {
        continue;
      }
      Map<String, AttributeValue> old = before.get(sk);
      Map<String, AttributeValue> now = after.get(sk);
      assertThat(without(now, "h", "m", "s")).as(sk).isEqualTo(without(old, "h", "m", "s"));
      if (old.containsKey("h")) {
        Header was = Header.decode(old.get("h").b().asByteArray());
        Header is = Header.decode(now.get("h").b().asByteArray());
        assertThat(was.generation()).isEqualTo(1);
        assertThat(is.generation()).isEqualTo(2);
        assertThat(is.operationId()).isEqualTo(was.operationId());
        assertThat(is.earlier()).usingRecursiveComparison().isEqualTo(was.earlier());
        assertThat(now.get("m")).isNotEqualTo(old.get("m"));
        assertThat(now.get("s") == null).isEqualTo(old.get("s") == null);
      } else {
        assertThat(now).isEqualTo(old);
      }
    }
    try (EzyPass process = local.open(builder -> builder)) {
      Vault there = process.repository().vault(ANA);
      assertThat(there.open()).extracting(CredentialSummary::id)
          .containsExactlyInAnyOrder(plain.id(), ending.id(), moved.id());
      for (Credential each : List.of(plain, ending, moved)) {
        try (Credential read = there.get(each.id())) {
          assertThat(read.version()).isEqualTo(each.version());
          assertThat(read.audit()).isEqualTo(each.audit());
          assertThat(read.content().password()).isEqualTo(Secret.of("correct horse"));
        }
      }
      assertThat(there.findByWebsite(Website.of("new.org"), WebsiteMatch.EXACT)).hasSize(1);
      assertThat(there.list(PageRequest.first(10)).items()).hasSize(3);
      assertThat(process.repository().findUserBy(UserKey.email("ana@example.com"))).isPresent();
    }
  }

  private RotationReport rotate() {
    return local.ezypass().admin().rotate(ANA, JobOptions.unpaced());
  }

  private Map<String, Map<String, AttributeValue>> rows() {
    Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
    inspector.partition(PARTITION).forEach(row -> rows.put(row.get("sk").s(), row));
    return rows;
  }

  private static Map<String, AttributeValue> without(
      Map<String, AttributeValue> row, String... names) {
    Map<String, AttributeValue> rest = new HashMap<>(row);
    List.of(names).forEach(rest::remove);
    return rest;
  }

  private static CredentialContent content(String website) {
    return CredentialContent.builder()
        .website(website)
        .login("ana")
        .password(Secret.of("correct horse"))
        .build();
  }

  private CredentialContent ending(String website) {
    Instant end = local.clock().instant().plus(Duration.ofDays(30)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    return content(website).toBuilder().expiresAt(end).build();
  }
}
