package io.ezypass.testkit.streams;

import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultRepository;
import io.ezypass.model.CredentialSummary;
import io.ezypass.testkit.fake.InMemoryVaultRepository;
import software.amazon.awssdk.core.async.SdkPublisher;

/** {@code summaries()} of the fake. */
public class FakeSummariesTckTest extends PublisherTck<CredentialSummary> {
  private final AsyncVaultRepository vaults = InMemoryVaultRepository.create().async();

  @Override
  AsyncVaultRepository vaults() {
    return vaults;
  }

  @Override
  SdkPublisher<CredentialSummary> publisher(AsyncVault vault) {
    return vault.summaries();
  }
}
