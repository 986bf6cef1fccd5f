package io.ezypass.testkit.fake;

import io.ezypass.AsyncDueCredentials;
import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultRepository;
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

/** The async view of the fake. */
final class AsyncInMemoryVaultRepository implements AsyncVaultRepository {
  private final UserCalls calls;
  private final Starter starter;

  AsyncInMemoryVaultRepository(UserCalls calls, Starter starter) {
    this.calls = calls;
    this.starter = starter;
  }

  @Override
  public CompletableFuture<VaultUser> register(NewUser user) {
    return starter.start(calls.register(user));
  }

  @Override
  public CompletableFuture<Optional<VaultUser>> findUser(UserId id) {
    return starter.start(calls.findUser(id));
  }

  @Override
  public CompletableFuture<Optional<VaultUser>> findUserBy(UserKey key) {
    return starter.start(calls.findUserBy(key));
  }

  @Override
  public CompletableFuture<VaultUser> updateUser(UserId id, long seenVersion, UserProfile profile) {
    return starter.start(calls.updateUser(id, seenVersion, profile));
  }

  @Override
  public CompletableFuture<Page<UserId>> listUsers(PageRequest page) {
    return starter.start(calls.listUsers(page));
  }

  @Override
  public CompletableFuture<UserDeletion> deleteUser(UserId id) {
    return starter.start(calls.deleteUser(id));
  }

  @Override
  public CompletableFuture<WriteOutcome> resolve(PendingWrite pending) {
    return starter.start(calls.resolve(pending));
  }

  @Override
  public AsyncDueCredentials due() {
    return new AsyncInMemoryDueCredentials(calls.due(), starter);
  }

  @Override
  public AsyncVault vault(UserId owner) {
    return new AsyncInMemoryVault(calls.vault(owner), starter);
  }

  @Override
  public AsyncVaultRepository as(Actor actor) {
    return new AsyncInMemoryVaultRepository(calls.as(actor), starter);
  }
}
