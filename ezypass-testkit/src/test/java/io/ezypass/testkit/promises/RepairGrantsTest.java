package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.bytes;
import static io.ezypass.testkit.promises.RepairScene.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.admin.Finding.Outcome;
import io.ezypass.admin.Mode;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Torn grants: what follows from the owner's row is mended, what does not open is reported. */
class RepairGrantsTest {
  private static final UserId CAROL = UserId.of("carol");

  private static RepairScene scene;
  private static List<Map<String, AttributeValue>> image;

  /** Alice's row of a grant to bob, of what {@code before} has shared, and bob's. */
  private static Map<String, AttributeValue> grant = Map.of();

  private static Map<String, AttributeValue> pointer = Map.of();

  @BeforeAll
  static void start() {
    scene = new RepairScene();
    image = scene.inspector.items();
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  private record Tear(
      String name, Kind kind, Consumer<RepairScene> before, Consumer<RepairScene> tear) {}

  /** Reading takes time: the row to which a forwarding row points may be written in between. */
  @Test
  void aGrantOfWhatMovesWhileTheRowsAreReadStays() {
    try (RepairScene own = new RepairScene()) {
      own.vaults.vault(ALICE).sharing().share(own.moved, NewGrant.to(BOB));
      String target = own.inspector.item("U#alice", "CRED#" + own.moved).get("f").s();
      Map<String, AttributeValue> row = own.inspector.item("U#alice", target);
      own.inspector.delete("U#alice", target);
      own.local.faults().beforeSend("TransactWriteItems", () -> own.inspector.put(row));

      own.local.ezypass().admin().repair(ALICE, Mode.APPLY);

      assertThat(own.inspector.item("U#alice", target)).isNotEmpty();
      assertThat(own.vaults.vault(ALICE).sharing().grants(own.moved)).hasSize(1);
      own.vaults.vault(BOB).sharing().open(ALICE, own.moved).close();
    }
  }

  @TestFactory
  Stream<DynamicTest> isMendedWithoutLoss() {
    return Stream.of(
            new Tear(
                "not told to its recipient",
                Kind.GRANT_POINTER_WRONG,
                s -> share(s.moved, BOB),
                s -> s.remove(pointer)),
            new Tear(
                "told to its recipient with a wrong HMAC",
                Kind.GRANT_POINTER_WRONG,
                s -> share(s.plain, BOB),
                s -> s.change(pointer, i -> i.put("a", bytes(32)))),
            new Tear(
                "told to its recipient with another end",
                Kind.GRANT_POINTER_WRONG,
                s -> share(s.ending, BOB),
                s -> s.change(pointer, i -> i.put("ttl", number(4_000_000_000L)))),
            new Tear(
                "told to its recipient, but not there",
                Kind.GRANT_POINTER_LEFT,
                s -> {
                  share(s.plain, BOB);
                  s.vaults.vault(ALICE).sharing().revoke(s.plain, BOB);
                },
                s -> s.inspector.put(pointer)),
            new Tear(
                "of what is in the trash",
                Kind.GRANT_LEFT,
                s -> {
                  share(s.plain, BOB);
                  s.vaults.vault(ALICE).delete(s.plain, 1);
                },
                RepairGrantsTest::putBoth),
            new Tear(
                "of what is in the trash, and not told to its recipient",
                Kind.GRANT_LEFT,
                s -> {
                  share(s.moved, BOB);
                  s.vaults.vault(ALICE).delete(s.moved, 2);
                },
                s -> s.inspector.put(grant)),
            new Tear(
                "of what was deleted for good",
                Kind.GRANT_LEFT,
                s -> {
                  share(s.moved, BOB);
                  deleteForGood(s.moved, 2);
                },
                RepairGrantsTest::putBoth),
            new Tear(
                "with somebody whose deletion is under way",
                Kind.GRANT_LEFT,
                s -> {
                  s.vaults.register(NewUser.withId(CAROL));
                  share(s.plain, CAROL);
                  s.vaults.deleteUser(CAROL);
                },
                s -> s.inspector.put(grant)),
            new Tear(
                "not counted",
                Kind.GRANTS_NOT_COUNTED,
                s -> share(s.plain, BOB),
                s -> s.change("CRED#" + s.plain, i -> i.remove("x"))),
            new Tear(
                "of a credential as it was before it was shared",
                Kind.GRANTS_NOT_COUNTED,
                s -> share(s.kept, BOB),
                s -> image.stream().filter(i -> isAt(i, s.kept)).forEach(s.inspector::put)),
            new Tear(
                "with the end that its credential had before",
                Kind.EXPIRY_WRONG,
                s -> {
                  share(s.ending, BOB);
                  endLater(s);
                },
                RepairGrantsTest::putBoth),
            new Tear(
                "with the end that its credential had before, told rightly",
                Kind.EXPIRY_WRONG,
                s -> {
                  share(s.ending, BOB);
                  endLater(s);
                },
                s -> s.inspector.put(grant)))
        .map(tear -> DynamicTest.dynamicTest(tear.name(), () -> mended(tear)));
  }

  private static void mended(Tear tear) {
    scene.restore(image);
    tear.before().accept(scene);
    List<String> seen = scene.seen();
    tear.tear().accept(scene);

    List<Finding> findings = scene.repairs();

    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(tear.kind(), Outcome.MENDED));
    assertThat(scene.seen()).isEqualTo(seen);
    scene.deletesEverything();
  }

