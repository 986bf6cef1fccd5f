package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static io.ezypass.testkit.promises.HostileScene.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What somebody gains who changes, moves, plants or deletes grants, pointers or their counter. */
class HostileGrantsTest {
  private final HostileScene scene = new HostileScene();
  private final Vault alice = scene.vaults.vault(ALICE);
  private final Vault bob = scene.vaults.vault(BOB);
  private final CredentialId id = scene.github.id();
  private final Map<String, AttributeValue> unshared = scene.item(scene.github);
  private final Map<String, AttributeValue> grant = share(BOB);
  private final Map<String, AttributeValue> pointer = pointer();

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void aGrantThatSomebodyPlantsOrChangesOpensNothing() {
    CredentialId other = scene.example.id();
    scene.inspector.put(at(grant, "U#alice", "SHARE#" + other + "#bob"));
    scene.refuses("planted", () -> bob.sharing().open(ALICE, other), TamperedItemException.class);
    for (String attribute : List.of("g", "o", "a")) {
      Map<String, AttributeValue> without = new HashMap<>(grant);
      without.remove(attribute);
      scene.inspector.put(without);
      scene.refuses("no " + attribute, this::open, TamperedItemException.class);
      scene.refuses(
          "no " + attribute, () -> alice.sharing().grants(id), TamperedItemException.class);
    }
    Map<String, AttributeValue> ending = new HashMap<>(grant);
    ending.put("ttl", AttributeValue.fromN("99999999999"));
    scene.inspector.put(ending);
    scene.refuses("another end", this::open, TamperedItemException.class);
  }

  /** Its end is authenticated, so it cannot be made to last longer by putting another one. */
  @Test
  void anEndedGrantStaysEndedHoweverLateItIsRemoved() {
    alice.sharing().revoke(id, BOB);
    NewGrant brief = NewGrant.to(BOB).until(scene.local.clock().instant().plusSeconds(60));
    alice.sharing().share(id, brief);
    scene.local.clock().advance(Duration.ofSeconds(60));
    scene.refuses("ended", this::open, CredentialNotFoundException.class);
    scene.inspector.change("U#alice", grantKey(), item -> item.remove("ttl"));
    scene.refuses("without its end", this::open, TamperedItemException.class);
  }

  @Test
  void aRevokedGrantPutBackOpensAgain() {
    alice.sharing().revoke(id, BOB);
    scene.refuses("revoked", this::open, CredentialNotFoundException.class);

    scene.inspector.put(grant);

    assertThat(open().id()).isEqualTo(id);
  }

  @Test
  void aGrantThatSomebodyDeletedOpensNothing() {
    scene.inspector.delete("U#alice", grantKey());

    scene.refuses("deleted", this::open, CredentialNotFoundException.class);
    assertThat(alice.sharing().grants(id)).isEmpty();
    assertThat(bob.sharing().received(PageRequest.first(10)).items()).hasSize(1);
  }

  /** As many as may be read of both kinds go with it, and a transaction has a hundred actions. */
  @Test
  void plantedGrantsAndRevisionsKeepNothingFromBeingDeletedForGood() {
    for (int i = 0; i < 60; i++) {
      scene.inspector.put(at(grant, "U#alice", "SHARE#" + id + "#planted" + i));
      String revision = "REV#" + id.value().substring(12) + "#" + String.format("%016x", i);
      scene.inspector.put(at(grant, "U#alice", revision));
    }
    VaultPolicies policies =
        new VaultPolicies(RevisionPolicy.off(), TrashPolicy.off(), AuditPolicy.keepForever());
    try (EzyPass forGood = scene.local.open(builder -> builder.policies(policies))) {
      forGood.repository().vault(ALICE).delete(id, 1);
    }
    scene.refuses("deleted", () -> alice.get(id), CredentialNotFoundException.class);
  }

  @Test
  void aDeletedPointerIsNotListedAndItsGrantStillOpens() {
    scene.inspector.delete("U#bob", pointerKey());

    assertThat(bob.sharing().received(PageRequest.first(10)).items()).isEmpty();
    assertThat(open().id()).isEqualTo(id);
    alice.sharing().revoke(id, BOB);
    scene.refuses("revoked", this::open, CredentialNotFoundException.class);
  }

