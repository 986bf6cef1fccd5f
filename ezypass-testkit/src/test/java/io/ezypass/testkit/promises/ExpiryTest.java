package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageRequest;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A credential that has expired is gone for every reader, however late DynamoDB deletes its rows.
 */
class ExpiryTest {
  private final Scene scene = new Scene(Api.SYNC);
  private final Vault vault = scene.vaults.vault(ALICE);

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void whatHasExpiredIsGoneAlthoughItsRowIsStillThere() {
    CredentialId id = vault.add(expiring("example.com")).id();
    assertThat(vault.open()).hasSize(2);

    scene.local.clock().advance(Duration.ofHours(1));

    assertThat(scene.local.inspector().item("U#alice", "CRED#" + id)).isNotEmpty();
    isGone(id);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatHadMovedIsGoneWhicheverOfItsRowsDynamoDbDeletesFirst(boolean forwardingRowFirst) {
    CredentialId id = vault.add(expiring("example.com")).id();
    vault.update(id, 1, expiring("example.org"));
    String original = "CRED#" + id;
    String current = scene.local.inspector().item("U#alice", original).get("f").s();
    for (String sortKey : List.of(original, current)) {
      assertThat(scene.local.inspector().item("U#alice", sortKey)).containsKey("ttl");
    }

    scene.local.clock().advance(Duration.ofHours(1));
    isGone(id);
    scene.local.inspector().delete("U#alice", forwardingRowFirst ? original : current);
    isGone(id);
    // It is no more to be had from the trash than where it was.
    vault.delete(id, 2);
    isGone(id);
    try (EzyPass withoutTrash =
        scene.local.open(b -> b.policies(VaultPolicies.defaults().withTrash(TrashPolicy.off())))) {
      withoutTrash.repository().vault(ALICE).delete(id, 2);
    }
    if (forwardingRowFirst) {
      scene.local.inspector().delete("U#alice", current);
    }
    assertThat(scene.local.inspector().partition("U#alice")).hasSize(3);
  }

  @Test
  void theForwardingRowExpiresWithItsCredentialWhenThatChanges() {
    CredentialId id = vault.add(expiring("example.com")).id();
    vault.update(id, 1, expiring("example.org"));
    vault.update(id, 2, Scene.content("example.org", "for ever"));

    scene.local.clock().advance(Duration.ofHours(1));

    assertThat(vault.get(id).version()).isEqualTo(3);
    assertThat(scene.local.inspector().partition("U#alice"))
        .noneMatch(item -> item.containsKey("ttl"));
  }

  @Test
  void revisionsAndTheCopyInTheTrashEndWithTheirCredential() {
    CredentialId id = vault.add(expiring("example.com")).id();
    vault.edit(id, content -> Scene.with(content, "staple", "second"));
    long end = scene.local.clock().instant().plus(Duration.ofHours(1)).getEpochSecond();
    assertThat(ends("REV#")).containsExactly(end);

    vault.edit(id, content -> content.toBuilder().expiresAt(null).build());
    assertThat(ends("REV#")).containsExactly(-1L);
    vault.delete(id, 3);
    long purged = scene.local.clock().instant().plus(Duration.ofDays(30)).getEpochSecond();
    assertThat(ends("REV#")).containsExactly(purged);
    assertThat(ends("TRASH#")).containsExactly(purged);
    vault.trash().restore(id, 4);
    assertThat(ends("REV#")).containsExactly(-1L);
  }

  /** When DynamoDB may delete the rows of one kind; -1 for never. */
  private List<Long> ends(String prefix) {
    return scene.local.inspector().partition("U#alice").stream()
        .filter(item -> item.get("sk").s().startsWith(prefix))
        .map(item -> item.containsKey("ttl") ? Long.parseLong(item.get("ttl").n()) : -1L)
        .toList();
  }

  @Test
  void whatWouldHaveExpiredAlreadyIsRefused() {
    scene.local.resetCounts();
    CredentialContent late = expiring("example.com");
    scene.local.clock().advance(Duration.ofHours(1));

    assertThat(catchThrowable(() -> vault.add(late)))
        .isExactlyInstanceOf(IllegalArgumentException.class);
    assertThat(scene.local.calls().total()).isZero();
  }

  private void isGone(CredentialId id) {
    for (Runnable call :
        List.<Runnable>of(
            () -> vault.get(id),
            () -> vault.update(id, 2, Scene.content("example.com", "x")),
            () -> vault.edit(id, content -> content))) {
      assertThat(catchThrowable(call::run)).isExactlyInstanceOf(CredentialNotFoundException.class);
    }
    assertThat(vault.trash().list(PageRequest.first(10)).items()).isEmpty();
    assertThat(vault.open()).hasSize(1);
    assertThat(vault.list(PageRequest.first(10)).items()).hasSize(1);
    assertThat(vault.credentials().count()).isEqualTo(1);
    for (String website : List.of("example.com", "example.org")) {
      assertThat(vault.findByWebsite(Website.of(website), WebsiteMatch.EXACT)).isEmpty();
    }
  }

  private CredentialContent expiring(String website) {
    return Scene.content(website, "soon").toBuilder()
        .expiresAt(scene.local.clock().instant().plus(Duration.ofHours(1)))
        .build();
  }
}
