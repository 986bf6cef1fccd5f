package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.content;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.Finding;
import io.ezypass.admin.Finding.Kind;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultPolicies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A restore may have any of a transaction's rows as they were before it and the others as they were
 * after it. Every such mix of every operation that writes several rows is restored and repaired.
 */
class TornTransactionTest {
  private static final UserId CAROL = UserId.of("carol");
  private static final UserId DAVE = UserId.of("dave");

  /** What is reported, and makes no call fail but reading that version. */
  private static final Set<Kind> HARMLESS = Set.of(Kind.REVISION_MISSING, Kind.REVISION_ORPHANED);

  private static RepairScene scene;
  private static List<Map<String, AttributeValue>> image;

  private record Row(String pk, String sk) {
    static Row of(Map<String, AttributeValue> item) {
      return new Row(item.get("pk").s(), item.get("sk").s());
    }
  }

  /**
   * An operation.
   *
   * @param user whose rows are the whole table, so that every mix takes few requests
   * @param rows how many rows it writes
   */
  private record Operation(String name, UserId user, int rows, Consumer<RepairScene> does) {}

  @BeforeAll
  static void start() {
    scene = new RepairScene();
    NewUser carol = NewUser.withEmail("carol@example.com").username("carol").id(CAROL);
    scene.vaults.register(carol);
    scene.vaults.vault(CAROL).add(content("carol.example", "carol").build());
    image = scene.inspector.items();
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @TestFactory
  Stream<DynamicTest> everyMixOfOldAndNewRowsIsRepaired() {
    return Stream.of(
            new Operation(
                "move",
                ALICE,
                2,
                s ->
                    s.vaults
                        .vault(ALICE)
                        .update(s.plain, 1, content("z.example", "plain").build())),
            new Operation(
                "move again",
                ALICE,
                3,
                s ->
                    s.vaults
                        .vault(ALICE)
                        .update(s.moved, 2, content("z.example", "moved").build())),
            new Operation(
                "move back",
                ALICE,
                2,
                s ->
                    s.vaults
                        .vault(ALICE)
                        .update(s.moved, 2, content("a.example", "moved").build())),
            new Operation(
                "move what ends, and end it later",
                ALICE,
                3,
                s ->
                    s.vaults
                        .vault(ALICE)
                        .update(
                            s.movedEnding,
                            2,
                            content("z.example", "m-e").expiresAt(s.end.plusSeconds(99)).build())),
            new Operation(
                "end what has moved later",
                ALICE,
                2,
                s ->
                    s.vaults
                        .vault(ALICE)
                        .update(
                            s.movedEnding,
                            2,
                            content("e.example", "m-e").expiresAt(s.end.plusSeconds(99)).build())),
            new Operation(
                "keep a revision",
                ALICE,
                2,
                s ->
                    s.vaults
                        .vault(ALICE)
                        .update(s.plain, 1, content("plain.example", "other").build())),
            new Operation(
                "keep a revision, drop another one and end the third later", ALICE, 4, s -> end(s)),
            new Operation("trash", ALICE, 2, s -> s.vaults.vault(ALICE).delete(s.plain, 1)),
            new Operation(
                "trash what has moved and has a revision",
                ALICE,
                4,
                s -> s.vaults.vault(ALICE).delete(s.movedKept, 2)),
            new Operation(
                "restore what had moved and has a revision",
                ALICE,
                4,
                s -> s.vaults.vault(ALICE).trash().restore(s.trashed, 3)),
            new Operation(
                "purge what has a revision",
                ALICE,
                2,
                s -> s.vaults.vault(ALICE).trash().purge(s.trashed, 3)),
            new Operation(
                "delete for good what has moved and has a revision",
                ALICE,
                3,
                s -> deleteForGood(s)),
            new Operation(
                "change an e-mail address",
                BOB,
                3,
                s -> s.vaults.updateUser(BOB, 1, RepairScene.profile("new@example.com"))),
            new Operation(
                "change both keys",
                CAROL,
                5,
                s ->
                    s.vaults.updateUser(
                        CAROL, 1, new UserProfile("new", "new@example.com", "Carol"))),
            new Operation(
                "register",
                DAVE,
                5,
                s ->
                    s.vaults.register(
                        NewUser.withEmail("dave@example.com").username("dave").id(DAVE))),
            new Operation("delete a user", CAROL, 6, s -> s.vaults.deleteUser(CAROL)))
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> everyMix(operation)));
  }

  private static void end(RepairScene scene) {
    VaultPolicies two = VaultPolicies.defaults().withRevisions(RevisionPolicy.secretChanges(2));
    try (EzyPass process = scene.local.open(b -> b.policies(two))) {
      CredentialContent.Builder content = content("kept.example", "kept 4");
      Vault vault = process.repository().vault(ALICE);
      vault.update(scene.kept, 3, content.expiresAt(scene.end.plusSeconds(99)).build()).close();
    }
  }

  private static void deleteForGood(RepairScene scene) {
    VaultPolicies off = VaultPolicies.defaults().withTrash(TrashPolicy.off());
    try (EzyPass process = scene.local.open(b -> b.policies(off))) {
      process.repository().vault(ALICE).delete(scene.movedKept, 2);
    }
  }

  private static void everyMix(Operation operation) {
    List<Map<String, AttributeValue>> table =
        image.stream().filter(item -> isOf(operation.user(), item)).toList();
    scene.restore(table);
    operation.does().accept(scene);
    Map<Row, Map<String, AttributeValue>> before = byRow(table);
    Map<Row, Map<String, AttributeValue>> after = byRow(scene.inspector.items());
    Set<Row> rows = new LinkedHashSet<>(before.keySet());
    rows.addAll(after.keySet());
    List<Row> changed =
        rows.stream()
            .filter(row -> !before.getOrDefault(row, Map.of()).equals(after.get(row)))
            .sorted(Comparator.comparing(Row::toString))
            .toList();
    assertThat(changed).hasSize(operation.rows());
    for (int mask = 0; mask < 1 << changed.size(); mask++) {
      Map<Row, Map<String, AttributeValue>> mix = new HashMap<>(before);
      for (int i = 0; i < changed.size(); i++) {
        if ((mask >> i & 1) == 1) {
          Row row = changed.get(i);
          mix.remove(row);
          if (after.containsKey(row)) {
            mix.put(row, after.get(row));
          }
        }
      }
      scene.restore(mix.values());
      boolean whole = mask == 0 || mask == (1 << changed.size()) - 1;
      check(whole, new ArrayList<>(mix.values()), operation.name() + ", mix " + mask);
    }
  }

  private static void check(boolean whole, List<Map<String, AttributeValue>> mix, String what) {
    List<Finding> findings = scene.repairs();

    if (whole) {
      assertThat(findings).as(what).isEmpty();
    }
    List<Finding> reports =
        findings.stream().filter(finding -> finding.outcome() == Finding.Outcome.REPORTED).toList();
    Set<UserId> reported =
        reports.stream()
            .filter(finding -> !HARMLESS.contains(finding.kind()))
            .map(Finding::user)
            .collect(Collectors.toSet());
    List<Map<String, AttributeValue>> now = scene.inspector.items();
    assertThat(highest(now)).as(what).isEqualTo(highest(mix));
    assertThat(sealed(mix)).as("%s: sealed bytes are not changed", what).containsAll(sealed(now));
    List<String> seen = scene.seen(reported);
    assertThat(seen).as(what).noneMatch(String::isBlank);
    Set<String> listed =
        now.stream()
            .filter(item -> item.get("pk").s().startsWith("USERS#"))
            .map(item -> item.get("sk").s())
            .collect(Collectors.toSet());
    assertThat(now)
        .as("%s: no claim without a user", what)
        .filteredOn(item -> item.get("sk").s().equals("CLAIM"))
        .filteredOn(item -> !reported.contains(UserId.of(item.get("u").s())))
        .allMatch(item -> listed.contains(item.get("u").s()));
    if (reports.stream().allMatch(finding -> finding.kind() == Kind.REVISION_MISSING)) {
      scene.deletesEverything();
    }
  }

  private static boolean isOf(UserId user, Map<String, AttributeValue> item) {
    AttributeValue holder = item.get("u");
    return item.get("pk").s().equals("TABLE")
        || item.get("pk").s().equals("U#" + user)
        || item.get("sk").s().equals(user.value())
        || (holder != null && holder.s().equals(user.value()));
  }

  /** The highest version of each credential, live or in the trash, by its rand. */
  private static Map<String, Long> highest(List<Map<String, AttributeValue>> items) {
    Map<String, Long> versions = new HashMap<>();
    for (Map<String, AttributeValue> item : items) {
      String sk = item.get("sk").s();
      if (item.containsKey("v") && (sk.startsWith("CRED#") || sk.startsWith("TRASH#"))) {
        String rand = sk.substring(sk.length() - 16);
        versions.merge(rand, Long.parseLong(item.get("v").n()), Math::max);
      }
    }
    return versions;
  }

  private static Set<Object> sealed(List<Map<String, AttributeValue>> items) {
    Set<Object> parts = new HashSet<>();
    for (Map<String, AttributeValue> item : items) {
      if (item.containsKey("h")) {
        parts.add(List.of(item.get("sk"), item.get("v"), item.get("h"), item.get("m")));
      }
    }
    return parts;
  }

  private static Map<Row, Map<String, AttributeValue>> byRow(
      List<Map<String, AttributeValue>> items) {
    return items.stream().collect(Collectors.toMap(Row::of, item -> item));
  }
}
