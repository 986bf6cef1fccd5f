package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.VaultException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.PageRequest;
import io.ezypass.model.VaultPolicies;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes on a credential whose password should be changed by some day. */
enum DueWrite implements Write {
  ADD_DUE {
    @Override
    public void prepare(Scene scene) {}

    @Override
    public void run(Scene scene) {
      assertThat(scene.vault().add(due("second", DAY)).version()).isEqualTo(1);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      List<CredentialSummary> all = scene.othersVault().open();
      assertThat(all).hasSizeBetween(1, 2);
      agrees(scene);
      return all.size() == 2;
    }
  },

  UPDATE_DUE {
    @Override
    public void run(Scene scene) {
      Credential changed = scene.vault().update(scene.credential.id(), 2, due("changed", LATER));
      assertThat(changed.version()).isEqualTo(3);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      agrees(scene);
      CredentialSummary stored = scene.othersVault().get(scene.credential.id()).summary();
      boolean applied = stored.login().equals("changed");
      assertThat(stored.meta().rotateBy()).isEqualTo(applied ? LATER : DAY);
      assertThat(stored.version()).isEqualTo(applied ? 3 : 2);
      return applied;
    }
  },

  TRASH_DUE {
    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      agrees(scene);
      boolean applied = scene.othersVault().open().isEmpty();
      assertThat(Write.rows(scene, "TRASH#")).hasSize(applied ? 1 : 0);
      return applied;
    }
  },

  DELETE_DUE {
    @Override
    public VaultPolicies policies() {
      return Scene.KEEP_NOTHING;
    }

    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      agrees(scene);
      boolean applied = scene.othersVault().open().isEmpty();
      assertThat(Write.rows(scene, "")).hasSize(applied ? 2 : 3);
      return applied;
    }
  };

  static final LocalDate DAY = LocalDate.of(2031, 2, 28);
  static final LocalDate LATER = DAY.plusDays(90);

  static CredentialContent due(String login, LocalDate day) {
    return Scene.content("github.com", login).toBuilder().rotateBy(day).build();
  }

  /** Who is due is in the due list, once, and under the day that is sealed; nobody else is. */
  static void agrees(Scene scene) {
    List<DueCredential> expected = new ArrayList<>();
    for (CredentialSummary credential : scene.othersVault().open()) {
      @Nullable LocalDate day = credential.meta().rotateBy();
      if (day != null) {
        DueCredential due = new DueCredential(Scene.ALICE, credential.id(), day);
        assertThat(scene.others.due().list(day, PageRequest.first(100)).items()).contains(due);
        assertThat(scene.others.due().check(due)).contains(credential);
        expected.add(due);
      }
    }
    assertThat(scene.local.inspector().items())
        .filteredOn(item -> item.get("pk").s().startsWith("DUE#"))
        .extracting(item -> item.get("i").s())
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().map(due -> due.credential().value()).toList());
    assertThat(scene.local.inspector().partition("U#alice"))
        .filteredOn(item -> item.containsKey("q"))
        .hasSameSizeAs(expected);
  }

  @Override
  public void prepare(Scene scene) {
    scene.othersVault().update(scene.credential.id(), 1, due("first", DAY));
  }

  @Override
  public String operation() {
    return "TransactWriteItems";
  }

  @Override
  public String call() {
    return switch (this) {
      case ADD_DUE -> "add";
      case UPDATE_DUE -> "update";
      case TRASH_DUE, DELETE_DUE -> "delete";
    };
  }

  @Override
  public boolean hasRival() {
    return this != ADD_DUE;
  }

  @Override
  public Class<? extends VaultException> rival(Scene scene) {
    return Write.credentialRival(scene, "github.com", 2);
  }

  @Override
  public boolean isStillTheRivals(Scene scene) {
    agrees(scene);
    return Write.isRival(scene);
  }
}
