package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.RotationReport;
import io.ezypass.admin.RotationReport.State;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
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
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.kms.KmsAction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
      assertThat(there.open())
          .extracting(CredentialSummary::id)
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

  @Test
  void aProcessWithOlderKeysReadsTheNewGenerationByReadingKeysOnce() {
    Credential stored = vault.add(content("github.com"));
    try (EzyPass other = local.open(builder -> builder)) {
      other.repository().vault(ANA).open();
      rotate();
      local.resetCounts();

      assertThat(other.repository().vault(ANA).open()).hasSize(1);
      assertThat(local.calls().counts()).isEqualTo(Map.of("Query", 1, "GetItem", 1));
      assertThat(local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
      other.repository().vault(ANA).get(stored.id()).close();
      assertThat(local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
    }
  }

  @Test
  void whatAProcessWithOlderKeysAddsIsReadByAllAndFoundByTheNextLook() {
    try (EzyPass late = local.open(builder -> builder)) {
      late.repository().vault(ANA).open();
      Instant completeFrom = rotate().completeFrom();
      Credential added = late.repository().vault(ANA).add(content("late.example"));
      assertThat(generation("CRED#" + added.id())).isEqualTo(1);
      assertThat(vault.open()).extracting(CredentialSummary::id).containsExactly(added.id());

      local.clock().advance(SETTLED);
      assertThat(completeFrom).isEqualTo(local.clock().instant());
      RotationReport status = local.ezypass().admin().rotationStatus(ANA);
      assertThat(status.state()).isEqualTo(State.REWRITING);
      assertThat(status.below()).isEqualTo(1);

      RotationReport again = rotate();
      assertThat(again.state()).isEqualTo(State.COMPLETE);
      assertThat(again.generation()).isEqualTo(2);
      assertThat(again.rewritten()).isEqualTo(1);
      assertThat(local.ezypass().admin().rotationStatus(ANA).state()).isEqualTo(State.COMPLETE);
    }
  }

  @Test
  void itIsSettlingUntilTheMomentFromWhichNobodyCanAddAnything() {
    assertThat(rotate().state()).isEqualTo(State.SETTLING);
    local.clock().advance(SETTLED.minusMillis(1));
    assertThat(local.ezypass().admin().rotationStatus(ANA).state()).isEqualTo(State.SETTLING);
    local.clock().advance(Duration.ofMillis(1));
    assertThat(local.ezypass().admin().rotationStatus(ANA).state()).isEqualTo(State.COMPLETE);
  }

  @Test
  void openingAVaultInTheMiddleOfARotationCostsOneKmsCall() {
    List.of("a.example", "b.example", "c.example").forEach(site -> vault.add(content(site)));
    RotationReport report = rotateRows(2);
    assertThat(report.state()).isEqualTo(State.REWRITING);
    assertThat(report.below()).isEqualTo(2);
    assertThat(rows().values().stream().filter(row -> row.containsKey("m")).map(this::generation))
        .containsOnly(1, 2);
    try (EzyPass process = local.open(builder -> builder)) {
      process.repository().findUser(ANA);
      process.evict(ANA);
      local.resetCounts();
      assertThat(process.repository().vault(ANA).open()).hasSize(3);
      assertThat(local.calls().counts()).isEqualTo(Map.of("Query", 1));
      assertThat(local.kms().callCount(KmsAction.DECRYPT)).isEqualTo(1);
    }
  }

  @Test
  void anyProcessResumesWhatAnotherOneBegan() {
    List.of("a.example", "b.example", "c.example").forEach(site -> vault.add(content(site)));
    rotateRows(1);
    try (EzyPass process = local.open(builder -> builder)) {
      local.kms().resetCalls();
      RotationReport report = process.admin().rotate(ANA, JobOptions.unpaced());
      assertThat(report.generation()).isEqualTo(2);
      assertThat(report.rewritten()).isEqualTo(3);
      assertThat(report.below()).isZero();
      assertThat(local.kms().callCount(KmsAction.GENERATE_DATA_KEY)).isZero();
    }
  }

  @Test
  void manyGenerationsLaterEverythingOpens() {
    List<Credential> added = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      added.add(vault.add(content("site" + i + ".example")));
      assertThat(rotateRows(1).generation()).isEqualTo(i + 2);
      assertThat(rotate().generation()).isEqualTo(i + 2);
    }
    try (EzyPass process = local.open(builder -> builder)) {
      Vault there = process.repository().vault(ANA);
      assertThat(there.open()).hasSize(4);
      added.forEach(each -> there.get(each.id()).close());
      assertThat(process.repository().findUserBy(UserKey.username("ana"))).isPresent();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST_REQUEST", "LOST_RESPONSE"})
  void aPendingWriteKeepsItsTrace(Fault fault) {
    Credential stored = vault.add(content("github.com"));
    local.faults().wholeCall(fault, "PutItem");
    WriteOutcomeUnknownException unknown =
        catchThrowableOfType(
            WriteOutcomeUnknownException.class,
            () ->
                vault.update(stored.id(), 1, content("github.com").toBuilder().title("x").build()));
    rotate();
    rotate();
    assertThat(vaults.resolve(unknown.pending()))
        .isEqualTo(fault == Fault.LOST_RESPONSE ? WriteOutcome.APPLIED : WriteOutcome.NOT_APPLIED);
  }

  @Test
  void anUpdateThatWasReadBeforeTheRewriteIsRepeatedAndNotLost() {
    Credential stored = vault.add(content("github.com"));
    local.faults().beforeSend("PutItem", this::rotate);

    Credential updated =
        vault.update(stored.id(), 1, content("github.com").toBuilder().title("mine").build());

    assertThat(updated.version()).isEqualTo(2);
    assertThat(generation("CRED#" + stored.id())).isEqualTo(2);
    try (Credential read = vault.get(stored.id())) {
      assertThat(read.version()).isEqualTo(2);
      assertThat(read.content().title()).isEqualTo("mine");
    }
  }

  @Test
  void anUpdateWhoseAnswerWasLostIsRecognisedAfterItWasRewritten() {
    Credential stored = vault.add(content("github.com"));
    local.faults().afterSend("PutItem", this::rotate);
    local.faults().once(Fault.LOST_RESPONSE, "PutItem");

    Credential updated =
        vault.update(stored.id(), 1, content("github.com").toBuilder().title("mine").build());

    assertThat(updated.version()).isEqualTo(2);
    assertThat(vault.get(stored.id()).version()).isEqualTo(2);
  }

  @Test
  void anUpdateDuringTheRewriteIsNotOverwritten() {
    Credential stored = vault.add(content("github.com"));
    try (EzyPass other = local.open(builder -> builder)) {
      other.repository().vault(ANA).open();
      local
          .faults()
          .beforeSend(
              "UpdateItem",
              () ->
                  other
                      .repository()
                      .vault(ANA)
                      .update(
                          stored.id(),
                          1,
                          content("github.com").toBuilder().title("theirs").build()));

      RotationReport report = rotate();

      assertThat(report.below()).isZero();
      assertThat(generation("CRED#" + stored.id())).isEqualTo(2);
      try (Credential read = vault.get(stored.id())) {
        assertThat(read.version()).isEqualTo(2);
        assertThat(read.content().title()).isEqualTo("theirs");
      }
    }
  }

  @Test
  void aDeletionDuringTheRewriteIsNotUndone() {
    Credential stored = vault.add(content("github.com"));
    local.faults().beforeSend("UpdateItem", () -> vault.delete(stored.id(), 1));
    assertThat(rotate().below()).isZero();
    assertThat(vault.open()).isEmpty();

    vault.add(content("github.com"));
    local.faults().beforeSend("UpdateItem", () -> vaults.deleteUser(ANA));
    assertThatThrownBy(this::rotate).isInstanceOf(UserNotFoundException.class);
    assertThat(rows().keySet()).isEqualTo(Set.of("KEYS"));
  }

  @Test
  void thereIsNothingToRotateWithoutAUser() {
    UserId nobody = UserId.of("nobody");
    assertThatThrownBy(() -> local.ezypass().admin().rotate(nobody, JobOptions.unpaced()))
        .isInstanceOf(UserNotFoundException.class);
    vaults.deleteUser(ANA);
    assertThatThrownBy(this::rotate).isInstanceOf(UserNotFoundException.class);
    assertThatThrownBy(() -> local.ezypass().admin().rotationStatus(ANA))
        .isInstanceOf(UserNotFoundException.class);
    assertThat(rows().get("KEYS")).containsKey("z");
  }

  @Test
  void withoutTheKmsKeyNothingIsChanged() {
    vault.add(content("github.com"));
    Map<String, Map<String, AttributeValue>> before = rows();
    local.kms().disable(local.kmsKey());
    assertThatThrownBy(this::rotate).isInstanceOf(KeyUnavailableException.class);
    local.kms().enable(local.kmsKey());
    assertThat(rows()).isEqualTo(before);
    assertThat(rotate().generation()).isEqualTo(2);
  }

  /** Rewrites so many rows and is then cancelled. */
  private RotationReport rotateRows(int count) {
    List<Long> steps = new ArrayList<>();
    return local
        .ezypass()
        .admin()
        .rotate(
            ANA,
            JobOptions.unpaced()
                .observedBy(progress -> steps.add(progress.steps()))
                .cancelledWhen(() -> steps.size() == count));
  }

  private int generation(String sk) {
    return generation(rows().get(sk));
  }

  private int generation(Map<String, AttributeValue> row) {
    try {
      return Header.decode(row.get("h").b().asByteArray()).generation();
    } catch (MalformedException e) {
      throw new AssertionError(e);
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
    Instant end = local.clock().instant().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);
    return content(website).toBuilder().expiresAt(end).build();
  }
}
