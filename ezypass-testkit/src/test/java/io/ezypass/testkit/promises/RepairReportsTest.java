package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.bytes;
import static io.ezypass.testkit.promises.RepairScene.content;
import static io.ezypass.testkit.promises.RepairScene.profile;
import static io.ezypass.testkit.promises.RepairScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ezypass.EzyPass;
import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RepairReport;
import io.ezypass.admin.RepairSummary;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What only an operator can decide is reported, and not touched. */
class RepairReportsTest {
  private static RepairScene scene;
  private static List<Map<String, AttributeValue>> image;

  @BeforeAll
  static void start() {
    scene = new RepairScene();
    image = scene.inspector.items();
  }

  @BeforeEach
  void restore() {
    scene.restore(image);
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  private record Tear(String name, Kind kind, Consumer<RepairScene> tear) {}

  /** Whether a row is needed is looked up in the credential, by whoever checks what is listed. */
  @Test
  void rowsOfTheDueListArePassedOver() {
    LocalDate day = LocalDate.of(2031, 2, 28);
    scene.vaults.vault(ALICE).edit(scene.plain, old -> old.toBuilder().rotateBy(day).build());
    scene.inspector.put(dueRow("A".repeat(43), "gone#" + "A".repeat(16)));

    assertThat(scene.repair(Mode.APPLY).findings()).isEmpty();

    assertThat(scene.inspector.items())
        .filteredOn(item -> item.get("pk").s().startsWith("DUE#"))
        .hasSize(2);
  }

  private static Map<String, AttributeValue> dueRow(String tag, String sk) {
    return Map.of("pk", text("DUE#" + tag), "sk", text(sk));
  }

  @TestFactory
  Stream<DynamicTest> isReportedAndNotTouched() {
    return Stream.of(
            new Tear("no keys", Kind.KEYS_MISSING, s -> s.inspector.delete("U#alice", "KEYS")),
            new Tear(
                "keys that do not open",
                Kind.KEYS_UNREADABLE,
                s -> s.inspector.flip("U#alice", "KEYS", "m", 7)),
            new Tear(
                "no profile", Kind.PROFILE_MISSING, s -> s.inspector.delete("U#alice", "PROFILE")),
            new Tear(
                "a profile that does not open",
                Kind.ROW_UNREADABLE,
                s -> s.inspector.flip("U#alice", "PROFILE", "m", 7)),
            new Tear(
                "a secret part that does not open",
                Kind.ROW_UNREADABLE,
                s -> s.inspector.flip("U#alice", "CRED#" + s.plain.value(), "s", 7)),
            new Tear(
                "a moved credential that does not open",
                Kind.ROW_UNREADABLE,
                s -> s.inspector.flip("U#alice", s.place(s.moved), "m", 7)),
            new Tear(
                "a credential in the trash that does not open",
                Kind.ROW_UNREADABLE,
                s -> s.inspector.flip("U#alice", s.inTrash(s.trashed).get("sk").s(), "s", 7)),
            new Tear(
                "a revision that does not open",
                Kind.ROW_UNREADABLE,
                s -> s.inspector.flip("U#alice", s.revision(s.kept, 1).get("sk").s(), "m", 7)),
            new Tear(
                "a revision in another one's place",
                Kind.ROW_UNREADABLE,
                s -> {
                  Map<String, AttributeValue> copy = new HashMap<>(s.revision(s.kept, 1));
                  copy.put("sk", s.revision(s.kept, 2).get("sk"));
                  s.inspector.put(copy);
                }),
            new Tear(
                "a revision that is missing",
                Kind.REVISION_MISSING,
                s -> s.remove(s.revision(s.kept, 2))),
            new Tear(
                "a revision of what is nowhere",
                Kind.REVISION_ORPHANED,
                s -> s.remove(s.inTrash(s.trashed))),
            new Tear(
                "a revision that is newer than its credential",
                Kind.REVISION_ORPHANED,
                s -> {
                  s.remove(s.revision(s.kept, 1));
                  s.inspector.put(s.old(s.kept, 1));
                }),
            new Tear(
                "an unknown row of a user",
                Kind.ROW_UNKNOWN,
                s -> s.inspector.put(Map.of("pk", text("U#alice"), "sk", text("HEAD")))),
            new Tear(
                "an unknown row of nobody",
                Kind.ROW_UNKNOWN,
                s -> s.inspector.put(Map.of("pk", text("OTHER"), "sk", text("a b")))),
            new Tear(
                "a row of the due list under no tag",
                Kind.ROW_UNKNOWN,
                s -> s.inspector.put(dueRow("x", "alice#" + "A".repeat(16)))),
            new Tear(
                "a row of the due list under a tag in another spelling",
                Kind.ROW_UNKNOWN,
                s -> s.inspector.put(dueRow("A".repeat(42) + "B", "alice#" + "A".repeat(16)))),
            new Tear(
                "a row of the due list without a rand",
                Kind.ROW_UNKNOWN,
                s -> s.inspector.put(dueRow("A".repeat(43), "alice"))),
            new Tear(
                "a claim of nobody's making",
                Kind.CLAIM_FORGED,
                s ->
                    s.inspector.put(
                        Map.of(
                            "pk",
                            text("EMAIL#" + "A".repeat(43)),
                            "sk",
                            text("CLAIM"),
                            "u",
                            text("alice"),
                            "a",
                            bytes(32)))),
            new Tear(
                "a forwarding row of nobody's making",
                Kind.FORWARDING_FORGED,
                s ->
                    s.inspector.put(
                        Map.of(
                            "pk",
                            text("U#alice"),
                            "sk",
                            text("CRED#" + "A".repeat(28)),
                            "f",
                            text("CRED#" + "B".repeat(12) + "A".repeat(16))))),
            new Tear(
                "a row of the directory in another shard",
                Kind.DIRECTORY_FORGED,
                s -> s.inspector.put(Map.of("pk", text("USERS#99"), "sk", text("alice")))),
            new Tear(
                "a row of the directory of nobody's making",
                Kind.DIRECTORY_FORGED,
                s -> {
                  s.vaults.register(NewUser.withId(UserId.of("carol")));
                  s.inspector.delete("U#carol", "KEYS");
                  s.inspector.delete("U#carol", "PROFILE");
                  s.change(s.listed(UserId.of("carol")), i -> i.put("a", bytes(32)));
                }))
        .map(tear -> DynamicTest.dynamicTest(tear.name(), () -> reported(tear)));
  }

  private static void reported(Tear tear) {
    scene.restore(image);
    tear.tear().accept(scene);
    List<Map<String, AttributeValue>> before = scene.inspector.items();

    List<Finding> findings = scene.repairs();

    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(tear.kind(), Finding.Outcome.REPORTED));
    assertThat(scene.inspector.items()).isEqualTo(before);
  }

