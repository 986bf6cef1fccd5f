package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.bytes;
import static io.ezypass.testkit.promises.RepairScene.number;
import static io.ezypass.testkit.promises.RepairScene.profile;
import static io.ezypass.testkit.promises.RepairScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One tear each: a dry run shows it and writes nothing, applying mends it, a second run finds
 * nothing, and the vault is by every access path what it was before.
 */
class RepairTest {
  private static RepairScene scene;
  private static List<Map<String, AttributeValue>> image;

  @BeforeAll
  static void start() {
    scene = new RepairScene();
    image = scene.inspector.items();
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

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
            new Tear("no forwarding row", Kind.FORWARDING_MISSING, s -> s.remove(s.row(s.moved))),
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
                s -> s.change("CRED#" + s.movedEnding.value(), i -> i.remove("ttl"))),
            new Tear(
                "a credential without ttl",
                Kind.EXPIRY_WRONG,
                s -> s.change("CRED#" + s.ending.value(), i -> i.remove("ttl"))),
            new Tear(
                "a credential with a ttl of somebody else's",
                Kind.EXPIRY_WRONG,
                s ->
                    s.change("CRED#" + s.plain.value(), i -> i.put("ttl", number(4_000_000_000L)))),
            new Tear(
                "a moved credential with another ttl",
                Kind.EXPIRY_WRONG,
                s -> s.change(s.place(s.movedEnding), i -> i.put("ttl", number(4_000_000_000L)))),
            new Tear(
                "no shard beside the keys",
                Kind.SHARD_WRONG,
                s -> s.change("KEYS", i -> i.remove("d"))),
            new Tear(
                "another shard beside the keys",
                Kind.SHARD_WRONG,
                s -> s.change("KEYS", i -> i.put("d", number(99)))),
            new Tear(
                "not in the directory", Kind.DIRECTORY_MISSING, s -> s.remove(s.listed(ALICE))),
            new Tear(
                "marked as deleted in the directory",
                Kind.DIRECTORY_WRONG,
                s -> s.change(s.listed(ALICE), i -> i.put("x", number(1_700_000_000_000L)))),
            new Tear(
                "a wrong HMAC in the directory",
                Kind.DIRECTORY_WRONG,
                s -> s.change(s.listed(ALICE), i -> i.put("a", bytes(32)))),
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
                s -> s.change("PROFILE", i -> i.remove("e"))),
            new Tear(
                "another tag beside the profile",
                Kind.PROFILE_TAG_WRONG,
                s -> s.change("PROFILE", i -> i.put("n", bytes(32)))),
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
                s -> s.change(s.claim("EMAIL#", ALICE), i -> i.put("a", bytes(32)))),
            new Tear(
                "a claim that names nobody at all",
                Kind.CLAIM_WRONG,
                s -> s.change(s.claim("EMAIL#", ALICE), i -> i.remove("u"))),
            new Tear(
                "a claim that names another user",
                Kind.CLAIM_HELD_BY_ANOTHER,
                s -> s.change(s.claim("EMAIL#", ALICE), i -> i.put("u", text("bob")))),
            new Tear(
                "a claim that names somebody who is gone",
                Kind.CLAIM_HELD_BY_ANOTHER,
                s -> s.change(s.claim("EMAIL#", ALICE), i -> i.put("u", text("gone")))),
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
                  s.vaults.register(NewUser.withEmail("carol@example.com").id(UserId.of("carol")));
                  Map<String, AttributeValue> old = s.claim("EMAIL#", UserId.of("carol"));
                  s.vaults.deleteUser(UserId.of("carol"));
                  s.inspector.put(old);
                }))
        .map(tear -> DynamicTest.dynamicTest(tear.name(), () -> mended(tear)));
  }

  private static void mended(Tear tear) {
    scene.restore(image);
    List<String> seen = scene.seen();
    tear.tear().accept(scene);
    if (tear.name().contains("gave up")) {
      seen = seen.stream().map(l -> l.replace("bob v1 bob@", "bob v2 other@")).sorted().toList();
    }

    List<Finding> findings = scene.repairs();

    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(tear.kind(), Finding.Outcome.MENDED));
    assertThat(scene.seen()).isEqualTo(seen);
    scene.deletesEverything();
  }
}
