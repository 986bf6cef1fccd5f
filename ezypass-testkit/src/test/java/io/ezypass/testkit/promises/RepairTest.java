package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.bytes;
import static io.ezypass.testkit.promises.RepairScene.content;
import static io.ezypass.testkit.promises.RepairScene.number;
import static io.ezypass.testkit.promises.RepairScene.profile;
import static io.ezypass.testkit.promises.RepairScene.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.time.LocalDate;
import java.util.HashMap;
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
  private static final LocalDate DAY = LocalDate.of(2031, 2, 28);

  private static RepairScene scene;
  private static List<Map<String, AttributeValue>> image;

  /** Rows, or attributes, that a tear puts back. */
  private static Map<String, Map<String, AttributeValue>> before = Map.of();

  @BeforeAll
  static void start() {
    scene = new RepairScene();
    image = scene.inspector.items();
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  /**
   * What is torn.
   *
   * @param before what is done rightly before
   */
  private record Tear(
      String name, Kind kind, Consumer<RepairScene> before, Consumer<RepairScene> tear) {
    Tear(String name, Kind kind, Consumer<RepairScene> tear) {
      this(name, kind, scene -> {}, tear);
    }
  }

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
                "an old copy beside what is in the trash",
                Kind.DUPLICATE_CREDENTIAL,
                s -> s.inspector.put(s.old(s.trashed, 2))),
            new Tear(
                "an old copy with its forwarding row beside what is in the trash",
                Kind.DUPLICATE_CREDENTIAL,
                s -> {
                  s.inspector.put(s.old(s.trashed, 2));
                  s.inspector.put(s.oldForwarding(s.trashed));
                }),
            new Tear(
                "a forwarding row of what is in the trash",
                Kind.FORWARDING_LEFT,
                s -> s.inspector.put(s.oldForwarding(s.trashed))),
            new Tear(
                "a copy in the trash beside what was restored",
                Kind.DUPLICATE_CREDENTIAL,
                s -> s.vaults.vault(ALICE).trash().restore(s.trashed, 3),
                s -> s.inspector.put(inImage("TRASH#" + rand(s.trashed)))),
            new Tear(
                "what is in the trash for ever",
                Kind.EXPIRY_WRONG,
                s -> s.change(s.inTrash(s.trashed), i -> i.remove("ttl"))),
            new Tear(
                "a revision that does not end with its credential",
                Kind.EXPIRY_WRONG,
                s -> s.change(s.revision(s.kept, 1), i -> i.remove("ttl"))),
            new Tear(
                "a revision that ends before its credential",
                Kind.EXPIRY_WRONG,
                s -> s.change(s.revision(s.movedKept, 1), i -> i.put("ttl", number(5)))),
            new Tear(
                "a revision that does not end with its credential in the trash",
                Kind.EXPIRY_WRONG,
                s -> s.change(s.revision(s.trashed, 1), i -> i.put("ttl", number(4_000_000_000L)))),
            new Tear(
                "a revision that has fallen out",
                Kind.REVISION_ORPHANED,
                RepairTest::keepNoRevision,
                s -> s.inspector.put(inImage(revision(s.movedKept, 1)))),
            new Tear(
                "a revision of the version that is current",
                Kind.REVISION_ORPHANED,
                s -> {
                  Map<String, AttributeValue> copy = new HashMap<>(s.row(s.plain));
                  copy.put("sk", text(revision(s.plain, 1)));
                  s.inspector.put(copy);
                }),
            new Tear(
                "no row in the due list",
                Kind.DUE_ROW_WRONG,
                s -> due(s, s.moved, DAY),
                s -> s.remove(s.due())),
            new Tear(
                "a row of the due list with a wrong HMAC",
                Kind.DUE_ROW_WRONG,
                s -> due(s, s.plain, DAY),
                s -> s.change(s.due(), i -> i.put("a", bytes(32)))),
            new Tear(
                "a row of the due list that does not end with its credential",
                Kind.DUE_ROW_WRONG,
                s -> due(s, s.ending, DAY),
                s -> s.change(s.due(), i -> i.remove("ttl"))),
            new Tear(
                "no tag of the due list beside a credential",
                Kind.DUE_ROW_WRONG,
                s -> due(s, s.plain, DAY),
                s -> s.change("CRED#" + s.plain.value(), i -> i.remove("q"))),
            new Tear(
                "another tag of the due list beside a credential",
                Kind.DUE_ROW_WRONG,
                s -> due(s, s.plain, DAY),
                s -> s.change("CRED#" + s.plain.value(), i -> i.put("q", bytes(32)))),
            new Tear(
                "a tag of the due list, and its row, of what is never due",
                Kind.DUE_ROW_WRONG,
                s -> {
                  due(s, s.plain, DAY);
                  Map<String, AttributeValue> listed = s.due();
                  AttributeValue tag = s.row(s.plain).get("q");
                  s.vaults
                      .vault(ALICE)
                      .edit(s.plain, old -> old.toBuilder().rotateBy(null).build())
                      .close();
                  before = Map.of("row", listed, "tag", Map.of("q", tag));
                },
                s -> {
                  s.inspector.put(before.get("row"));
                  s.change("CRED#" + s.plain.value(), i -> i.putAll(before.get("tag")));
                }),
            new Tear(
                "an old copy with its row in the due list beside what has moved",
                Kind.DUPLICATE_CREDENTIAL,
                s -> {
                  due(s, s.movedBack, DAY);
                  before = Map.of("copy", s.row(s.movedBack), "row", s.due());
                  s.vaults
                      .vault(ALICE)
                      .edit(
                          s.movedBack,
                          old ->
                              old.toBuilder()
                                  .website("z.example")
                                  .rotateBy(DAY.plusDays(1))
                                  .build())
                      .close();
                },
                s -> before.values().forEach(s.inspector::put)),
            new Tear(
                "an old copy that names the row in the due list of what has moved",
                Kind.DUPLICATE_CREDENTIAL,
                s -> {
                  due(s, s.movedBack, DAY);
                  before = Map.of("copy", s.row(s.movedBack));
                  s.vaults
                      .vault(ALICE)
                      .edit(s.movedBack, old -> old.toBuilder().website("z.example").build())
                      .close();
                },
                s -> before.values().forEach(s.inspector::put)),
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
                s -> s.vaults.updateUser(BOB, 1, profile("other@example.com")),
                s -> image.stream().filter(RepairTest::isBobsAddress).forEach(s.inspector::put)),
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
    tear.before().accept(scene);
    List<String> seen = scene.seen();
    tear.tear().accept(scene);

    List<Finding> findings = scene.repairs();

    assertThat(findings)
        .extracting(Finding::kind, Finding::outcome)
        .containsExactly(tuple(tear.kind(), Finding.Outcome.MENDED));
    assertThat(scene.seen()).isEqualTo(seen);
    scene.deletesEverything();
  }

  private static void due(RepairScene scene, CredentialId id, LocalDate day) {
    Vault vault = scene.vaults.vault(ALICE);
    vault.edit(id, old -> old.toBuilder().rotateBy(day).build()).close();
  }

  private static void keepNoRevision(RepairScene scene) {
    VaultPolicies none = VaultPolicies.defaults().withRevisions(RevisionPolicy.off());
    try (EzyPass process = scene.local.open(b -> b.policies(none))) {
      Vault vault = process.repository().vault(ALICE);
      vault.update(scene.movedKept, 2, content("g.example", "m-k 3").build()).close();
    }
  }

  private static boolean isBobsAddress(Map<String, AttributeValue> item) {
    return item.get("pk").s().startsWith("EMAIL#") && item.get("u").s().equals("bob");
  }

  private static String rand(CredentialId id) {
    return id.value().substring(12);
  }

  private static String revision(CredentialId id, long version) {
    return String.format("REV#%s#%016x", rand(id), version);
  }

  /** A row of alice's as it was at first. */
  private static Map<String, AttributeValue> inImage(String sortKey) {
    return image.stream()
        .filter(item -> item.get("pk").s().equals("U#alice"))
        .filter(item -> item.get("sk").s().equals(sortKey))
        .findFirst()
        .orElseThrow();
  }
}
