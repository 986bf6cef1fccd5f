package io.ezypass.testkit.fake;

import io.ezypass.testkit.contract.ContractTarget;
import io.ezypass.testkit.contract.VaultRepositoryContract;

class FakeSyncContractTest extends VaultRepositoryContract {
  @Override
  protected ContractTarget newTarget() {
    return new FakeTarget();
  }
}
