package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.VaultException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialSummary;
import java.util.List;

/** Writes on a live credential that leave one. */
enum CredentialWrite implements Write {
  ADD("PutItem") {
    @Override
    public void run(Scene scene) {
      Credential added = scene.vault().add(Scene.content("github.com", "second"));
      assertThat(added.version()).isEqualTo(1);
      assertThat(scene.vault().get(added.id()).content().login()).isEqualTo("second");
    }

    @Override
    public boolean wasApplied(Scene scene) {
      List<CredentialSummary> all = scene.othersVault().open();
      assertThat(all).hasSizeBetween(1, 2);
      assertThat(all).filteredOn(c -> "first".equals(c.login())).hasSize(1);
      return all.stream().anyMatch(c -> "second".equals(c.login()));
    }
  },

  UPDATE("PutItem") {
    @Override
    public void run(Scene scene) {
      change(scene, "github.com", 1);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return changeWasApplied(scene, "github.com", 2);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "github.com", 1);
    }
  },

  CHANGE_WEBSITE("TransactWriteItems") {
    @Override
    public void run(Scene scene) {
      change(scene, "gitlab.com", 1);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return changeWasApplied(scene, "gitlab.com", 2);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "github.com", 1);
    }
  },

  CHANGE_WEBSITE_BACK("TransactWriteItems") {
    @Override
    public void prepare(Scene scene) {
      Write.move(scene);
    }

    @Override
    public void run(Scene scene) {
      change(scene, "github.com", 2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return changeWasApplied(scene, "github.com", 3);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "example.com", 2);
    }
  },

  UPDATE_KEEPING("TransactWriteItems") {
    @Override
    public void run(Scene scene) {
      Credential changed =
          scene.vault().update(scene.credential.id(), 1, Write.otherSecret("changed"));
      assertThat(changed.version()).isEqualTo(2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      boolean applied = changeWasApplied(scene, "github.com", 2);
      Write.kept(scene, applied ? List.of(1L) : List.of());
      return applied;
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "github.com", 1);
    }
  },

  REVERT("TransactWriteItems") {
    @Override
    public void prepare(Scene scene) {
      scene.othersVault().update(scene.credential.id(), 1, Write.otherSecret("second"));
    }

    @Override
    public void run(Scene scene) {
      Credential reverted = scene.vault().history().revert(scene.credential.id(), 2, 1);
      assertThat(reverted.version()).isEqualTo(3);
      assertThat(reverted.content()).isEqualTo(scene.credential.content());
    }

    @Override
    public boolean wasApplied(Scene scene) {
      Credential now = scene.othersVault().get(scene.credential.id());
      boolean applied = "first".equals(now.content().login());
      assertThat(now.version()).isEqualTo(applied ? 3 : 2);
      Write.kept(scene, applied ? List.of(2L, 1L) : List.of(1L));
      return applied;
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return Write.credentialRival(scene, "github.com", 2);
    }
  };

  private final String operation;

  CredentialWrite(String operation) {
    this.operation = operation;
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public String call() {
    return switch (this) {
      case ADD -> "add";
      case UPDATE, CHANGE_WEBSITE, CHANGE_WEBSITE_BACK, UPDATE_KEEPING -> "update";
      case REVERT -> "revert";
    };
  }

  @Override
  public boolean hasRival() {
    return this != ADD;
  }

  @Override
  public boolean isStillTheRivals(Scene scene) {
    return Write.isRival(scene);
  }

  private static void change(Scene scene, String website, long seen) {
    Credential changed =
        scene.vault().update(scene.credential.id(), seen, Scene.content(website, "changed"));
    assertThat(changed.id()).isEqualTo(scene.credential.id());
    assertThat(changed.version()).isEqualTo(seen + 1);
    assertThat(changed.content().website().value()).isEqualTo(website);
  }

  private static boolean changeWasApplied(Scene scene, String website, long version) {
    List<CredentialSummary> all = scene.othersVault().open();
    assertThat(all).hasSize(1);
    CredentialSummary only = all.get(0);
    boolean applied = "changed".equals(only.login());
    assertThat(only.version()).isEqualTo(applied ? version : version - 1);
    if (applied) {
      assertThat(only.website().value()).isEqualTo(website);
    }
    assertThat(scene.othersVault().get(only.id()).summary()).isEqualTo(only);
    return applied;
  }
}
