package io.ezypass.testkit.contract;

import io.ezypass.VaultRepository;
import io.ezypass.model.VaultPolicies;
import io.ezypass.testkit.MutableClock;

/** What the contract is checked on: one empty table, made for one test. */
public interface ContractTarget extends AutoCloseable {
  /**
   * The repository under test, without an actor of its own.
   *
   * @return a view of the same table at each call
   */
  VaultRepository repository();

  /**
   * The same table by a process with other policies, without an actor of its own.
   *
   * @param policies what is kept when credentials are changed or deleted
   * @return a view of the same table, good until the target is closed
   */
  VaultRepository repository(VaultPolicies policies);

  /**
   * The clock that the repository goes by.
   *
   * @return the clock, which stands still until the test moves it
   */
  MutableClock clock();

  /**
   * Lets the next write that is sent be lost on its way, however often the client sends it, so that
   * the caller is told that its outcome is unknown. What follows it is carried out again.
   */
  void loseNextRequest();

  /**
   * Lets the next write that is sent be carried out, and its answer be lost, however often the
   * client sends it, so that the caller is told that its outcome is unknown.
   */
  void loseNextResponse();

  /** Releases what belongs to this target alone. */
  @Override
  void close();
}
