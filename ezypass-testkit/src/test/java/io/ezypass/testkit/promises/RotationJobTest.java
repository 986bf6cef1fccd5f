package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.RotationReport;
import io.ezypass.admin.RotationReport.State;
import io.ezypass.admin.RotationSummary;
import io.ezypass.admin.VaultAdmin;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.TableInspector;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.dynamodb.Faults;
import io.ezypass.testkit.kms.KmsAction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Rotations of many rows through an unreliable network, and of many users. */
class RotationJobTest {
  private static final UserId ANA = UserId.of("ana");
  private static final String PARTITION = "U#ana";
  private static final Duration SETTLED = Duration.ofMinutes(70);

  private final EzyPassLocal local = EzyPassLocal.start();
  private final TableInspector inspector = local.inspector();
  private final VaultRepository vaults = local.repository();
  private final Vault vault = vaults.vault(ANA);

  @Test
  void everythingIsRewrittenThroughLostRequestsAndResponses() {
    long seed = Long.getLong("ezypass.seed", System.nanoTime());
    String replay = "-Dezypass.seed=" + seed;
    for (int i = 0; i < 12; i++) {
      vault.add(content("site" + i + ".example"));
    }
    Faults faults = Faults.seeded(seed);
    faults.randomly(0.3, Fault.LOST_REQUEST, Fault.LOST_RESPONSE);
    faults.randomly(0.1, Fault.THROTTLED, Fault.TRANSACTION_CONFLICT);
    int generation = 0;
    try (DynamoDbClient client = DynamoDbLocal.shared().client(faults);
        EzyPass stormy = local.open(builder -> builder.clients(client, local.kms().client()))) {
      for (int call = 0; generation == 0; call++) {
        assertThat(call).as(replay).isLessThan(200);
        try {
          RotationReport report = stormy.admin().rotate(ANA, JobOptions.unpaced());
          generation = report.below() == 0 ? report.generation() : 0;
        } catch (StorageUnavailableException outage) {
          // What was done stays done.
        }
      }
    }
    assertThat(generation).as(replay).isGreaterThanOrEqualTo(2);
    for (Map<String, AttributeValue> row : rows().values()) {
      assertThat(generation(row)).as(replay + row.get("sk").s()).isEqualTo(generation);
    }
    for (CredentialSummary each : vault.open()) {
      try (Credential read = vault.get(each.id())) {
        assertThat(read.version()).as(replay).isEqualTo(1);
        assertThat(read.content().password()).as(replay).isEqualTo(Secret.of("correct horse"));
      }
    }
    assertThat(vault.open()).as(replay).hasSize(12);
  }

  @Test
  void allUsersAreRotatedOnceForACutoff() {
    for (int i = 0; i < 5; i++) {
      UserId user = UserId.of("user-" + i);
      vaults.register(NewUser.withId(user));
      vaults.vault(user).add(content("github.com"));
    }
    inspector.flip("U#user-3", "KEYS", "m", 5);
    local.clock().advance(Duration.ofMinutes(1));
    Instant cutoff = local.clock().instant();
    List<Long> steps = new ArrayList<>();

    RotationSummary first =
        local
            .ezypass()
            .admin()
            .rotateAll(
                cutoff,
                JobOptions.unpaced()
                    .observedBy(progress -> steps.add(progress.steps()))
                    .cancelledWhen(() -> steps.size() == 4));
    assertThat(first.cancelled()).isTrue();
    assertThat(first.rewritten()).isEqualTo(4);
    assertThat(first.users()).isLessThan(6);

    RotationSummary rest = local.ezypass().admin().rotateAll(cutoff, JobOptions.unpaced());
    assertThat(rest.cancelled()).isFalse();
    assertThat(rest.users()).isEqualTo(6);
    assertThat(rest.settling()).isEqualTo(5);
    assertThat(rest.failed()).isEqualTo(1);
    assertThat(rest.rewritten()).isEqualTo(1 + 2 * 4 - 4);
    assertThat(rest.unfinished())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.user()).isEqualTo(UserId.of("user-3"));
              assertThat(report.state()).isEqualTo(State.FAILED);
              assertThat(report.failure()).isInstanceOf(TamperedItemException.class);
            });

    local.kms().resetCalls();
    RotationSummary again = local.ezypass().admin().rotateAll(cutoff, JobOptions.unpaced());
    assertThat(again.rewritten()).isZero();
    assertThat(local.kms().callCount(KmsAction.GENERATE_DATA_KEY)).isZero();
    local.clock().advance(SETTLED);
    assertThat(local.ezypass().admin().rotateAll(cutoff, JobOptions.unpaced()).complete())
        .isEqualTo(5);
  }

  @Test
  void aPageOfUsersIsRotated() {
    vaults.register(NewUser.withId(UserId.of("bob")));
    local.clock().advance(Duration.ofMinutes(1));
    Instant cutoff = local.clock().instant();
    VaultAdmin admin = local.ezypass().admin();
    List<RotationReport> reports = new ArrayList<>();
    PageRequest request = PageRequest.first(1);
    Page<RotationReport> page;
    do {
      page = admin.rotatePage(request, cutoff, JobOptions.unpaced());
      reports.addAll(page.items());
      request = new PageRequest(1, page.next());
    } while (!page.isLast());
    assertThat(reports)
        .extracting(RotationReport::user)
        .containsExactlyInAnyOrder(ANA, UserId.of("bob"));
    assertThat(reports).extracting(RotationReport::generation).containsOnly(2);
    assertThatThrownBy(
            () ->
                admin.rotatePage(
                    PageRequest.first(10), cutoff, JobOptions.unpaced().cancelledWhen(() -> true)))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aJobThatIsCancelledWithinTheLastUserSaysSo() {
    vault.add(content("a.example"));
    vault.add(content("b.example"));
    local.clock().advance(Duration.ofMinutes(1));
    Instant cutoff = local.clock().instant();
    VaultAdmin admin = local.ezypass().admin();
    AtomicInteger steps = new AtomicInteger();
    JobOptions afterOneRow =
        JobOptions.unpaced()
            .observedBy(progress -> steps.set((int) progress.steps()))
            .cancelledWhen(() -> steps.get() == 1);

    RotationSummary all = admin.rotateAll(cutoff, afterOneRow);
    assertThat(all.rewriting()).isEqualTo(1);
    assertThat(all.rewritten()).isEqualTo(1);
    assertThat(all.cancelled()).isTrue();
    steps.set(0);
    assertThatThrownBy(() -> admin.rotatePage(PageRequest.first(10), cutoff, afterOneRow))
        .isInstanceOf(CancellationException.class);

    RotationSummary rest = admin.rotateAll(cutoff, JobOptions.unpaced());
    assertThat(rest.settling()).isEqualTo(1);
    assertThat(rest.cancelled()).isFalse();
  }

  @BeforeEach
  void register() {
    vaults.register(NewUser.withId(ANA).email("ana@example.com").username("ana"));
  }

  @AfterEach
  void tearDown() {
    local.close();
  }

  private Map<String, Map<String, AttributeValue>> rows() {
    Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
    inspector.partition(PARTITION).forEach(row -> rows.put(row.get("sk").s(), row));
    return rows;
  }

  private static CredentialContent content(String website) {
    return CredentialContent.builder()
        .website(website)
        .login("ana")
        .password(Secret.of("correct horse"))
        .build();
  }

  private static int generation(Map<String, AttributeValue> row) {
    try {
      return Header.decode(row.get("h").b().asByteArray()).generation();
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }
}
