package io.ezypass.testkit.contract;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.DueCredentials;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
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

/**
 * A blocking view of an async repository, for tests: it waits for each future and throws what that
 * failed with. A stream collects its publisher before it hands out the first element.
 */
public final class BlockingVaultRepository implements VaultRepository {
  private final AsyncVaultRepository repository;

  private BlockingVaultRepository(AsyncVaultRepository repository) {
    this.repository = repository;
  }

  /**
   * A blocking view.
   *
   * @param repository what does the work
   * @return the view
   */
  public static BlockingVaultRepository of(AsyncVaultRepository repository) {
    return new BlockingVaultRepository(repository);
  }

  @Override
  public VaultUser register(NewUser user) {
    return Await.value(repository.register(user));
  }

  @Override
  public Optional<VaultUser> findUser(UserId id) {
    return Await.value(repository.findUser(id));
  }

  @Override
  public Optional<VaultUser> findUserBy(UserKey key) {
    return Await.value(repository.findUserBy(key));
  }

  @Override
  public VaultUser updateUser(UserId id, long seenVersion, UserProfile profile) {
    return Await.value(repository.updateUser(id, seenVersion, profile));
  }

  @Override
  public Page<UserId> listUsers(PageRequest page) {
    return Await.value(repository.listUsers(page));
  }

  @Override
  public UserDeletion deleteUser(UserId id) {
    return Await.value(repository.deleteUser(id));
  }

  @Override
  public WriteOutcome resolve(PendingWrite pending) {
    return Await.value(repository.resolve(pending));
  }

  @Override
  public DueCredentials due() {
    return new BlockingDueCredentials(repository.due());
  }

  @Override
  public Vault vault(UserId owner) {
    return new BlockingVault(repository.vault(owner));
  }

  @Override
  public VaultRepository as(Actor actor) {
    return new BlockingVaultRepository(repository.as(actor));
  }
}
