package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.VaultRepository;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.VaultException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.NewUser;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import java.util.List;
import java.util.Optional;

/** Writes on users. */
enum UserWrite implements Write {
  REGISTER("TransactWriteItems") {
    @Override
    public void run(Scene scene) {
      VaultUser user = scene.vaults.register(CAROL);
      assertThat(user.id()).isEqualTo(CAROL.id());
      assertThat(user.email()).isEqualTo("carol@example.com");
      assertThat(user.version()).isEqualTo(1);
    }

    @Override
    public boolean wasApplied(Scene scene) {
      VaultRepository truth = scene.others;
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
    public Class<? extends VaultException> rival(Scene scene) {
      scene.others.register(NewUser.withUsername("Carol"));
      return AlreadyExistsException.class;
    }
  },

  UPDATE_USER("PutItem") {
    @Override
    public void run(Scene scene) {
      updated(scene.vaults.updateUser(Scene.ALICE, 1, profile("alice@example.com")));
    }

    @Override
    public boolean wasApplied(Scene scene) {
      return profileWasApplied(scene.others);
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return profileRival(scene);
    }
  },

  UPDATE_USER_WITH_CLAIMS("TransactWriteItems") {
    @Override
    public void run(Scene scene) {
      updated(scene.vaults.updateUser(Scene.ALICE, 1, profile("new@example.com")));
    }

    @Override
    public boolean wasApplied(Scene scene) {
      VaultRepository truth = scene.others;
      boolean applied = profileWasApplied(truth);
      assertThat(truth.findUserBy(UserKey.email("new@example.com")).isPresent()).isEqualTo(applied);
      assertThat(truth.findUserBy(UserKey.email("alice@example.com")).isPresent())
          .isEqualTo(!applied);
      return applied;
    }

    @Override
    public Class<? extends VaultException> rival(Scene scene) {
      return profileRival(scene);
    }
  },

  DELETE_USER("TransactWriteItems") {
    @Override
    public void run(Scene scene) {
      UserDeletion receipt = scene.vaults.deleteUser(Scene.ALICE);
      assertThat(receipt.state()).isEqualTo(UserDeletion.State.PENDING);
      assertThat(receipt.rowsDeleted()).isEqualTo(1);
      assertThat(receipt.claimsLeft()).isEmpty();
    }

    @Override
    public boolean wasApplied(Scene scene) {
      VaultRepository truth = scene.others;
      boolean gone = truth.findUser(Scene.ALICE).isEmpty();
      assertThat(truth.listUsers(PageRequest.first(10)).items().isEmpty()).isEqualTo(gone);
      assertThat(truth.findUserBy(UserKey.username("alice")).isEmpty()).isEqualTo(gone);
      return gone;
    }
  };

  private static final NewUser CAROL =
      NewUser.withId(UserId.of("carol")).email("carol@example.com").username("carol");

  private final String operation;

  UserWrite(String operation) {
    this.operation = operation;
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public String call() {
    return switch (this) {
      case REGISTER -> "register";
      case UPDATE_USER, UPDATE_USER_WITH_CLAIMS -> "update user";
      case DELETE_USER -> "delete user";
    };
  }

  @Override
  public boolean hasRival() {
    return this != DELETE_USER;
  }

  @Override
  public boolean isStillTheRivals(Scene scene) {
    return this == REGISTER
        ? scene.others.findUser(CAROL.id()).isEmpty()
        : "Rival".equals(scene.others.findUser(Scene.ALICE).orElseThrow().displayName());
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
}
