package io.ezypass.testkit.contract;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.VaultRepository;
import io.ezypass.model.VaultPolicies;

/** A target whose repository is asynchronous. */
public interface AsyncContractTarget extends ContractTarget {
  /**
   * The repository under test, without an actor of its own.
   *
   * @return a view of the same table at each call
   */
  AsyncVaultRepository asyncRepository();

  /**
   * The same table by a process with other policies, without an actor of its own.
   *
   * @param policies what is kept when credentials are changed or deleted
   * @return a view of the same table, good until the target is closed
   */
  AsyncVaultRepository asyncRepository(VaultPolicies policies);

  /** The async repository behind a blocking view. */
  @Override
  default VaultRepository repository() {
    return BlockingVaultRepository.of(asyncRepository());
  }

  /** The async repository of those policies behind a blocking view. */
  @Override
  default VaultRepository repository(VaultPolicies policies) {
    return BlockingVaultRepository.of(asyncRepository(policies));
  }
}
