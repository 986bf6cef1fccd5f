package io.ezypass.internal.run;

import io.ezypass.AsyncDueCredentials;
import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultRepository;
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
import java.util.concurrent.CompletableFuture;

/** Runs the use cases of a table without blocking. */
public final class FutureVaultRepository implements AsyncVaultRepository {
  private final UseCases useCases;
  private final AsyncRunner runner;
  private final Actors actors;

  /** A repository in the name of whoever {@code actors} says. */
  public FutureVaultRepository(UseCases useCases, AsyncRunner runner, Actors actors) {
    this.useCases = useCases;
    this.runner = runner;
    this.actors = actors;
  }

  @Override
  public CompletableFuture<VaultUser> register(NewUser user) {
    Arguments.present("user", user);
    return runner.run("register", useCases.registerUser().plan(user, actors.on(user.id())));
  }

  @Override
  public CompletableFuture<Optional<VaultUser>> findUser(UserId id) {
    Arguments.present("id", id);
    return runner.run("find user", useCases.findUser().byId(id));
  }

  @Override
  public CompletableFuture<Optional<VaultUser>> findUserBy(UserKey key) {
    Arguments.present("key", key);
    return runner.run("find user by key", useCases.findUser().byKey(key));
  }

  @Override
  public CompletableFuture<VaultUser> updateUser(UserId id, long seenVersion, UserProfile profile) {
    Arguments.update("id", id, seenVersion, "profile", profile);
    return runner.run(
        "update user", useCases.updateUser().plan(id, seenVersion, profile, actors.on(id)));
  }

  @Override
  public CompletableFuture<Page<UserId>> listUsers(PageRequest page) {
    Arguments.present("page", page);
    return runner.run("list users", useCases.listUsers().plan(page));
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it hands on what it ends in
  public CompletableFuture<UserDeletion> deleteUser(UserId id) {
    Arguments.present("id", id);
    CompletableFuture<UserDeletion> result = new CompletableFuture<>();
    runner
        .run("delete user", useCases.deleteUser().plan(id))
        .whenComplete(
            (receipt, failure) -> {
              // Even after a failure: the keys may belong to nobody any more.
              runner.evict(UserKeys.scope(id));
              if (failure == null) {
                result.complete(receipt);
              } else {
                result.completeExceptionally(failure);
              }
            });
    return result;
  }

  @Override
  public CompletableFuture<WriteOutcome> resolve(PendingWrite pending) {
    Arguments.present("pending", pending);
    return runner.run("resolve", useCases.resolveWrite().plan(pending));
  }

  @Override
  public AsyncDueCredentials due() {
    return new FutureDueCredentials(useCases, runner);
  }

  @Override
  public AsyncVault vault(UserId owner) {
    return new FutureVault(useCases, runner, actors, Arguments.present("owner", owner));
  }

  @Override
  public AsyncVaultRepository as(Actor actor) {
    Arguments.present("actor", actor);
    return new FutureVaultRepository(useCases, runner, owner -> actor);
  }
}
