package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static io.ezypass.testkit.promises.HostileScene.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.NotInitialisedException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.dynamodb.Fault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What somebody gains who deletes whole items, or hides them with what no key protects. The library
 * promises no more than this: nothing is shown that is not there, and no deletion is detected.
 */
class DeletedItemTest {
  private static final UserKey EMAIL = UserKey.email("alice@example.com");

  private final HostileScene scene = new HostileScene();
  private final VaultRepository vaults = scene.vaults;
  private final Vault vault = vaults.vault(ALICE);

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void aCredentialIsNotFoundAndNotListed() {
    scene.inspector.delete("U#alice", "CRED#" + scene.github.id());

    scene.refuses("get", () -> vault.get(scene.github.id()), CredentialNotFoundException.class);
    assertThat(vault.open())
        .extracting(CredentialSummary::id)
        .containsExactlyInAnyOrder(scene.example.id(), scene.moved.id());
  }

  @Test
  void aRevisionIsNotFoundAndNotListed() {
    CredentialId id = scene.github.id();
    vault.update(id, 1, HostileScene.content("github.com").toBuilder().password(null).build());
    scene.inspector.delete("U#alice", "REV#" + id.value().substring(12) + "#0000000000000001");

    assertThat(vault.history().list(id)).isEmpty();
    scene.refuses(
        "get a revision", () -> vault.history().get(id, 1), RevisionNotFoundException.class);
  }

  @Test
  void aRowOfTheTrashIsNotFoundAndNotListed() {
    CredentialId id = scene.github.id();
    vault.delete(id, 1);
    scene.inspector.delete("U#alice", "TRASH#" + id.value().substring(12));

    assertThat(vault.trash().list(PageRequest.first(10)).items()).isEmpty();
    scene.refuses("restore", () -> vault.trash().restore(id, 2), CredentialNotFoundException.class);
  }

  @Test
  void theRowOfAMovedCredentialIsMissedByItsForwardingRow() {
    scene.inspector.delete("U#alice", target());

    scene.refuses("get", () -> vault.get(scene.moved.id()), TamperedItemException.class);
    assertThat(vault.open()).hasSize(2);
  }

  @Test
  void withoutItsForwardingRowAMovedCredentialIsListedAndNotFoundById() {
    String target = target();
    scene.inspector.delete("U#alice", "CRED#" + scene.moved.id());

    scene.refuses("get", () -> vault.get(scene.moved.id()), CredentialNotFoundException.class);
    assertThat(vault.open()).extracting(CredentialSummary::id).contains(scene.moved.id());
    // Its own sort key is not its id.
    scene.refuses(
        "sort key as id",
        () -> vault.get(CredentialId.of(target.substring("CRED#".length()))),
        TamperedItemException.class);
  }

  @Test
  void withoutKeysThereIsNoSuchUserButForProcessesThatStillCacheThem() {
    scene.inspector.delete("U#alice", "KEYS");

    scene.refuses("open, warm", vault::open, UserNotFoundException.class);
    assertThat(vault.get(scene.github.id())).as("by id, warm").isEqualTo(scene.github);
    scene.local.ezypass().evict(ALICE);
    scene.refuses("open", vault::open, UserNotFoundException.class);
    scene.refuses("get", () -> vault.get(scene.github.id()), UserNotFoundException.class);
    scene.refuses("by e-mail address", () -> vaults.findUserBy(EMAIL), TamperedItemException.class);
    assertThat(vaults.findUser(ALICE)).isEmpty();
    assertThatThrownBy(() -> vaults.register(NewUser.withId(ALICE)))
        .isExactlyInstanceOf(AlreadyExistsException.class);
    assertThat(vaults.vault(BOB).open()).hasSize(1);
  }

  @Test
  void aMarkOnKeysHidesTheUserLikeATombstone() {
    Map<String, AttributeValue> keys = scene.item("U#alice", "KEYS");
    for (AttributeValue mark : new AttributeValue[] {number(1), AttributeValue.fromS("x")}) {
      scene.inspector.put(with(keys, "z", mark));
      scene.local.ezypass().evict(ALICE);
      scene.refuses("open", vault::open, UserNotFoundException.class);
      scene.refuses(
          "add", () -> vault.add(HostileScene.content("github.com")), UserNotFoundException.class);
      assertThat(vaults.findUser(ALICE)).isEmpty();
    }
    scene.inspector.put(keys);
    assertThat(vault.open()).hasSize(3);
  }

  @Test
  void withoutItsProfileAUserIsNotFoundAndTheVaultOpens() {
    scene.inspector.delete("U#alice", "PROFILE");

    assertThat(vaults.findUser(ALICE)).isEmpty();
    scene.refuses("by e-mail address", () -> vaults.findUserBy(EMAIL), TamperedItemException.class);
    scene.refuses(
        "update",
        () -> vaults.updateUser(ALICE, 1, HostileScene.profile("alice@example.com")),
        UserNotFoundException.class);
    assertThat(vault.open()).hasSize(3);
    assertThat(vaults.listUsers(PageRequest.first(10)).items()).contains(ALICE);
  }

