package io.ezypass.testkit.promises;

import static io.ezypass.testkit.promises.Scene.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.model.PageRequest;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserDeletion.State;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How Alice's deletion looks from outside, half done and done. */
final class Deletions {
  private static final PageRequest PAGE = PageRequest.first(100);

  private Deletions() {}

  /** Some credentials more, one of which has moved. */
  static void fill(Scene scene) {
    for (int i = 0; i < 3; i++) {
      scene.othersVault().add(Scene.content("example.com", "login " + i));
    }
    scene.othersVault().update(scene.credential.id(), 1, Scene.content("gitlab.com", "moved"));
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
