package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.content;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultPolicies;
import io.ezypass.testkit.promises.TornTransactions.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A restore may have any of a transaction's rows as they were before it and the others as they were
 * after it. Every such mix of every operation that writes several rows is restored and repaired.
 */
class TornTransactionTest {
  private static final UserId CAROL = UserId.of("carol");
  private static final UserId DAVE = UserId.of("dave");

  private static RepairScene scene;
  private static TornTransactions torn;

  @BeforeAll
  static void start() {
    scene = new RepairScene();
    NewUser carol = NewUser.withEmail("carol@example.com").username("carol").id(CAROL);
    scene.vaults.register(carol);
    scene.vaults.vault(CAROL).add(content("carol.example", "carol").build());
    torn = new TornTransactions(scene, scene.inspector.items());
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
        .map(
            operation -> DynamicTest.dynamicTest(operation.name(), () -> torn.everyMix(operation)));
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
}
