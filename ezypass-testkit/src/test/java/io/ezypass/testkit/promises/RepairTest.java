package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.content;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ezypass.EzyPass;
import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RepairReport;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One tear each: a dry run shows it and writes nothing, applying mends it, a second run finds
 * nothing, and the vault is by every access path what it was before.
 */
class RepairTest {
  private record Tear(String name, Kind kind, Consumer<RepairScene> tear) {}

  @TestFactory
  Stream<DynamicTest> isMendedWithoutLoss() {
    return Stream.of(
            new Tear(
                "an old copy in the place of the forwarding row",
                Kind.DUPLICATE_CREDENTIAL,
                s -> s.inspector.put(s.old(s.moved, 1))),
            new Tear(
                "an old copy beside what has moved back",
                Kind.DUPLICATE_CREDENTIAL,
                s -> s.inspector.put(s.old(s.movedBack, 2))),
            new Tear(
                "an old copy beside what has moved twice",
                Kind.DUPLICATE_CREDENTIAL,
                s -> s.inspector.put(s.old(s.movedTwice, 2))),
            new Tear(
                "three copies",
                Kind.DUPLICATE_CREDENTIAL,
                s -> {
                  s.inspector.put(s.old(s.movedTwice, 1));
                  s.inspector.put(s.old(s.movedTwice, 2));
                }),
            new Tear(
                "an old copy, and a forwarding row that points to it",
                Kind.DUPLICATE_CREDENTIAL,
                s -> {
                  s.inspector.put(s.oldForwarding(s.movedTwice));
                  s.inspector.put(s.old(s.movedTwice, 2));
                }),
            new Tear(
                "no forwarding row",
                Kind.FORWARDING_MISSING,
                s -> s.remove(s.row(s.moved))),
            new Tear(
                "no forwarding row of what ends",
                Kind.FORWARDING_MISSING,
                s -> s.remove(s.row(s.movedEnding))),
            new Tear(
                "a forwarding row that points to nothing",
                Kind.FORWARDING_WRONG,
                s -> s.inspector.put(s.oldForwarding(s.movedTwice))),
            new Tear(
                "a forwarding row with a wrong HMAC",
                Kind.FORWARDING_WRONG,
                s -> s.inspector.flip("U#alice", "CRED#" + s.moved.value(), "a", 9)),
            new Tear(
                "a forwarding row without ttl",
                Kind.EXPIRY_WRONG,
                s -> change(s, "CRED#" + s.movedEnding.value(), i -> i.remove("ttl"))),
            new Tear(
                "a credential without ttl",
                Kind.EXPIRY_WRONG,
                s -> change(s, "CRED#" + s.ending.value(), i -> i.remove("ttl"))),
            new Tear(
                "a credential with a ttl of somebody else's",
                Kind.EXPIRY_WRONG,
                s -> change(s, "CRED#" + s.plain.value(), i -> i.put("ttl", number(4_000_000_000L)))),
            new Tear(
                "a moved credential with another ttl",
                Kind.EXPIRY_WRONG,
                s -> change(s, s.place(s.movedEnding), i -> i.put("ttl", number(4_000_000_000L)))),
            new Tear(
                "no shard beside the keys",
                Kind.SHARD_WRONG,
                s -> change(s, "KEYS", i -> i.remove("d"))),
            new Tear(
                "another shard beside the keys",
                Kind.SHARD_WRONG,
                s -> change(s, "KEYS", i -> i.put("d", number(99)))),
            new Tear(
                "not in the directory", Kind.DIRECTORY_MISSING, s -> s.remove(s.listed(ALICE))),
            new Tear(
                "marked as deleted in the directory",
                Kind.DIRECTORY_WRONG,
                s -> changed(s, s.listed(ALICE), i -> i.put("x", number(1_700_000_000_000L)))),
            new Tear(
                "a wrong HMAC in the directory",
                Kind.DIRECTORY_WRONG,
                s -> changed(s, s.listed(ALICE), i -> i.put("a", bytes(32)))),
            new Tear(
                "listed, but nobody",
                Kind.DIRECTORY_ORPHANED,
                s -> {
                  s.vaults.register(NewUser.withId(UserId.of("carol")));
                  s.inspector.delete("U#carol", "KEYS");
                  s.inspector.delete("U#carol", "PROFILE");
                }),
            new Tear(
                "no tag beside the profile",
                Kind.PROFILE_TAG_WRONG,
                s -> change(s, "PROFILE", i -> i.remove("e"))),
            new Tear(
                "another tag beside the profile",
                Kind.PROFILE_TAG_WRONG,
                s -> change(s, "PROFILE", i -> i.put("n", bytes(32)))),
            new Tear(
                "no claim on the e-mail address",
                Kind.CLAIM_MISSING,
                s -> s.remove(s.claim("EMAIL#", ALICE))),
            new Tear(
                "no claim on the username",
                Kind.CLAIM_MISSING,
                s -> s.remove(s.claim("NAME#", ALICE))),
            new Tear(
                "a claim with a wrong HMAC",
                Kind.CLAIM_WRONG,
                s -> changed(s, s.claim("EMAIL#", ALICE), i -> i.put("a", bytes(32)))),
            new Tear(
                "a claim that names nobody at all",
                Kind.CLAIM_WRONG,
                s -> changed(s, s.claim("EMAIL#", ALICE), i -> i.remove("u"))),
            new Tear(
                "a claim that names another user",
                Kind.CLAIM_HELD_BY_ANOTHER,
                s -> changed(s, s.claim("EMAIL#", ALICE), i -> i.put("u", text("bob")))),
            new Tear(
                "a claim that names somebody who is gone",
                Kind.CLAIM_HELD_BY_ANOTHER,
                s -> changed(s, s.claim("EMAIL#", ALICE), i -> i.put("u", text("gone")))),
            new Tear(
                "a claim that its user gave up",
                Kind.CLAIM_ORPHANED,
                s -> {
                  Map<String, AttributeValue> old = s.claim("EMAIL#", BOB);
                  s.vaults.updateUser(BOB, 1, profile("other@example.com"));
                  s.inspector.put(old);
                }),
            new Tear(
                "a claim of a deleted user",
                Kind.CLAIM_ORPHANED,
                s -> {
                  s.vaults.register(
                      NewUser.withEmail("carol@example.com")
                          .id(UserId.of("carol")));
                  Map<String, AttributeValue> old = s.claim("EMAIL#", UserId.of("carol"));
                  s.vaults.deleteUser(UserId.of("carol"));
                  s.inspector.put(old);
                }))
        .map(tear -> DynamicTest.dynamicTest(tear.name(), () -> mended(tear)));
  }

