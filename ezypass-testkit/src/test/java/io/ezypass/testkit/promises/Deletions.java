package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserDeletion.State;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How Alice's deletion looks from outside, half done and done. */
final class Deletions {
  /** The rows of a vault beside PROFILE and KEYS that {@link #fill} leaves. */
  static final int FILLED = 8;

  private static final PageRequest PAGE = PageRequest.first(100);

  private Deletions() {}

  /** Credentials more: one has moved, one has a revision, and one with a revision is trash. */
  static void fill(Scene scene) {
    Vault vault = scene.othersVault();
    List<CredentialId> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(vault.add(Scene.content("example.com", "login " + i)).id());
    }
    vault.update(scene.credential.id(), 1, Scene.content("gitlab.com", "moved"));
    vault.edit(ids.get(0), content -> Scene.with(content, "staple", "kept"));
    vault.edit(ids.get(1), content -> Scene.with(content, "staple", "trashed"));
    vault.edit(ids.get(1), content -> Scene.with(content, "battery", "trashed"));
    vault.delete(ids.get(1), 3);
  }

  /** Nothing is left but the tombstone and the marked row of the directory. */
  static void buried(Scene scene) {
    List<Map<String, AttributeValue>> items = scene.local.inspector().partition("U#alice");
    assertThat(items).hasSize(1);
    assertThat(items.get(0).keySet()).containsExactlyInAnyOrder("pk", "sk", "z", "d");
    assertThat(scene.local.inspector().items())
        .noneMatch(item -> item.get("sk").s().equals("CLAIM"));
    assertThat(unfinished(scene)).containsExactly(ALICE);
    assertThat(scene.vaults.listUsers(PAGE).items()).isEmpty();
  }

  static void finish(Scene scene, UserDeletion receipt) {
    afterwards(scene, receipt);
    UserDeletion last = scene.vaults.deleteUser(ALICE);
    assertThat(last.state()).isEqualTo(State.FINAL);
    assertThat(last.recoverableUntil())
        .isEqualTo(scene.local.clock().instant().plus(Duration.ofDays(35)));
    nothingIsLeft(scene);
  }

  static void afterwards(Scene scene, UserDeletion receipt) {
    Duration wait = Duration.between(scene.local.clock().instant(), receipt.finalFrom());
    assertThat(wait).isGreaterThan(Duration.ofHours(1));
    scene.local.clock().advance(wait);
  }

  static void nothingIsLeft(Scene scene) {
    assertThat(scene.local.inspector().items())
        .noneMatch(item -> item.get("pk").s().equals("U#alice"))
        .noneMatch(item -> item.get("sk").s().equals("alice"))
        .noneMatch(item -> item.containsKey("u") && item.get("u").s().equals("alice"));
    assertThat(unfinished(scene)).isEmpty();
  }

  static List<UserId> unfinished(Scene scene) {
    return scene.otherProcess.admin().unfinishedDeletions(PAGE).items();
  }
}
