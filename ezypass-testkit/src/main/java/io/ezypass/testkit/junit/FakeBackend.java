package io.ezypass.testkit.junit;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.fake.InMemoryVaultRepository;

/** The in-memory fake. */
final class FakeBackend implements TestBackend {
  private final InMemoryVaultRepository repository = InMemoryVaultRepository.create();

  @Override
  public InMemoryVaultRepository repository() {
    return repository;
  }

  @Override
  public AsyncVaultRepository asyncRepository() {
    return repository.async();
  }

  @Override
  public MutableClock clock() {
    return repository.clock();
  }

  @Override
  public void close() {}
}
