package io.ezypass.testkit.local;

import io.ezypass.testkit.contract.ContractTarget;
import io.ezypass.testkit.contract.VaultRepositoryContract;

class LocalSyncContractTest extends VaultRepositoryContract {
  @Override
  protected ContractTarget newTarget() {
    return new LocalTarget();
  }
}
