package io.ezypass.testkit.junit;

import io.ezypass.AsyncVaultRepository;
import io.ezypass.VaultRepository;
import io.ezypass.testkit.MutableClock;

/** One empty table for one test, closed after it. */
interface TestBackend extends AutoCloseable {
  VaultRepository repository();

  /** A view of the same table. */
  AsyncVaultRepository asyncRepository();

  /** The clock that both repositories go by. */
  MutableClock clock();

  @Override
  void close();
}
