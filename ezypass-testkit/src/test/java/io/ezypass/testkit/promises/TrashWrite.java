package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.VaultException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Secret;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.VaultPolicies;
import java.util.List;

/** Writes that put a credential into the trash, take it out, or delete it for good. */
enum TrashWrite implements Write {
  TRASH("TransactWriteItems") {
    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 1);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return isTrashed(scene, 2);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "gitlab.com", 1);
    }
  },

  TRASH_MOVED("TransactWriteItems") {
    @Override
    public void prepare(Scene scene) {
      Write.move(scene);
    }

    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return isTrashed(scene, 3);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "example.com", 2);
    }
  },

  RESTORE("TransactWriteItems") {
    @Override
    public void prepare(Scene scene) {
      scene.othersVault().delete(scene.credential.id(), 1);
    }

    @Override
    public void run(Scene scene) {
      restored(scene, 2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return !isTrashed(scene, 2);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return restoringRival(scene, 2);
    }
  },

  RESTORE_MOVED("TransactWriteItems") {
    @Override
    public void prepare(Scene scene) {
      Write.move(scene);
      CredentialContent content = Scene.content("gitlab.com", "first");
      scene
          .othersVault()
          .update(
              scene.credential.id(), 2, content.toBuilder().password(Secret.of("staple")).build());
      scene.othersVault().delete(scene.credential.id(), 3);
    }

    @Override
    public void run(Scene scene) {
      restored(scene, 4);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      boolean applied = !isTrashed(scene, 4);
      if (applied) {
        Write.kept(scene, List.of(2L));
      }
      return applied;
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return restoringRival(scene, 4);
    }
  },

  PURGE("DeleteItem") {
    @Override
    public void prepare(Scene scene) {
      scene.othersVault().delete(scene.credential.id(), 1);
    }

    @Override
    public void run(Scene scene) {
      scene.vault().trash().purge(scene.credential.id(), 2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return isGone(scene, 1);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return restoringRival(scene, 2);
    }
  },

  PURGE_REVISIONS("TransactWriteItems") {
    @Override
    public void prepare(Scene scene) {
      scene.othersVault().update(scene.credential.id(), 1, Write.otherSecret("first"));
      scene.othersVault().delete(scene.credential.id(), 2);
    }

    @Override
    public void run(Scene scene) {
      scene.vault().trash().purge(scene.credential.id(), 3);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return isGone(scene, 2);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return restoringRival(scene, 3);
    }
  },

  DELETE("DeleteItem") {
    @Override
    public VaultPolicies policies() {
      return NO_TRASH;
    }

    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 1);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return isGone(scene, 1);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "gitlab.com", 1);
    }
  },

  DELETE_MOVED("TransactWriteItems") {
    @Override
    public VaultPolicies policies() {
      return NO_TRASH;
    }

    @Override
    public void prepare(Scene scene) {
      Write.move(scene);
    }

    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return isGone(scene, 2);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "example.com", 2);
    }
  },

  DELETE_REVISIONS("TransactWriteItems") {
    @Override
    public VaultPolicies policies() {
      return NO_TRASH;
    }

    @Override
    public void prepare(Scene scene) {
      scene.othersVault().update(scene.credential.id(), 1, Write.otherSecret("first"));
    }

    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return isGone(scene, 2);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "gitlab.com", 2);
    }
  };

  private static final VaultPolicies NO_TRASH =
      VaultPolicies.defaults().withTrash(TrashPolicy.off());

  private final String operation;

  TrashWrite(String operation) {
    this.operation = operation;
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public String call() {
    return switch (this) {
      case TRASH, TRASH_MOVED, DELETE, DELETE_MOVED, DELETE_REVISIONS -> "delete";
      case RESTORE, RESTORE_MOVED -> "restore";
      case PURGE, PURGE_REVISIONS -> "purge";
    };
  }

  @Override
  public boolean isStillTheRivals(Scene scene) {
    return Write.isRival(scene);
  }

  private static Class<? extends VaultException> restoringRival(Scene scene, long seen) {
    Credential restored = scene.othersVault().trash().restore(scene.credential.id(), seen);
    scene.othersVault().edit(restored.id(), content -> content.toBuilder().login("rival").build());
    return VersionConflictException.class;
  }

  private static void restored(Scene scene, long seen) {
    Credential restored = scene.vault().trash().restore(scene.credential.id(), seen);
    assertThat(restored.id()).isEqualTo(scene.credential.id());
    assertThat(restored.version()).isEqualTo(seen + 1);
    assertThat(restored.content().login()).isEqualTo("first");
  }

  /**
   * Whether it is in the trash, at that version; otherwise it is live, and nothing is half done.
   */
  private static boolean isTrashed(Scene scene, long version) {
    List<TrashedCredential> trash = scene.othersVault().trash().list(PageRequest.first(10)).items();
    List<CredentialSummary> live = scene.othersVault().open();
    boolean trashed = live.isEmpty();
    assertThat(trash).hasSize(trashed ? 1 : 0);
    trash.forEach(entry -> assertThat(entry.version()).isEqualTo(version));
    live.forEach(
        entry -> {
          assertThat(entry.version()).isNotEqualTo(version);
          assertThat(scene.othersVault().get(entry.id()).summary()).isEqualTo(entry);
        });
    assertThat(Write.rows(scene, "CRED#")).hasSize(expectedRows(live));
    return trashed;
  }

  /** One, or two once it has moved. */
  private static int expectedRows(List<CredentialSummary> live) {
    int rows = 0;
    for (CredentialSummary entry : live) {
      rows += entry.website().value().equals("github.com") ? 1 : 2;
    }
    return rows;
  }

  /** Whether nothing is left of it, of so many rows. */
  private static boolean isGone(Scene scene, int before) {
    int left =
        Write.rows(scene, "CRED#").size()
            + Write.rows(scene, "REV#").size()
            + Write.rows(scene, "TRASH#").size();
    assertThat(left).isIn(0, before);
    return left == 0;
  }
}
