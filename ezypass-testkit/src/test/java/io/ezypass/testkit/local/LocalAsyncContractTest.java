package io.ezypass.testkit.local;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.VaultRepository;
import io.ezypass.model.VaultPolicies;
import io.ezypass.testkit.contract.AsyncContractTarget;
import io.ezypass.testkit.contract.AsyncVaultRepositoryContract;

class LocalAsyncContractTest extends AsyncVaultRepositoryContract {
  @Override
  protected AsyncContractTarget newTarget() {
    return new AsyncLocalTarget();
  }

  private static final class AsyncLocalTarget extends LocalTarget implements AsyncContractTarget {
    @Override
    public AsyncVaultRepository asyncRepository() {
      return local.asyncRepository();
    }

    @Override
    public AsyncVaultRepository asyncRepository(VaultPolicies policies) {
      return process(policies).asyncRepository();
    }

    @Override
    public VaultRepository repository() {
      return AsyncContractTarget.super.repository();
    }

    @Override
    public VaultRepository repository(VaultPolicies policies) {
      return AsyncContractTarget.super.repository(policies);
    }
  }
}
