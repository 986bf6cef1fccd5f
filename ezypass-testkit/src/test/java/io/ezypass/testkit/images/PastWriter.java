package io.ezypass.testkit.images;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.dynamodb.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The part of {@link ImageWriter} that writes revisions and what is in the trash. */
final class PastWriter {
  private final ImageScenario scene;
  private final UserId owner;

  PastWriter(ImageScenario scene, UserId owner) {
    this.scene = scene;
    this.owner = owner;
  }

  /** With an age limit, and of what ends; the default policies have made the others. */
  void revisions() {
    Duration age = Duration.ofDays(3_650);
    VaultPolicies policies =
        VaultPolicies.defaults().withRevisions(RevisionPolicy.secretChanges(5).keptFor(age));
    Instant end = scene.local().clock().instant().plus(Duration.ofDays(3_000));
    try (EzyPass aging = scene.local().open(config -> config.policies(policies))) {
      Vault vault = aging.repository().vault(owner);
      for (CredentialContent content :
          List.of(
              ImageWriter.login("aging.example", "0"), ImageWriter.ending("aging.example", end))) {
        Credential first = scene.add(owner, content);
        Credential second = scene.update(first, changed(content, "1"));
        scene.later();
        Instant until = scene.local().clock().instant().plus(age).truncatedTo(ChronoUnit.SECONDS);
        Credential third = vault.update(second.id(), 2, changed(content, "2"));
        scene.update(scene.replaced(second, third, until), changed(content, "3"));
      }
    }
  }

  /** In every variety, live again, and purged. */
  void trash() {
    scene.delete(scene.add(owner, ImageWriter.login("trash.example", "plain")));
    Credential kept = scene.add(owner, ImageWriter.login("trash.example", "with revisions"));
    scene.delete(scene.update(kept, ImageWriter.login("trash.example", "changed")));
    Credential moved = scene.add(owner, ImageWriter.login("trash.example", "moved"));
    scene.delete(scene.update(moved, ImageWriter.login("moved-trash.example", "moved")));
    scene.delete(scene.add(owner, ImageWriter.full("trash.example", "full")));
    Credential by = scene.add(owner, ImageWriter.login("trash.example", "deleted by another"));
    Actor support = Actor.of("support");
    scene.vaults().as(support).vault(owner).delete(by.id(), 1);
    scene.trashed(by, support, ImageScenario.KEPT_IN_TRASH);
    VaultPolicies policies = VaultPolicies.defaults().withTrash(TrashPolicy.keepUntilPurged());
    try (EzyPass keeping = scene.local().open(config -> config.policies(policies))) {
      Credential forever = scene.add(owner, ImageWriter.login("trash.example", "until purged"));
      keeping.repository().vault(owner).delete(forever.id(), 1);
      scene.trashed(forever, Actor.user(owner), null);
    }
    for (String website : List.of("trash.example", "moved-trash.example")) {
      Credential back = scene.add(owner, ImageWriter.login("trash.example", "restored"));
      back = scene.update(back, ImageWriter.login(website, "changed, then restored"));
      scene.delete(back);
      scene.restore(back);
    }
    Credential purged = scene.add(owner, ImageWriter.login("trash.example", "purged"));
    purged = scene.update(purged, ImageWriter.login("trash.example", "changed, then purged"));
    scene.delete(purged);
    scene.vault(owner).trash().purge(purged.id(), 3);
    scene.purged(purged);
  }

  private static CredentialContent changed(CredentialContent content, String password) {
    return content.toBuilder().password(Secret.of(password)).build();
  }

  /** Writes to the trash whose answers, or whose requests, are lost. */
  void lostAnswers() {
    Vault vault = scene.vault(owner);
    Credential deleted = vault.add(ImageWriter.login("lost.example", "deleted"));
    scene.lost(
        "delete into the trash",
        Fault.LOST_RESPONSE,
        "TransactWriteItems",
        WriteOutcome.APPLIED,
        () -> vault.delete(deleted.id(), 1));
    scene.trashed(deleted, Actor.user(owner), ImageScenario.KEPT_IN_TRASH);
    Credential restored = vault.add(ImageWriter.login("lost.example", "restored"));
    scene.delete(restored);
    scene.lost(
        "restore",
        Fault.LOST_RESPONSE,
        "TransactWriteItems",
        WriteOutcome.APPLIED,
        () -> vault.trash().restore(restored.id(), 2));
    scene.restored(vault.get(restored.id()));
    Credential stays = vault.add(ImageWriter.login("lost.example", "not restored, not purged"));
    scene.delete(stays);
    scene.lost(
        "restore",
        Fault.LOST_REQUEST,
        "TransactWriteItems",
        WriteOutcome.NOT_APPLIED,
        () -> vault.trash().restore(stays.id(), 2));
    scene.lost(
        "purge",
        Fault.LOST_REQUEST,
        "DeleteItem",
        WriteOutcome.NOT_APPLIED,
        () -> vault.trash().purge(stays.id(), 2));
    Credential purged = vault.add(ImageWriter.login("lost.example", "purged"));
    scene.delete(purged);
    scene.lost(
        "purge",
        Fault.LOST_RESPONSE,
        "DeleteItem",
        WriteOutcome.APPLIED,
        () -> vault.trash().purge(purged.id(), 2));
    scene.purged(purged);
  }
}
