package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.VaultException;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Grant;
import io.ezypass.model.NewGrant;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes of grants, and on a credential that is shared. */
enum SharingWrite implements Write {
  SHARE {
    @Override
    public void prepare(Scene scene) {
      register(scene);
    }

    @Override
    public void run(Scene scene) {
      Grant grant = scene.vault().sharing().share(scene.credential.id(), NewGrant.to(BOB));
      assertThat(grant.recipient()).isEqualTo(BOB);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return isShared(scene);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      scene.othersVault().sharing().share(scene.credential.id(), NewGrant.to(BOB));
      return AlreadySharedException.class;
    }

    @Override
    public boolean isStillTheRivals(Scene scene) {
      return isShared(scene);
    }
  },

  REVOKE {
    @Override
    public void run(Scene scene) {
      scene.vault().sharing().revoke(scene.credential.id(), BOB);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return !isShared(scene);
    }
  },

  UPDATE_END {
    @Override
    public void run(Scene scene) {
      CredentialContent ending =
          Scene.content("github.com", "changed").toBuilder().expiresAt(end(scene)).build();
      assertThat(scene.vault().update(scene.credential.id(), 1, ending).version()).isEqualTo(2);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      assertThat(isShared(scene)).isTrue();
      CredentialSummary stored = scene.othersVault().get(scene.credential.id()).summary();
      boolean applied = stored.login().equals("changed");
      assertThat(stored.version()).isEqualTo(applied ? 2 : 1);
      @Nullable Instant end = applied ? end(scene) : null;
      assertThat(scene.others.vault(BOB).sharing().received(PageRequest.first(9)).items())
          .singleElement()
          .satisfies(shared -> assertThat(shared.expiresAt()).isEqualTo(end));
      return applied;
    }
  },

  TRASH_SHARED {
    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 1);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      boolean applied = scene.othersVault().open().isEmpty();
      assertThat(isShared(scene)).isEqualTo(!applied);
      assertThat(Write.rows(scene, "TRASH#")).hasSize(applied ? 1 : 0);
      return applied;
    }
  },

  DELETE_SHARED {
    @Override
    public VaultPolicies policies() {
      return Scene.KEEP_NOTHING;
    }

    @Override
    public void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 1);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      boolean applied = scene.othersVault().open().isEmpty();
      assertThat(isShared(scene)).isEqualTo(!applied);
      assertThat(Write.rows(scene, "")).hasSize(applied ? 2 : 4);
      return applied;
    }
  };

  private static final UserId BOB = UserId.of("bob");

  private static void register(Scene scene) {
    scene.others.register(NewUser.withId(BOB));
  }

  private static Instant end(Scene scene) {
    return scene.local.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.DAYS);
  }

  /** Both rows of the grant are there, and it opens the credential; or neither, and it does not. */
  private static boolean isShared(Scene scene) {
    List<Grant> grants = scene.othersVault().sharing().grants(scene.credential.id());
    boolean shared = !grants.isEmpty();
    assertThat(grants).hasSizeLessThanOrEqualTo(1);
    assertThat(rows(scene, "SHARE#")).isEqualTo(shared ? 1 : 0);
    assertThat(rows(scene, "SHAREIN#")).isEqualTo(shared ? 1 : 0);
    if (shared) {
      scene.others.vault(BOB).sharing().open(Scene.ALICE, scene.credential.id()).close();
    }
    return shared;
  }

  private static long rows(Scene scene, String prefix) {
    return scene.local.inspector().items().stream()
        .map((Map<String, AttributeValue> item) -> item.get("sk").s())
        .filter(sk -> sk.startsWith(prefix))
        .count();
  }

  @Override
  public void prepare(Scene scene) {
    register(scene);
    scene.othersVault().sharing().share(scene.credential.id(), NewGrant.to(BOB));
  }

  @Override
  public String operation() {
    return "TransactWriteItems";
  }

  @Override
  public String call() {
    return switch (this) {
      case SHARE -> "share";
      case REVOKE -> "revoke";
      case UPDATE_END -> "update";
      case TRASH_SHARED, DELETE_SHARED -> "delete";
    };
  }

  @Override
  public boolean hasRival() {
    return this != REVOKE;
  }

  @Override
  public Class<? extends VaultException> rival(Scene scene) {
    return Write.credentialRival(scene, "github.com", 1);
  }

  @Override
  public boolean isStillTheRivals(Scene scene) {
    return isShared(scene) && Write.isRival(scene);
  }
}
