package io.ezypass.testkit.junit;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.VaultRepository;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.MutableClock;

/** The library itself, on DynamoDB Local and a fake KMS. */
record LocalBackend(EzyPassLocal local) implements TestBackend {
  @Override
  public VaultRepository repository() {
    return local.repository();
  }

  @Override
  public AsyncVaultRepository asyncRepository() {
    return local.asyncRepository();
  }

  @Override
  public MutableClock clock() {
    return local.clock();
  }

  @Override
  public void close() {
    local.close();
  }
}
