package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.VaultRepository;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.VaultException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import java.util.List;
import java.util.Optional;

/** Every kind of write: how it is done, what it must return, and how to tell that it was done. */
enum Write {
  REGISTER("TransactWriteItems") {
    @Override
    void run(Scene scene) {
      VaultUser user = scene.vaults.register(CAROL);
      assertThat(user.id()).isEqualTo(CAROL.id());
      assertThat(user.email()).isEqualTo("carol@example.com");
      assertThat(user.version()).isEqualTo(1);
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      List<Optional<VaultUser>> found =
          List.of(
              truth.findUser(CAROL.id()),
              truth.findUserBy(UserKey.email("carol@example.com")),
              truth.findUserBy(UserKey.username("carol")));
      boolean listed = truth.listUsers(PageRequest.first(10)).items().contains(CAROL.id());
      assertThat(found).allMatch(user -> user.isPresent() == listed, "as the directory says");
      return listed;
    }

    @Override
    Class<? extends VaultException> rival(Scene scene) {
      scene.others.register(NewUser.withUsername("Carol"));
      return AlreadyExistsException.class;
    }
  },

  UPDATE_USER("PutItem") {
    @Override
    void run(Scene scene) {
      updated(scene.vaults.updateUser(Scene.ALICE, 1, profile("alice@example.com")));
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      return profileWasApplied(truth);
    }

    @Override
    Class<? extends VaultException> rival(Scene scene) {
      return profileRival(scene);
    }
  },

  UPDATE_USER_WITH_CLAIMS("TransactWriteItems") {
    @Override
    void run(Scene scene) {
      updated(scene.vaults.updateUser(Scene.ALICE, 1, profile("new@example.com")));
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      boolean applied = profileWasApplied(truth);
      assertThat(truth.findUserBy(UserKey.email("new@example.com")).isPresent()).isEqualTo(applied);
      assertThat(truth.findUserBy(UserKey.email("alice@example.com")).isPresent())
          .isEqualTo(!applied);
      return applied;
    }

    @Override
    Class<? extends VaultException> rival(Scene scene) {
      return profileRival(scene);
    }
  },

  ADD("PutItem") {
    @Override
    void run(Scene scene) {
      Credential added = scene.vault().add(Scene.content("github.com", "second"));
      assertThat(added.version()).isEqualTo(1);
      assertThat(scene.vault().get(added.id()).content().login()).isEqualTo("second");
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      List<CredentialSummary> all = truth.vault(Scene.ALICE).open();
      assertThat(all).hasSizeBetween(1, 2);
      assertThat(all).filteredOn(c -> "first".equals(c.login())).hasSize(1);
      return all.stream().anyMatch(c -> "second".equals(c.login()));
    }
  },

  UPDATE("PutItem") {
    @Override
    void run(Scene scene) {
      change(scene, "github.com", 1);
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      return changeWasApplied(truth, "github.com", 2);
    }

    @Override
    Class<? extends VaultException> rival(Scene scene) {
      return credentialRival(scene, "github.com", 1);
    }
  },

  CHANGE_WEBSITE("TransactWriteItems") {
    @Override
    void run(Scene scene) {
      change(scene, "gitlab.com", 1);
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      return changeWasApplied(truth, "gitlab.com", 2);
    }

    @Override
    Class<? extends VaultException> rival(Scene scene) {
      return credentialRival(scene, "github.com", 1);
    }
  },

  CHANGE_WEBSITE_BACK("TransactWriteItems") {
    @Override
    void prepare(Scene scene) {
      move(scene);
    }

    @Override
    void run(Scene scene) {
      change(scene, "github.com", 2);
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      return changeWasApplied(truth, "github.com", 3);
    }

    @Override
    Class<? extends VaultException> rival(Scene scene) {
      return credentialRival(scene, "example.com", 2);
    }
  },

