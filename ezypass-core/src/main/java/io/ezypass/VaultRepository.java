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

/**
 * All users of one table. What belongs to one user is done through {@link #vault(UserId)}.
 *
 * <p>Costs are DynamoDB requests and KMS calls, "warm" with the keys in the key cache and "cold"
 * without; the first use of a table in a process adds one GetItem for its root, and the first use
 * of the table's lookup key one KMS call (and the GetItem again). An alias costs a DescribeKey when
 * a process first uses it.
 *
 * <p>Every method may throw {@link io.ezypass.error.NotInitialisedException}, {@link
 * io.ezypass.error.KeyUnavailableException}, {@link io.ezypass.error.StorageUnavailableException},
 * {@link io.ezypass.error.TamperedItemException} and {@link
 * io.ezypass.error.UnsupportedFormatException}; after each of them nothing was written. Every write
 * may throw {@link io.ezypass.error.WriteOutcomeUnknownException} and {@link
 * io.ezypass.error.LimitExceededException}. Null arguments are refused with an {@link
 * IllegalArgumentException}.
 *
 * <p>Thread safe.
 */
public interface VaultRepository {
  /**
   * Registers a user and makes the vault key. Costs 1 KMS call and 1 TransactWriteItems.
   *
   * @param user id and profile
   * @return the registered user, version 1
   * @throws io.ezypass.error.AlreadyExistsException if id, e-mail address or username is taken; the
   *     id stays taken until a deletion under it is final; nothing was written
   */
  VaultUser register(NewUser user);

  /**
   * Reads a user by id. Costs 1 GetItem warm, 1 BatchGetItem and 1 KMS call cold.
   *
   * @param id whom to find
   * @return the user, or empty if there is none
   */
  Optional<VaultUser> findUser(UserId id);

  /**
   * Reads a user by e-mail address or username. Costs 2 GetItem warm, GetItem, BatchGetItem and 1
   * KMS call cold.
   *
   * @param key e-mail address or username
   * @return the user, or empty if there is none
   */
  Optional<VaultUser> findUserBy(UserKey key);

  /**
   * Replaces a user's profile; claims on e-mail address and username move in the same transaction,
   * and equal ones are left alone. Costs 1 GetItem and 1 PutItem warm, or 1 GetItem and 1
   * TransactWriteItems where a claim moves; cold a BatchGetItem and 1 KMS call replace the GetItem.
   *
   * @param id whose profile
   * @param seenVersion the version that the caller read, at least 1
   * @param profile the whole new profile
   * @return the user with the next version
   * @throws io.ezypass.error.UserNotFoundException if there is no such user; nothing was written
   * @throws io.ezypass.error.VersionConflictException if the stored version is another one; nothing
   *     was written
   * @throws io.ezypass.error.AlreadyExistsException if the new e-mail address or username is taken;
   *     nothing was written
   */
  VaultUser updateUser(UserId id, long seenVersion, UserProfile profile);

  /**
   * Lists the ids of all users, in no useful order. Costs 1 Query, and at most one more per shard
   * of the directory that ends within the page.
   *
   * @param page which page
   * @return ids and the token of the next page
   * @throws io.ezypass.error.InvalidPageTokenException if the token is not one of this list
   */
  Page<UserId> listUsers(PageRequest page);

  /**
   * Deletes a user with everything in the vault, without needing any key. From the first
   * transaction on nothing can be opened by a process without cached keys; this instance forgets
   * its own. Idempotent: calling it again resumes, also after a crash or a failure. A process that
   * holds keys may still add to the vault, for 70 minutes at most; a call after {@link
   * UserDeletion#finalFrom()} removes that too and frees the id.
   *
   * @param id whom to delete
   * @return the receipt
   * @throws io.ezypass.error.UserNotFoundException if there is no such user, or the deletion is
   *     final already
   */
  UserDeletion deleteUser(UserId id);

  /**
   * Settles a write whose outcome was unknown. Costs 1 GetItem, 2 if the credential had moved.
   *
   * @param pending what the exception carried
   * @return the outcome, as of that read
   * @throws IllegalArgumentException if the text is not a pending write of this table
   */
  WriteOutcome resolve(PendingWrite pending);

  /**
   * The credentials of all users by the day until which their password should be changed.
   *
   * @return a view; cheap to make
   */
  DueCredentials due();

  /**
   * The vault of one user. No request is sent.
   *
   * @param owner whose vault
   * @return a view that cannot name another user
   */
  Vault vault(UserId owner);

  /**
   * The same repository with everything done in the name of an actor. No request is sent.
   *
   * @param actor who acts
   * @return another view of this repository
   */
  VaultRepository as(Actor actor);
}