  @Test
  void aPointerInAnotherPlaceIsRefused() {
    scene.inspector.put(at(pointer, "U#bob", "SHAREIN#alice#" + scene.example.id()));
    scene.refuses(
        "another credential",
        () -> bob.sharing().received(PageRequest.first(10)),
        TamperedItemException.class);
    scene.inspector.delete("U#bob", "SHAREIN#alice#" + scene.example.id());
    scene.inspector.put(at(pointer, "U#alice", pointerKey()));
    scene.refuses(
        "another recipient",
        () -> alice.sharing().received(PageRequest.first(10)),
        TamperedItemException.class);
  }

  /** The sealed feature bit still says that there may be grants. */
  @Test
  void withoutTheCounterTrashStillRemovesTheGrants() {
    scene.inspector.change("U#alice", "CRED#" + id, item -> item.remove("x"));

    alice.delete(id, 1);

    assertThat(scene.item("U#alice", grantKey())).isEmpty();
    assertThat(scene.item("U#bob", pointerKey())).isEmpty();
    alice.trash().restore(id, 2);
    scene.refuses("restored", this::open, CredentialNotFoundException.class);
  }

  @Test
  void withoutTheCounterDeletingForGoodLeavesGrantsThatOpenNothing() {
    scene.inspector.change("U#alice", "CRED#" + id, item -> item.remove("x"));
    VaultPolicies policies = VaultPolicies.defaults().withTrash(TrashPolicy.off());
    try (EzyPass other = scene.local.open(builder -> builder.policies(policies))) {
      other.repository().vault(ALICE).delete(id, 1);
    }

    scene.refuses("deleted", this::open, CredentialNotFoundException.class);
  }

  /** No more rows are deleted with a credential than it can have grants. */
  @Test
  void aGrantThatPlantedRowsKeepBehindOpensNothingThatIsRestored() {
    for (int i = 0; i < Grant.MOST; i++) {
      scene.inspector.put(at(grant, "U#alice", "SHARE#%s#a-%02d".formatted(id, i)));
    }
    alice.delete(id, 1);
    alice.trash().restore(id, 2);

    assertThat(scene.item("U#alice", grantKey())).isNotEmpty();
    scene.refuses("restored", this::open, CredentialNotFoundException.class);
  }

  /** Bit and counter go with the row from before; the next share sets them again. */
  @Test
  void aRowFromBeforeTheFirstShareIsSharedAgainByTheNextOne() {
    scene.inspector.put(unshared);

    scene.refuses("unshared", this::open, CredentialNotFoundException.class);
    scene.vaults.register(NewUser.withId(UserId.of("carol")));
    share(UserId.of("carol"));
    assertThat(alice.sharing().grants(id)).hasSize(2);
    alice.delete(id, 1);
    assertThat(scene.item("U#alice", grantKey())).isEmpty();
  }

  @Test
  void aCounterThatIsNoNumberIsNoObstacle() {
    scene.inspector.change(
        "U#alice", "CRED#" + id, item -> item.put("x", AttributeValue.fromS("many")));

    alice.edit(id, content -> content.toBuilder().title("renamed").build());
    alice.sharing().revoke(id, BOB);

    scene.refuses("revoked", this::open, CredentialNotFoundException.class);
  }

  private Credential open() {
    return bob.sharing().open(ALICE, id);
  }

  private Map<String, AttributeValue> share(UserId recipient) {
    alice.sharing().share(id, NewGrant.to(recipient));
    return scene.item("U#alice", "SHARE#" + id + "#" + recipient);
  }

  private String grantKey() {
    return "SHARE#" + id + "#bob";
  }

  private String pointerKey() {
    return "SHAREIN#alice#" + id;
  }

  private Map<String, AttributeValue> pointer() {
    return scene.item("U#bob", pointerKey());
  }

  private static Map<String, AttributeValue> at(
      Map<String, AttributeValue> item, String pk, String sk) {
    Map<String, AttributeValue> moved = new HashMap<>(item);
    moved.put("pk", AttributeValue.fromS(pk));
    moved.put("sk", AttributeValue.fromS(sk));
    return moved;
  }
}
