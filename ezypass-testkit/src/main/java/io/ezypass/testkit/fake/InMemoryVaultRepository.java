package io.ezypass.testkit.fake;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.DueCredentials;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.VaultException;
import io.ezypass.model.Actor;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.VaultUser;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.MutableClock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A {@link VaultRepository} in memory: the promises of the interface, without a server, a key or a
 * byte of ciphertext. Each one made by a factory is a table of its own; {@link #as} and {@link
 * #async()} are views of the same table.
 *
 * <p>Time is a {@link MutableClock} that the test moves. Failures are ordered with {@link
 * #failNextCall}, {@link #loseNextRequest} and {@link #loseNextResponse}; orders queue up, and all
 * views share them.
 *
 * <p>What it does not imitate: requests and their costs, caches of keys, ciphertext, and the exact
 * byte at which an item becomes too large.
 *
 * <p>Thread safe.
 */
public final class InMemoryVaultRepository implements VaultRepository {
  private final MutableClock clock;
  private final Table table;
  private final UserCalls calls;

  private InMemoryVaultRepository(MutableClock clock, Table table, UserCalls calls) {
    this.clock = clock;
    this.table = table;
    this.calls = calls;
  }

  /**
   * An empty table whose clock stands at the present.
   *
   * @return the repository
   */
  public static InMemoryVaultRepository create() {
    return create(MutableClock.startingNow());
  }

  /**
   * An empty table with a given clock. Everything is done in the name of the vault's owner.
   *
   * @param clock tells the time
   * @return the repository
   * @throws IllegalArgumentException if the clock is null
   */
  public static InMemoryVaultRepository create(MutableClock clock) {
    return create(clock, Actors.owner());
  }

  /**
   * An empty table with a given clock and actors.
   *
   * @param clock tells the time
   * @param actor asked for each write, on the thread that calls the repository
   * @return the repository
   * @throws IllegalArgumentException if an argument is null
   */
  public static InMemoryVaultRepository create(MutableClock clock, Supplier<Actor> actor) {
    return create(clock, Actors.of(actor));
  }

  private static InMemoryVaultRepository create(MutableClock clock, Actors actors) {
    Table table = new Table(Arguments.present("clock", clock));
    return new InMemoryVaultRepository(
        clock, table, new UserCalls(table, actors, VaultPolicies.defaults()));
  }

  /**
   * The clock that every view of this table goes by.
   *
   * @return the clock, to be moved by the test
   */
  public MutableClock clock() {
    return clock;
  }

  /**
   * The same table with other policies, as another process may have them.
   *
   * @param policies what is kept when credentials are changed or deleted
   * @return another view of this table
   * @throws IllegalArgumentException if the policies are null
   */
  public InMemoryVaultRepository with(VaultPolicies policies) {
    return new InMemoryVaultRepository(clock, table, calls.with(policies));
  }

  /**
   * The async twin on the same table. It does its work on the thread that calls it: every future
   * that it returns is complete.
   *
   * @return another view of this repository
   */
  public AsyncVaultRepository async() {
    return async(Runnable::run);
  }

  /**
   * The async twin on the same table, doing its work on an executor.
   *
   * @param executor runs every call after its arguments were checked
   * @return another view of this repository
   * @throws IllegalArgumentException if the executor is null
   */
  public AsyncVaultRepository async(Executor executor) {
    return new AsyncInMemoryVaultRepository(calls, new Starter(executor));
  }

  /**
   * Makes the next call of any method that would send a request fail, before it does anything. An
   * {@code edit} sends several.
   *
   * @param failure thrown as it is
   * @throws IllegalArgumentException if the failure is null
   */
  public void failNextCall(VaultException failure) {
    Arguments.present("failure", failure);
    table.order(() -> table.script.failNextCall(failure));
  }

  /**
   * Lets the next write that nothing else refuses be lost on its way: it does not take effect, and
   * its caller gets a {@link io.ezypass.error.WriteOutcomeUnknownException}.
   */
  public void loseNextRequest() {
    table.order(() -> table.script.loseNext(Script.Loss.REQUEST));
  }

  /**
   * Lets the answer to the next write that nothing else refuses be lost: the write takes effect,
   * and its caller gets a {@link io.ezypass.error.WriteOutcomeUnknownException}.
   */
  public void loseNextResponse() {
    table.order(() -> table.script.loseNext(Script.Loss.RESPONSE));
  }

  /**
   * Makes {@link #resolve} answer {@link WriteOutcome#UNKNOWN} from now on, as if too much had
   * happened to the item since.
   *
   * @param pending a pending write of this table
   * @throws IllegalArgumentException if it is not one of this table
   */
  public void forgetOutcome(PendingWrite pending) {
    Arguments.present("pending", pending);
    table.order(() -> table.script.forget(pending));
  }

  @Override
  public VaultUser register(NewUser user) {
    return calls.register(user).get();
  }

  @Override
  public Optional<VaultUser> findUser(UserId id) {
    return calls.findUser(id).get();
  }

  @Override
  public Optional<VaultUser> findUserBy(UserKey key) {
    return calls.findUserBy(key).get();
  }

  @Override
  public VaultUser updateUser(UserId id, long seenVersion, UserProfile profile) {
    return calls.updateUser(id, seenVersion, profile).get();
  }

  @Override
  public Page<UserId> listUsers(PageRequest page) {
    return calls.listUsers(page).get();
  }

  @Override
  public UserDeletion deleteUser(UserId id) {
    return calls.deleteUser(id).get();
  }

  @Override
  public WriteOutcome resolve(PendingWrite pending) {
    return calls.resolve(pending).get();
  }

  @Override
  public DueCredentials due() {
    return new InMemoryDueCredentials(calls.due());
  }

  @Override
  public Vault vault(UserId owner) {
    return new InMemoryVault(calls.vault(owner));
  }

  @Override
  public InMemoryVaultRepository as(Actor actor) {
    return new InMemoryVaultRepository(clock, table, calls.as(actor));
  }
}