  @TestFactory
  Stream<DynamicTest> isReportedAndNotTouched() {
    return Stream.of(
            new Tear(
                "of nobody's making",
                Kind.GRANT_FORGED,
                s -> share(s.plain, BOB),
                s -> s.change(grant, i -> i.put("a", bytes(32)))),
            new Tear(
                "told to somebody by somebody else",
                Kind.GRANT_FORGED,
                s -> share(s.plain, BOB),
                s -> {
                  Map<String, AttributeValue> copy = new HashMap<>(pointer);
                  copy.put("sk", RepairScene.text("SHAREIN#alice#" + s.moved));
                  s.inspector.put(copy);
                }),
            new Tear(
                "with somebody who is nowhere",
                Kind.GRANT_LEFT,
                s -> {
                  s.vaults.register(NewUser.withId(CAROL));
                  share(s.plain, CAROL);
                },
                s -> {
                  s.remove(s.listed(CAROL));
                  s.inspector.partition("U#carol").forEach(s::remove);
                }))
        .map(tear -> DynamicTest.dynamicTest(tear.name(), () -> reported(tear)));
  }

  private static void reported(Tear tear) {
    scene.restore(image);
    tear.before().accept(scene);
    tear.tear().accept(scene);
    List<Map<String, AttributeValue>> before = scene.inspector.items();

    List<Finding> findings = scene.repairs();

    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(tear.kind(), Outcome.REPORTED));
    assertThat(scene.inspector.items()).isEqualTo(before);
  }

  private static void share(CredentialId id, UserId recipient) {
    scene.vaults.vault(ALICE).sharing().share(id, NewGrant.to(recipient));
    grant = scene.grant(id, recipient);
    pointer = scene.pointer(id, recipient);
  }

  private static void putBoth(RepairScene scene) {
    scene.inspector.put(grant);
    scene.inspector.put(pointer);
  }

  private static void endLater(RepairScene scene) {
    Vault vault = scene.vaults.vault(ALICE);
    vault
        .edit(scene.ending, old -> old.toBuilder().expiresAt(scene.end.plusSeconds(99)).build())
        .close();
  }

  private static void deleteForGood(CredentialId id, long version) {
    VaultPolicies off = VaultPolicies.defaults().withTrash(TrashPolicy.off());
    try (EzyPass process = scene.local.open(b -> b.policies(off))) {
      process.repository().vault(ALICE).delete(id, version);
    }
  }

  private static boolean isAt(Map<String, AttributeValue> item, CredentialId id) {
    return item.get("pk").s().equals("U#alice") && item.get("sk").s().equals("CRED#" + id);
  }
}