  private static void mended(Tear tear) {
    try (RepairScene scene = new RepairScene()) {
      List<String> seen = scene.seen();
      tear.tear().accept(scene);
      if (tear.name().contains("gave up")) {
        seen = seen.stream().map(l -> l.replace("bob v1 bob@", "bob v2 other@")).sorted().toList();
      }

      List<Finding> findings = scene.repairs();

      assertThat(findings)
          .extracting(Finding::kind, Finding::outcome)
          .containsExactly(
              tuple(tear.kind(), Finding.Outcome.MENDED));
      assertThat(scene.seen()).isEqualTo(seen);
      scene.deletesEverything();
    }
  }

  @TestFactory
  Stream<DynamicTest> isReportedAndNotTouched() {
    return Stream.of(
            new Tear(
                "no keys", Kind.KEYS_MISSING, s -> s.inspector.delete("U#alice", "KEYS")),
            new Tear(
                "keys that do not open",
                Kind.KEYS_UNREADABLE,
                s -> s.inspector.flip("U#alice", "KEYS", "m", 7)),
            new Tear(
                "no profile",
                Kind.PROFILE_MISSING,
                s -> s.inspector.delete("U#alice", "PROFILE")),
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
                "an unknown row of a user",
                Kind.ROW_UNKNOWN,
                s -> s.inspector.put(Map.of("pk", text("U#alice"), "sk", text("HEAD")))),
            new Tear(
                "an unknown row of nobody",
                Kind.ROW_UNKNOWN,
                s -> s.inspector.put(Map.of("pk", text("OTHER"), "sk", text("a b")))),
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
                  changed(s, s.listed(UserId.of("carol")), i -> i.put("a", bytes(32)));
                }))
        .map(tear -> DynamicTest.dynamicTest(tear.name(), () -> reported(tear)));
  }

  private static void reported(Tear tear) {
    try (RepairScene scene = new RepairScene()) {
      tear.tear().accept(scene);
      List<Map<String, AttributeValue>> before = scene.inspector.items();

      List<Finding> findings = scene.repairs();

      assertThat(findings)
          .extracting(Finding::kind, Finding::outcome)
          .containsExactly(
              tuple(tear.kind(), Finding.Outcome.REPORTED));
      assertThat(scene.inspector.items()).isEqualTo(before);
    }
  }

  @Test
  void twoUsersWhoBothHaveAnAddressAreLeftToTheOperatorWhoCanDecideEitherWay() {
    try (RepairScene scene = new RepairScene()) {
      Map<String, AttributeValue> alices = scene.claim("EMAIL#", ALICE);
      scene.remove(alices);
      scene.vaults.updateUser(BOB, 1, profile("alice@example.com"));

      assertThat(scene.repairs())
          .extracting(Finding::user, Finding::kind, Finding::outcome)
          .containsExactly(
              tuple(
                  ALICE, Kind.CLAIM_DISPUTED, Finding.Outcome.REPORTED));

      scene.vaults.updateUser(BOB, 2, profile("bob@example.com"));
      assertThat(scene.repairs()).extracting(Finding::kind).containsExactly(Kind.CLAIM_MISSING);
      scene.vaults.updateUser(ALICE, 1, profile("new@example.com"));
      scene.vaults.updateUser(BOB, 3, profile("alice@example.com"));
      assertThat(scene.repairs()).isEmpty();
      scene.deletesEverything();
    }
  }

  @Test
  void aCredentialThatIsNowhereLosesItsForwardingRowAndSaysSo() {
    try (RepairScene scene = new RepairScene()) {
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
  }

  @Test
  void twoCopiesOfTheSameVersionAreLeftToTheOperator() {
    try (RepairScene scene = new RepairScene()) {
      Map<String, AttributeValue> old = scene.row(scene.plain);
      scene.vaults.vault(ALICE).update(scene.plain, 1, content("x.example", "one").build());
      Map<String, AttributeValue> second =
          scene.inspector.item("U#alice", scene.place(scene.plain));
      scene.inspector.put(old);
      scene.inspector.delete("U#alice", second.get("sk").s());
      scene.vaults.vault(ALICE).update(scene.plain, 1, content("plain.example", "two").build());
      scene.inspector.put(second);

      assertThat(scene.repairs())
          .extracting(Finding::kind, Finding::outcome)
          .containsExactly(
              tuple(
                  Kind.CREDENTIAL_UNDECIDED, Finding.Outcome.REPORTED));
    }
  }

  @Test
  void oneUserIsRepairedAlone() {
    try (RepairScene scene = new RepairScene();
        EzyPass operator = scene.local.open(b -> b)) {
      List<String> seen = scene.seen();
      changed(scene, scene.claim("EMAIL#", ALICE), i -> i.put("u", text("bob")));
      scene.remove(scene.row(scene.moved));
      scene.remove(scene.claim("EMAIL#", BOB));

      RepairReport dry = operator.admin().repair(ALICE, Mode.DRY_RUN);
      RepairReport applied = operator.admin().repair(ALICE, Mode.APPLY);

      assertThat(dry.findings())
          .extracting(Finding::kind, Finding::outcome)
          .containsExactly(
              tuple(
                  Kind.FORWARDING_MISSING, Finding.Outcome.WOULD_MEND),
              tuple(
                  Kind.CLAIM_HELD_BY_ANOTHER, Finding.Outcome.WOULD_MEND));
      assertThat(applied.findings())
          .extracting(Finding::outcome)
          .containsOnly(Finding.Outcome.MENDED);
      assertThat(operator.admin().repair(ALICE, Mode.APPLY).findings()).isEmpty();
      assertThat(scene.repairs()).extracting(Finding::user).containsExactly(BOB);
      assertThat(scene.seen()).isEqualTo(seen);
    }
  }

  @Test
  void aUserOfWhomThereIsNothingAndATableWithoutRootAreRefused() {
    try (RepairScene scene = new RepairScene()) {
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

  private static UserProfile profile(String email) {
    return new UserProfile(null, email, null);
  }

  private static void change(
      RepairScene scene, String sk, Consumer<Map<String, AttributeValue>> change) {
    scene.inspector.change("U#alice", sk, change);
  }

  private static void changed(
      RepairScene scene,
      Map<String, AttributeValue> item,
      Consumer<Map<String, AttributeValue>> change) {
    scene.inspector.change(item.get("pk").s(), item.get("sk").s(), change);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static AttributeValue bytes(int length) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(new byte[length]));
  }
}
