package io.ezypass;

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

/**
 * The async twin of {@link VaultRepository}: the same promises, costs and failures, method by
 * method. Bad arguments are thrown at once; every other failure completes the future with the
 * {@link io.ezypass.error.VaultException} that the twin throws. Cancelling a future stops the
 * caller's waiting, not a request that was sent.
 *
 * <p>Thread safe. Nothing blocks the calling thread.
 */
public interface AsyncVaultRepository {
  /**
   * Registers a user and makes the vault key. See {@link VaultRepository#register}.
   *
   * @param user id and profile
   * @return the registered user, version 1
   */
  CompletableFuture<VaultUser> register(NewUser user);

  /**
   * Reads a user by id. See {@link VaultRepository#findUser}.
   *
   * @param id whom to find
   * @return the user, or empty if there is none
   */
  CompletableFuture<Optional<VaultUser>> findUser(UserId id);

  /**
   * Reads a user by e-mail address or username. See {@link VaultRepository#findUserBy}.
   *
   * @param key e-mail address or username
   * @return the user, or empty if there is none
   */
  CompletableFuture<Optional<VaultUser>> findUserBy(UserKey key);

  /**
   * Replaces a user's profile; claims on e-mail address and username move in the same transaction,
   * and equal ones are left alone. See {@link VaultRepository#updateUser}.
   *
   * @param id whose profile
   * @param seenVersion the version that the caller read
   * @param profile the whole new profile
   * @return the user with the next version
   */
  CompletableFuture<VaultUser> updateUser(UserId id, long seenVersion, UserProfile profile);

  /**
   * Lists the ids of all users, in no useful order. See {@link VaultRepository#listUsers}.
   *
   * @param page which page
   * @return ids and the token of the next page
   */
  CompletableFuture<Page<UserId>> listUsers(PageRequest page);

  /**
   * Deletes a user with everything in the vault, without needing any key. See {@link
   * VaultRepository#deleteUser}.
   *
   * @param id whom to delete
   * @return the receipt
   */
  CompletableFuture<UserDeletion> deleteUser(UserId id);

  /**
   * Settles a write whose outcome was unknown. See {@link VaultRepository#resolve}.
   *
   * @param pending what the exception carried
   * @return the outcome, as of that read
   */
  CompletableFuture<WriteOutcome> resolve(PendingWrite pending);

  /**
   * The credentials of all users by the day until which their password should be changed. See
   * {@link VaultRepository#due}.
   *
   * @return a view; cheap to make
   */
  AsyncDueCredentials due();

  /**
   * The vault of one user. See {@link VaultRepository#vault}.
   *
   * @param owner whose vault
   * @return a view that cannot name another user
   */
  AsyncVault vault(UserId owner);

  /**
   * The same repository with everything done in the name of an actor. See {@link
   * VaultRepository#as}.
   *
   * @param actor who acts
   * @return another view of this repository
   */
  AsyncVaultRepository as(Actor actor);
}
