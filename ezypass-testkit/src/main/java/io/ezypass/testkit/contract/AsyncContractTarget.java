package io.ezypass.testkit.contract;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.VaultRepository;

/** A target whose repository is asynchronous. */
public interface AsyncContractTarget extends ContractTarget {
  /**
   * The repository under test, without an actor of its own.
   *
   * @return a view of the same table at each call
   */
  AsyncVaultRepository asyncRepository();

  /** The async repository behind a blocking view. */
  @Override
  default VaultRepository repository() {
    return BlockingVaultRepository.of(asyncRepository());
  }
}