  @Test
  void withoutAClaimTheUserIsNotFoundByItAndSomebodyElseMayTakeIt() {
    scene.inspector.delete(scene.claim("EMAIL#", "alice").get("pk").s(), "CLAIM");

    assertThat(vaults.findUserBy(EMAIL)).isEmpty();
    assertThat(vaults.findUserBy(UserKey.username("alice"))).isPresent();
    UserId other = vaults.register(NewUser.withEmail("alice@example.com")).id();
    assertThat(vaults.findUserBy(EMAIL).orElseThrow().id()).isEqualTo(other);
    assertThat(vaults.findUser(ALICE).orElseThrow().email()).isEqualTo("alice@example.com");
  }

  @Test
  void withoutARowOfTheDirectoryOrWithAMarkOnItAUserIsNotListed() {
    Map<String, AttributeValue> row = directoryRow();
    scene.inspector.put(with(row, "x", number(1)));
    assertThat(vaults.listUsers(PageRequest.first(10)).items()).containsExactly(BOB);
    assertThat(scene.local.ezypass().admin().unfinishedDeletions(PageRequest.first(10)).items())
        .containsExactly(ALICE);

    scene.inspector.delete(row.get("pk").s(), "alice");
    assertThat(vaults.listUsers(PageRequest.first(10)).items()).containsExactly(BOB);
    assertThat(vaults.findUserBy(EMAIL)).isPresent();
    assertThat(vault.open()).hasSize(3);
  }

  @Test
  void withoutTheMarkADeletedUserIsListedAndNotFound() {
    var unused = vaults.deleteUser(ALICE);
    Map<String, AttributeValue> row = new HashMap<>(directoryRow());
    assertThat(row.remove("x")).isNotNull();
    scene.inspector.put(row);

    assertThat(vaults.listUsers(PageRequest.first(10)).items()).contains(ALICE);
    assertThat(vaults.findUser(ALICE)).isEmpty();
  }

  @Test
  void withoutARootATableSaysSoAndIsNotInitialisedSilently() {
    scene.inspector.delete("TABLE", "ROOT");
    Map<String, Function<VaultRepository, Object>> calls = new LinkedHashMap<>();
    calls.put("register", v -> v.register(NewUser.withUsername("carol")));
    calls.put("find user by e-mail", v -> v.findUserBy(EMAIL));
    calls.put("list users", v -> v.listUsers(PageRequest.first(10)));
    calls.put("update user", v -> v.updateUser(ALICE, 1, HostileScene.profile("a@example.com")));
    calls.put("open", v -> v.vault(ALICE).open());
    calls.put("get", v -> v.vault(ALICE).get(scene.github.id()));
    calls.put("add", v -> v.vault(ALICE).add(HostileScene.content("github.com")));
    calls.put("find user", v -> v.findUser(ALICE));
    calls.put("delete user", v -> v.deleteUser(ALICE));
    calls.put(
        "delete",
        v -> {
          v.vault(ALICE).delete(scene.github.id(), 1);
          return true;
        });

    scene.refuseInNewProcess("no root", calls, NotInitialisedException.class);
    try (EzyPass pinned = scene.local.open(b -> b.tableId(scene.local.tableId()))) {
      assertThatThrownBy(() -> pinned.admin().initialise())
          .isExactlyInstanceOf(NotInitialisedException.class);
    }
    assertThat(scene.item("TABLE", "ROOT")).isEmpty();
    assertThat(vault.open()).as("a process that read it before").hasSize(3);
  }

  @Test
  void anExpiryInTheClearIsNotBelievedUntilDynamoDbDeletesTheRow() {
    for (String sk : new String[] {"CRED#" + scene.github.id(), target()}) {
      scene.inspector.change("U#alice", sk, item -> item.put("ttl", number(1)));
    }

    assertThat(vault.open()).hasSize(3);
    assertThat(vault.get(scene.github.id()).content().meta().expiresAt()).isNull();
    assertThat(vault.get(scene.moved.id()).content().meta().expiresAt()).isNull();
    scene.inspector.delete("U#alice", "CRED#" + scene.github.id());
    assertThat(vault.open()).as("what DynamoDB does with it").hasSize(2);
  }

  /** The HMAC of a forwarding row takes no expiry for 0, and DynamoDB deletes nothing by it. */
  @Test
  void operationIdsInTheClearDecideWhatResolveAnswers() {
    scene.local.faults().wholeCall(Fault.LOST_RESPONSE, "PutItem"::equals);
    WriteOutcomeUnknownException unknown =
        catchThrowableOfType(
            WriteOutcomeUnknownException.class,
            () -> vault.update(scene.github.id(), 1, HostileScene.content("github.com")));
    assertThat(vaults.resolve(unknown.pending())).isEqualTo(WriteOutcome.APPLIED);
    scene.inspector.flip("U#alice", "CRED#" + scene.github.id(), "h", 8 * 4);

    assertThat(vaults.resolve(unknown.pending())).isNotEqualTo(WriteOutcome.APPLIED);
    scene.refuses("get", () -> vault.get(scene.github.id()), TamperedItemException.class);
  }

  private String target() {
    return scene.item("U#alice", "CRED#" + scene.moved.id()).get("f").s();
  }

  private Map<String, AttributeValue> directoryRow() {
    return scene.inspector.items().stream()
        .filter(item -> item.get("pk").s().startsWith("USERS#"))
        .filter(item -> item.get("sk").s().equals("alice"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    changed.put(name, value);
    return changed;
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
