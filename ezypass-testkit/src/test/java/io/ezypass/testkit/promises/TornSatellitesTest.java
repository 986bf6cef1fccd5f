package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.RepairScene.ALICE;
import static io.ezypass.testkit.promises.RepairScene.BOB;
import static io.ezypass.testkit.promises.RepairScene.content;

import io.ezypass.Vault;
import io.ezypass.VaultSharing;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.UserId;
import io.ezypass.testkit.promises.TornTransactions.Operation;
import java.time.LocalDate;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * As {@link TornTransactionTest}, of what is written with rows in other partitions: due dates and
 * grants.
 */
class TornSatellitesTest {
  private static final UserId CAROL = UserId.of("carol");

  /** Owner and recipients. */
  private static final Set<UserId> SHARING = Set.of(ALICE, BOB, CAROL);

  private static final LocalDate DAY = LocalDate.of(2031, 2, 28);

  private static RepairScene scene;
  private static TornTransactions torn;
  private static CredentialId due;
  private static CredentialId dueInTrash;
  private static CredentialId shared;

  @BeforeAll
  static void start() {
    scene = new RepairScene();
    scene.vaults.register(NewUser.withId(CAROL));
    Vault vault = scene.vaults.vault(ALICE);
    due = vault.add(content("due.example", "due").rotateBy(DAY).build()).id();
    dueInTrash = vault.add(content("due.example", "due in trash").rotateBy(DAY).build()).id();
    vault.delete(dueInTrash, 1);
    shared = vault.add(content("shared.example", "shared").build()).id();
    vault.sharing().share(shared, NewGrant.to(BOB));
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
                "add with a due date",
                ALICE,
                2,
                s ->
                    s.vaults
                        .vault(ALICE)
                        .add(content("new.example", "new").rotateBy(DAY).build())
                        .close()),
            new Operation(
                "change a due date", ALICE, 3, s -> edit(s, b -> b.rotateBy(DAY.plusDays(1)))),
            new Operation("take a due date away", ALICE, 2, s -> edit(s, b -> b.rotateBy(null))),
            new Operation("end what is due", ALICE, 2, s -> edit(s, b -> b.expiresAt(s.end))),
            new Operation(
                "move what is due, to another day",
                ALICE,
                4,
                s -> edit(s, b -> b.website("z.example").rotateBy(DAY.plusDays(1)))),
            new Operation("trash what is due", ALICE, 3, s -> s.vaults.vault(ALICE).delete(due, 1)),
            new Operation(
                "restore what is due",
                ALICE,
                3,
                s -> s.vaults.vault(ALICE).trash().restore(dueInTrash, 2).close()),
            new Operation(
                "share", SHARING, 3, s -> sharing(s).share(s.plain, NewGrant.to(BOB)).grantedAt()),
            new Operation(
                "share once more",
                SHARING,
                3,
                s -> sharing(s).share(shared, NewGrant.to(CAROL)).grantedAt()),
            new Operation("revoke", SHARING, 3, s -> sharing(s).revoke(shared, BOB)),
            new Operation(
                "end what is shared",
                SHARING,
                3,
                s ->
                    s.vaults
                        .vault(ALICE)
                        .edit(shared, old -> old.toBuilder().expiresAt(s.end).build())
                        .close()),
            new Operation(
                "trash what is shared", SHARING, 4, s -> s.vaults.vault(ALICE).delete(shared, 1)))
        .map(
            operation -> DynamicTest.dynamicTest(operation.name(), () -> torn.everyMix(operation)));
  }

  private static void edit(RepairScene scene, UnaryOperator<CredentialContent.Builder> change) {
    Vault vault = scene.vaults.vault(ALICE);
    vault.edit(due, old -> change.apply(old.toBuilder()).build()).close();
  }

  private static VaultSharing sharing(RepairScene scene) {
    return scene.vaults.vault(ALICE).sharing();
  }
}
