package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static io.ezypass.testkit.promises.HostileScene.tampered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.VaultRepository;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.KeyUnavailableException;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.testkit.kms.KmsAction;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Somebody who may write to the table damages, redirects or forges claims, root and directory. */
class HostileRowsTest {
  private final HostileScene scene = new HostileScene();

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void aClaimThatIsRedirectedDamagedOrTakenFromAnotherIsRefused() {
    Map<String, AttributeValue> alices = claim("EMAIL#", "alice");
    Map<String, AttributeValue> bobs = claim("EMAIL#", "bob");
    Tampering tampering =
        new Tampering(alices)
            .malformed("u", "a")
            .flipped("a", 7)
            .with("redirected", "u", AttributeValue.fromS("bob"))
            .with("to nobody", "u", AttributeValue.fromS("mallory"))
            .with("to what is no user id", "u", AttributeValue.fromS("a b@c"))
            .mixed("claim of another address", bobs, "u", "a")
            .mixed("claim of a username", claim("NAME#", "alice"), "u", "a");

    scene.refuse(
        tampering,
        Map.of("find", () -> scene.vaults.findUserBy(UserKey.email("Alice@example.com"))),
        tampered());
  }

  @Test
  void aUsernameClaimLikewise() {
    Tampering tampering =
        new Tampering(claim("NAME#", "alice"))
            .flipped("a", 31)
            .with("redirected", "u", AttributeValue.fromS("bob"))
            .mixed("claim of another name", claim("NAME#", "bob"), "u", "a")
            .mixed("claim of an address", claim("EMAIL#", "alice"), "u", "a");

    scene.refuse(
        tampering,
        Map.of("find", () -> scene.vaults.findUserBy(UserKey.username("ALICE"))),
        tampered());
  }

  @Test
  void aClaimOfAUserWhoDoesNotClaimItAnyMoreIsRefused() {
    Map<String, AttributeValue> old = claim("EMAIL#", "alice");
    scene.vaults.updateUser(ALICE, 1, HostileScene.profile("new@example.com"));
    assertThat(scene.vaults.findUserBy(UserKey.email("alice@example.com"))).isEmpty();
    scene.inspector.put(old);

    scene.refuses(
        "put back",
        () -> scene.vaults.findUserBy(UserKey.email("alice@example.com")),
        TamperedItemException.class);
    assertThat(scene.vaults.findUserBy(UserKey.email("new@example.com"))).isPresent();
  }

  @Test
  void aClaimThatWasRedirectedIsNotGivenUpByItsFormerOwnerNorTakenOver() {
    scene.inspector.change(
        claim("EMAIL#", "alice").get("pk").s(),
        "CLAIM",
        item -> item.put("u", AttributeValue.fromS("bob")));
    List<Map<String, AttributeValue>> before = scene.inspector.items();

    assertThat(failure(v -> v.updateUser(ALICE, 1, HostileScene.profile("new@example.com"))))
        .isExactlyInstanceOf(TamperedItemException.class);
    assertThat(failure(v -> v.register(NewUser.withEmail("alice@example.com"))))
        .isExactlyInstanceOf(AlreadyExistsException.class);
    assertThat(scene.inspector.items()).isEqualTo(before);
  }

  @Test
  void aRootThatIsDamagedOpensNoLookupKey() {
    Map<String, AttributeValue> root = scene.item("TABLE", "ROOT");
    Tampering tampering =
        new Tampering(root)
            .with("more shards", "c", AttributeValue.fromN("17"))
            .with("one shard", "c", AttributeValue.fromN("1"))
            .with("no shards", "c", AttributeValue.fromN("0"))
            .with("too many shards", "c", AttributeValue.fromN("1000000"))
            .flippedBit("t", 0)
            .flippedBit("t", 127)
            .flippedBit("a", 0)
            .flippedBit("a", 255)
            .flippedBit("w", 400)
            .mixed("wrapped key of a user", scene.item("U#alice", "KEYS"), "w", "k");
    tampering
        .items()
        .forEach(
            (what, item) -> {
              scene.inspector.put(item);
              scene.refuseInNewProcess(
                  what, HostileScene.usingTableKeys(), TamperedItemException.class);
            });
    scene.inspector.put(root);
    scene.othersStayReadable("restored");
  }

  @Test
  void aRootWithAttributesMissingOfAnotherTypeOrLengthIsRefused() {
    Map<String, AttributeValue> root = scene.item("TABLE", "ROOT");
    Map<String, Function<VaultRepository, Object>> listing = new LinkedHashMap<>();
    listing.put("list users", vaults -> vaults.listUsers(PageRequest.first(10)));
    new Tampering(root)
        .malformed("t", "c", "w", "k", "a")
        .items()
        .forEach(
            (what, item) -> {
              scene.inspector.put(item);
              scene.refuseInNewProcess(what, listing, TamperedItemException.class);
            });
  }

