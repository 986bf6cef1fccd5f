package io.ezypass.testkit.fake;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.VaultRepository;
import io.ezypass.model.VaultPolicies;
import io.ezypass.testkit.contract.AsyncContractTarget;
import io.ezypass.testkit.contract.AsyncVaultRepositoryContract;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** On threads of its own, so that no future is complete by the time it is returned. */
class FakeAsyncContractTest extends AsyncVaultRepositoryContract {
  @Override
  protected AsyncContractTarget newTarget() {
    return new AsyncFakeTarget();
  }

  private static final class AsyncFakeTarget extends FakeTarget implements AsyncContractTarget {
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Override
    public AsyncVaultRepository asyncRepository() {
      return repository.async(threads);
    }

    @Override
    public AsyncVaultRepository asyncRepository(VaultPolicies policies) {
      return repository.with(policies).async(threads);
    }

    @Override
    public VaultRepository repository() {
      return AsyncContractTarget.super.repository();
    }

    @Override
    public VaultRepository repository(VaultPolicies policies) {
      return AsyncContractTarget.super.repository(policies);
    }

    @Override
    public void close() {
      threads.shutdownNow();
    }
  }
}