  @Test
  void twoUsersWhoBothHaveAnAddressAreLeftToTheOperatorWhoCanDecideEitherWay() {
    Map<String, AttributeValue> alices = scene.claim("EMAIL#", ALICE);
    scene.remove(alices);
    scene.vaults.updateUser(BOB, 1, profile("alice@example.com"));

    assertThat(scene.repairs())
        .extracting(Finding::user, Finding::kind, Finding::outcome)
        .containsExactly(tuple(ALICE, Kind.CLAIM_DISPUTED, Finding.Outcome.REPORTED));

    scene.vaults.updateUser(BOB, 2, profile("bob@example.com"));
    assertThat(scene.repairs()).extracting(Finding::kind).containsExactly(Kind.CLAIM_MISSING);
    scene.vaults.updateUser(ALICE, 1, profile("new@example.com"));
    scene.vaults.updateUser(BOB, 3, profile("alice@example.com"));
    assertThat(scene.repairs()).isEmpty();
    scene.deletesEverything();
  }

  @Test
  void aCredentialThatIsNowhereLosesItsForwardingRowAndSaysSo() {
    scene.inspector.delete("U#alice", scene.place(scene.moved));

    assertThat(scene.repairs())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.FORWARDING_DANGLING);
              assertThat(finding.outcome()).isEqualTo(Finding.Outcome.MENDED);
              assertThat(finding.what()).contains(scene.moved.value(), "lost");
            });
    assertThat(scene.seen()).noneMatch(line -> line.contains(scene.moved.value()));
    scene.deletesEverything();
  }

  @Test
  void twoCopiesOfTheSameVersionAreLeftToTheOperator() {
    Map<String, AttributeValue> old = scene.row(scene.plain);
    scene.vaults.vault(ALICE).update(scene.plain, 1, content("x.example", "one").build());
    Map<String, AttributeValue> second = scene.inspector.item("U#alice", scene.place(scene.plain));
    scene.inspector.put(old);
    scene.inspector.delete("U#alice", second.get("sk").s());
    scene.vaults.vault(ALICE).update(scene.plain, 1, content("plain.example", "two").build());
    scene.inspector.put(second);

    assertThat(scene.repairs())
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(Kind.CREDENTIAL_UNDECIDED, Finding.Outcome.REPORTED));
  }

  @Test
  void aCredentialAndItsCopyInTheTrashOfTheSameVersionAreLeftToTheOperator() {
    Map<String, AttributeValue> before = scene.row(scene.plain);
    scene.vaults.vault(ALICE).delete(scene.plain, 1);
    Map<String, AttributeValue> trashed = scene.inTrash(scene.plain);
    scene.remove(trashed);
    scene.inspector.put(before);
    scene.vaults.vault(ALICE).update(scene.plain, 1, content("plain.example", "plain").build());
    scene.inspector.put(trashed);

    assertThat(scene.repairs())
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(Kind.CREDENTIAL_UNDECIDED, Finding.Outcome.REPORTED));
  }

  @Test
  void oneUserIsRepairedAlone() {
    try (EzyPass operator = scene.local.open(b -> b)) {
      List<String> seen = scene.seen();
      scene.remove(scene.claim("EMAIL#", BOB));
      scene.change(scene.claim("EMAIL#", ALICE), i -> i.put("u", text("bob")));
      scene.remove(scene.row(scene.moved));

      RepairReport dry = operator.admin().repair(ALICE, Mode.DRY_RUN);
      RepairReport applied = operator.admin().repair(ALICE, Mode.APPLY);

      assertThat(dry.findings())
          .extracting(Finding::kind, Finding::outcome)
          .containsExactly(
              tuple(Kind.FORWARDING_MISSING, Finding.Outcome.WOULD_MEND),
              tuple(Kind.CLAIM_HELD_BY_ANOTHER, Finding.Outcome.WOULD_MEND));
      assertThat(applied.findings())
          .extracting(Finding::outcome)
          .containsOnly(Finding.Outcome.MENDED);
      assertThat(operator.admin().repair(ALICE, Mode.APPLY).findings()).isEmpty();
      assertThat(scene.repairs()).extracting(Finding::user).containsExactly(BOB);
      assertThat(scene.seen()).isEqualTo(seen);
    }
  }

  @Test
  void aPartitionThatSomebodyMadeUpDoesNotEndTheJobOfASelectorThatDoesNotKnowIt() {
    Map<String, AttributeValue> keys = new HashMap<>(scene.inspector.item("U#alice", "KEYS"));
    keys.put("pk", text("U#aaa-nobody"));
    scene.inspector.put(keys);
    Map<UserId, String> known = Map.of(ALICE, scene.local.kmsKey(), BOB, scene.local.kmsKey());
    try (EzyPass operator = scene.local.open(b -> b.kmsKeyPerUser(known::get))) {
      RepairSummary summary = operator.admin().repairAll(Mode.DRY_RUN, JobOptions.unpaced());
      assertThat(summary.users()).isEqualTo(3);
      assertThat(summary.failures())
          .extracting(RepairSummary.Failure::user)
          .containsExactly(UserId.of("aaa-nobody"));
    }
  }

  @Test
  void aUserOfWhomThereIsNothingAndATableWithoutRootAreRefused() {
    try (EzyPass operator = scene.local.open(b -> b)) {
      assertThatThrownBy(() -> operator.admin().repair(UserId.of("nobody"), Mode.APPLY))
          .isInstanceOf(UserNotFoundException.class);
    }
    scene.inspector.delete("TABLE", "ROOT");
    List<Map<String, AttributeValue>> before = scene.inspector.items();
    try (EzyPass operator = scene.local.open(b -> b)) {
      assertThatThrownBy(() -> operator.admin().repair(ALICE, Mode.APPLY))
          .isInstanceOf(NotInitialisedException.class)
          .hasMessageContaining("restore");
      assertThatThrownBy(() -> operator.admin().repairAll(Mode.APPLY, JobOptions.unpaced()))
          .isInstanceOf(NotInitialisedException.class);
    }
    assertThat(scene.inspector.items()).isEqualTo(before);
  }
}