  @Test
  void aRootUnderAnotherKmsKeyIsNotAccepted() {
    String attackers = scene.local.kms().createKey();
    scene.inspector.change("TABLE", "ROOT", item -> item.put("k", AttributeValue.fromS(attackers)));
    scene.local.kms().resetCalls();

    scene.refuseInNewProcess(
        "another key", HostileScene.usingTableKeys(), KeyUnavailableException.class);
    assertThat(scene.local.kms().callCount(KmsAction.DECRYPT)).isZero();
  }

  @Test
  void aTableWhoseRootIsGoneSaysSoAndIsNotInitialisedSilently() {
    scene.inspector.delete("TABLE", "ROOT");
    Map<String, Function<VaultRepository, Object>> calls =
        new LinkedHashMap<>(HostileScene.usingTableKeys());
    calls.put("open", vaults -> vaults.vault(ALICE).open());
    calls.put("get", vaults -> vaults.vault(ALICE).get(scene.github.id()));
    calls.put("add", vaults -> vaults.vault(ALICE).add(HostileScene.content("github.com")));
    calls.put("find user", vaults -> vaults.findUser(ALICE));
    calls.put("delete user", vaults -> vaults.deleteUser(ALICE));
    calls.put(
        "delete",
        vaults -> {
          vaults.vault(ALICE).delete(scene.github.id(), 1);
          return true;
        });

    scene.refuseInNewProcess("no root", calls, NotInitialisedException.class);
    assertThat(scene.item("TABLE", "ROOT")).isEmpty();
  }

  @Test
  void aRootOfAnotherTableIsRefusedByItsPinnedId() {
    try (HostileScene other = new HostileScene()) {
      Map<String, AttributeValue> root = other.item("TABLE", "ROOT");
      scene.inspector.put(root);
      try (EzyPass pinned = scene.local.open(b -> b.tableId(scene.local.tableId()))) {
        scene.refuses(
            "pinned", () -> pinned.repository().vault(ALICE).open(), NotInitialisedException.class);
      }
    }
  }

  @Test
  void anotherTableIdInTheRootOpensNoVaultAndARepairedOneDoesSoInTheSameProcess() {
    Map<String, AttributeValue> root = scene.item("TABLE", "ROOT");
    try (EzyPass fresh = scene.local.open(b -> b)) {
      scene.inspector.flip("TABLE", "ROOT", "t", 77);
      scene.refuses(
          "table id", () -> fresh.repository().vault(ALICE).open(), TamperedItemException.class);

      scene.inspector.put(root);
      assertThat(fresh.repository().vault(ALICE).open()).hasSize(3);
    }
  }

  @Test
  void rowsOfTheDirectoryThatAreForgedDamagedOrMovedAreRefused() {
    ItemKey key = ItemKey.directory(ItemKey.shard(ALICE, 16), ALICE);
    Map<String, AttributeValue> row = scene.item(key.pk(), key.sk());
    Map<String, AttributeValue> bobs =
        scene.item("USERS#" + ItemKey.shard(HostileScene.BOB, 16), "bob");
    Tampering tampering = new Tampering(row).malformed("a").flipped("a", 13);
    tampering.mixed("of another user", bobs, "a");
    Map<String, Runnable> calls = new LinkedHashMap<>();
    calls.put("list users", () -> scene.vaults.listUsers(PageRequest.first(10)));
    calls.put(
        "unfinished deletions",
        () -> scene.local.ezypass().admin().unfinishedDeletions(PageRequest.first(10)));

    scene.refuse(tampering, calls, tampered());
    Map.of("mallory", key.pk(), "no user id", key.pk(), "alice", "USERS#" + otherShard())
        .forEach(
            (sortKey, partition) -> {
              Map<String, AttributeValue> forged = new HashMap<>(row);
              forged.put("pk", AttributeValue.fromS(partition));
              forged.put("sk", AttributeValue.fromS(sortKey));
              scene.inspector.put(forged);
              calls.forEach(
                  (name, call) ->
                      scene.refuses(sortKey + ", " + name, call, TamperedItemException.class));
              scene.inspector.delete(partition, sortKey);
            });
    assertThat(scene.vaults.listUsers(PageRequest.first(10)).items())
        .containsExactlyInAnyOrder(ALICE, UserId.of("bob"));
  }

  private static int otherShard() {
    return (ItemKey.shard(ALICE, 16) + 1) % 16;
  }

  private Map<String, AttributeValue> claim(String kind, String user) {
    return scene.inspector.items().stream()
        .filter(item -> item.get("pk").s().startsWith(kind) && user.equals(item.get("u").s()))
        .findFirst()
        .orElseThrow();
  }

  private Throwable failure(Function<VaultRepository, Object> call) {
    return catchThrowable(() -> call.apply(scene.vaults));
  }
}
