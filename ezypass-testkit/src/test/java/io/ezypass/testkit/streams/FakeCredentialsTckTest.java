package io.ezypass.testkit.streams;

import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultRepository;
import io.ezypass.model.Credential;
import io.ezypass.testkit.fake.InMemoryVaultRepository;
import software.amazon.awssdk.core.async.SdkPublisher;

/** {@code credentials()} of the fake. */
public class FakeCredentialsTckTest extends PublisherTck<Credential> {
  private final AsyncVaultRepository vaults = InMemoryVaultRepository.create().async();

  @Override
  AsyncVaultRepository vaults() {
    return vaults;
  }

  @Override
  SdkPublisher<Credential> publisher(AsyncVault vault) {
    return vault.credentials();
  }
}
