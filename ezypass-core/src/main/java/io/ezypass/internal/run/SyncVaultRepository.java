package io.ezypass.internal.run;

import io.ezypass.DueCredentials;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.internal.op.UseCases;
import io.ezypass.internal.op.UserKeys;
import io.ezypass.model.Actor;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.model.WriteOutcome;
import java.util.Optional;

/** Runs the use cases of a table on the caller's thread. */
public final class SyncVaultRepository implements VaultRepository {
  private final UseCases useCases;
  private final SyncRunner runner;
  private final Actors actors;

  /** A repository in the name of whoever {@code actors} says. */
  public SyncVaultRepository(UseCases useCases, SyncRunner runner, Actors actors) {
    this.useCases = useCases;
    this.runner = runner;
    this.actors = actors;
  }

  @Override
  public VaultUser register(NewUser user) {
    Arguments.present("user", user);
    return runner.run("register", useCases.registerUser().plan(user, actors.on(user.id())));
  }

  @Override
  public Optional<VaultUser> findUser(UserId id) {
    Arguments.present("id", id);
    return runner.run("find user", useCases.findUser().byId(id));
  }

  @Override
  public Optional<VaultUser> findUserBy(UserKey key) {
    Arguments.present("key", key);
    return runner.run("find user by key", useCases.findUser().byKey(key));
  }

  @Override
  public VaultUser updateUser(UserId id, long seenVersion, UserProfile profile) {
    Arguments.update("id", id, seenVersion, "profile", profile);
    return runner.run(
        "update user", useCases.updateUser().plan(id, seenVersion, profile, actors.on(id)));
  }

  @Override
  public Page<UserId> listUsers(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("list users", useCases.listUsers().plan(page));
  }

  @Override
  public UserDeletion deleteUser(UserId id) {
    Arguments.present("id", id);
    try {
      return runner.run("delete user", useCases.deleteUser().plan(id));
    } finally {
      // Even after a failure: the keys may belong to nobody any more.
      runner.evict(UserKeys.scope(id));
    }
  }

  @Override
  public WriteOutcome resolve(PendingWrite pending) {
    Arguments.present("pending", pending);
    return runner.run("resolve", useCases.resolveWrite().plan(pending));
  }

  @Override
  public DueCredentials due() {
    return new SyncDueCredentials(useCases, runner);
  }

  @Override
  public Vault vault(UserId owner) {
    return new SyncVault(useCases, runner, actors, Arguments.present("owner", owner));
  }

  @Override
  public VaultRepository as(Actor actor) {
    Arguments.present("actor", actor);
    return new SyncVaultRepository(useCases, runner, owner -> actor);
  }
}
