package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.HostileScene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Revision;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashedCredential;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What somebody gains who changes, moves, plants or deletes revisions and what is in the trash. */
class HostileRevisionsTest {
  private final HostileScene scene = new HostileScene();
  private final Vault vault = scene.vaults.vault(ALICE);

  /** Live at version 3, with the revisions 2 and 1. */
  private final CredentialId kept = scene.github.id();

  /** In the trash at version 3, with the revision 1. */
  private final CredentialId trashed = vault.add(HostileScene.content("trash.example")).id();

  HostileRevisionsTest() {
    vault.update(kept, 1, content("github.com", "canary-2"));
    vault.update(kept, 2, content("github.com", "canary-3"));
    vault.update(trashed, 1, content("trash.example", "canary-2"));
    vault.delete(trashed, 2);
  }

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void aChangedRevisionIsRefused() {
    for (String attribute : List.of("m", "h", "v")) {
      Map<String, AttributeValue> before = row(revision(kept, 1));
      if (attribute.equals("v")) {
        scene.inspector.change("U#alice", revision(kept, 1), i -> i.put("v", number(2)));
      } else {
        scene.inspector.flip("U#alice", revision(kept, 1), attribute, 8 * 5);
      }
      refuses(attribute + ", list", () -> vault.history().list(kept));
      refuses(attribute + ", get", () -> vault.history().get(kept, 1));
      refuses(attribute + ", compare", () -> vault.history().compare(kept, 1, 3));
      refuses(attribute + ", revert", () -> vault.history().revert(kept, 3, 1));
      scene.inspector.put(before);
    }
    scene.inspector.flip("U#alice", revision(kept, 1), "s", 8 * 5);
    assertThat(vault.history().list(kept)).as("it shows no secret").hasSize(2);
    refuses("s, get", () -> vault.history().get(kept, 1));
    scene.othersStayReadable("beside a damaged revision");
  }

  @Test
  void aRevisionInAnotherPlaceIsRefused() {
    put(row(revision(kept, 2)), revision(kept, 1));
    refuses("another version", () -> vault.history().get(kept, 1));
    put(row(revision(trashed, 1)), revision(kept, 1));
    refuses("another credential's", () -> vault.history().get(kept, 1));
    put(row(trash(trashed)), revision(kept, 1));
    refuses("out of the trash", () -> vault.history().get(kept, 1));
  }

  @Test
  void aRevisionThatItsCredentialDoesNotListIsNotBelieved() {
    CredentialId id = scene.example.id();
    put(scene.item(scene.example), revision(id, 1));
    put(row("CRED#" + kept), revision(kept, 3));

    assertThat(vault.history().list(id)).isEmpty();
    assertThat(vault.history().list(kept)).hasSize(2);
    vault.edit(id, content -> content.toBuilder().login("canary-login-2").build());
    scene.refuses("get", () -> vault.history().get(id, 1), RevisionNotFoundException.class);
  }

  @Test
  void aRowPlantedWhereTheNextRevisionWouldBeKeptIsReplaced() {
    put(row(revision(kept, 1)), revision(kept, 3));

    vault.update(kept, 3, content("github.com", "canary-4"));

    assertThat(vault.history().list(kept))
        .extracting(Revision::version)
        .containsExactly(3L, 2L, 1L);
    try (Credential third = vault.history().get(kept, 3)) {
      assertThat(third.version()).isEqualTo(3);
    }
  }

  @Test
  void aRevisionThatSomebodyDeletedIsNotFound() {
    scene.inspector.delete("U#alice", revision(kept, 1));

    assertThat(vault.history().list(kept)).hasSize(1);
    scene.refuses("get", () -> vault.history().get(kept, 1), RevisionNotFoundException.class);
  }

  @Test
  void aChangedRowOfTheTrashIsRefused() {
    for (String attribute : List.of("m", "h", "v")) {
      Map<String, AttributeValue> before = row(trash(trashed));
      if (attribute.equals("v")) {
        scene.inspector.change("U#alice", trash(trashed), i -> i.put("v", number(4)));
      } else {
        scene.inspector.flip("U#alice", trash(trashed), attribute, 8 * 5);
      }
      refuses(attribute + ", list", () -> vault.trash().list(PageRequest.first(10)));
      refuses(attribute + ", restore", () -> vault.trash().restore(trashed, 3));
      scene.inspector.put(before);
    }
  }

  @Test
  void whatIsInTheTrashIsRefusedElsewhereAndWhatIsLiveIsRefusedThere() {
    put(row(trash(trashed)), "CRED#" + trashed);
    refuses("live", () -> vault.get(trashed));
    scene.inspector.delete("U#alice", "CRED#" + trashed);
    put(row("CRED#" + kept), trash(kept));
    refuses("trash", () -> vault.trash().list(PageRequest.first(10)));
    refuses("restored", () -> vault.trash().restore(kept, 3));
    scene.inspector.delete("U#alice", trash(kept));
    put(row(revision(trashed, 1)), trash(trashed));
    refuses("revision", () -> vault.trash().restore(trashed, 1));
  }

  @Test
  void whatSomebodyDeletesFromTheTrashIsNotFoundThereAndWhatIsPutBackCanBeRestored() {
    Map<String, AttributeValue> before = row(trash(trashed));
    scene.inspector.delete("U#alice", trash(trashed));

    assertThat(vault.trash().list(PageRequest.first(10)).items()).isEmpty();
    scene.refuses(
        "restore", () -> vault.trash().restore(trashed, 3), CredentialNotFoundException.class);
    vault.trash().purge(trashed, 3);
    scene.inspector.put(before);
    assertThat(vault.trash().list(PageRequest.first(10)).items())
        .extracting(TrashedCredential::id)
        .containsExactly(trashed);
    assertThat(vault.trash().restore(trashed, 3).version()).isEqualTo(4);
  }

  private void refuses(String what, Runnable call) {
    scene.refuses(what, call, TamperedItemException.class);
  }

  private Map<String, AttributeValue> row(String sortKey) {
    Map<String, AttributeValue> row = scene.item("U#alice", sortKey);
    assertThat(row).as(sortKey).isNotEmpty();
    return row;
  }

  private void put(Map<String, AttributeValue> row, String sortKey) {
    Map<String, AttributeValue> copy = new HashMap<>(row);
    copy.put("sk", AttributeValue.fromS(sortKey));
    scene.inspector.put(copy);
  }

  private static String revision(CredentialId id, long version) {
    return String.format("REV#%s#%016x", id.value().substring(12), version);
  }

  private static String trash(CredentialId id) {
    return "TRASH#" + id.value().substring(12);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  private static CredentialContent content(String website, String password) {
    return HostileScene.content(website).toBuilder().password(Secret.of(password)).build();
  }
}
