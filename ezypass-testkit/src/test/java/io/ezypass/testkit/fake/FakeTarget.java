package io.ezypass.testkit.fake;

import io.ezypass.VaultRepository;
import io.ezypass.model.VaultPolicies;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.contract.ContractTarget;

/** The fake under the contract. */
class FakeTarget implements ContractTarget {
  final InMemoryVaultRepository repository = InMemoryVaultRepository.create();

  @Override
  public VaultRepository repository() {
    return repository;
  }

  @Override
  public VaultRepository repository(VaultPolicies policies) {
    return repository.with(policies);
  }

  @Override
  public MutableClock clock() {
    return repository.clock();
  }

  @Override
  public void loseNextRequest() {
    repository.loseNextRequest();
  }

  @Override
  public void loseNextResponse() {
    repository.loseNextResponse();
  }

  @Override
  public void close() {}
}