  DELETE("DeleteItem") {
    @Override
    void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 1);
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      return truth.vault(Scene.ALICE).open().isEmpty();
    }

    @Override
    Class<? extends VaultException> rival(Scene scene) {
      return credentialRival(scene, "gitlab.com", 1);
    }
  },

  DELETE_MOVED("TransactWriteItems") {
    @Override
    void prepare(Scene scene) {
      move(scene);
    }

    @Override
    void run(Scene scene) {
      scene.vault().delete(scene.credential.id(), 2);
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      return truth.vault(Scene.ALICE).open().isEmpty();
    }

    @Override
    Class<? extends VaultException> rival(Scene scene) {
      return credentialRival(scene, "gitlab.com", 2);
    }
  },

  DELETE_USER("TransactWriteItems") {
    @Override
    void run(Scene scene) {
      UserDeletion receipt = scene.vaults.deleteUser(Scene.ALICE);
      assertThat(receipt.state()).isEqualTo(UserDeletion.State.PENDING);
      assertThat(receipt.rowsDeleted()).isEqualTo(1);
      assertThat(receipt.claimsLeft()).isEmpty();
    }

    @Override
    boolean wasApplied(VaultRepository truth) {
      boolean gone = truth.findUser(Scene.ALICE).isEmpty();
      assertThat(truth.listUsers(PageRequest.first(10)).items().isEmpty()).isEqualTo(gone);
      assertThat(truth.findUserBy(UserKey.username("alice")).isEmpty()).isEqualTo(gone);
      return gone;
    }
  };

  private static final NewUser CAROL =
      NewUser.withId(UserId.of("carol")).email("carol@example.com").username("carol");

  /** The DynamoDB operation that does it, and that may get lost. */
  final String operation;

  Write(String operation) {
    this.operation = operation;
  }

  /** Brings about what the write presupposes. */
  void prepare(Scene scene) {}

  /** Does it, and checks what it returns. */
  abstract void run(Scene scene);

  /** Whether it took effect, exactly once; fails if half of it did, or more than once. */
  abstract boolean wasApplied(VaultRepository truth);

  /** What somebody else does so that the write cannot take effect any more, and what it ends in. */
  Class<? extends VaultException> rival(Scene scene) {
    throw new UnsupportedOperationException(this + " has no rival");
  }

  boolean hasRival() {
    return this != ADD && this != DELETE_USER;
  }

  private static UserProfile profile(String email) {
    return new UserProfile("alice", email, "Alice");
  }

  private static void updated(VaultUser user) {
    assertThat(user.version()).isEqualTo(2);
    assertThat(user.displayName()).isEqualTo("Alice");
  }

  private static boolean profileWasApplied(VaultRepository truth) {
    VaultUser user = truth.findUser(Scene.ALICE).orElseThrow();
    boolean applied = "Alice".equals(user.displayName());
    assertThat(user.version()).isEqualTo(applied ? 2 : 1);
    return applied;
  }

  private static Class<? extends VaultException> profileRival(Scene scene) {
    scene.others.updateUser(Scene.ALICE, 1, new UserProfile("alice", "alice@example.com", "Rival"));
    return VersionConflictException.class;
  }

  private static void move(Scene scene) {
    scene.othersVault().update(scene.credential.id(), 1, Scene.content("gitlab.com", "first"));
  }

  private static void change(Scene scene, String website, long seen) {
    Credential changed =
        scene.vault().update(scene.credential.id(), seen, Scene.content(website, "changed"));
    assertThat(changed.id()).isEqualTo(scene.credential.id());
    assertThat(changed.version()).isEqualTo(seen + 1);
    assertThat(changed.content().website().value()).isEqualTo(website);
  }

  private static boolean changeWasApplied(VaultRepository truth, String website, long version) {
    List<CredentialSummary> all = truth.vault(Scene.ALICE).open();
    assertThat(all).hasSize(1);
    CredentialSummary only = all.get(0);
    boolean applied = "changed".equals(only.login());
    assertThat(only.version()).isEqualTo(applied ? version : version - 1);
    if (applied) {
      assertThat(only.website().value()).isEqualTo(website);
    }
    assertThat(truth.vault(Scene.ALICE).get(only.id()).summary()).isEqualTo(only);
    return applied;
  }

  private static Class<? extends VaultException> credentialRival(
      Scene scene, String website, long seen) {
    scene.othersVault().update(scene.credential.id(), seen, Scene.content(website, "rival"));
    return VersionConflictException.class;
  }
}
