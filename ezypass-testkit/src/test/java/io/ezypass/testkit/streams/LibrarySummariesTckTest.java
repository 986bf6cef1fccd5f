package io.ezypass.testkit.streams;

import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultRepository;
import io.ezypass.model.CredentialSummary;
import org.testng.annotations.AfterClass;
import software.amazon.awssdk.core.async.SdkPublisher;

/** {@code summaries()} of the library, over several Queries. */
public class LibrarySummariesTckTest extends PublisherTck<CredentialSummary> {
  private final SmallPages process = new SmallPages(3);

  @Override
  AsyncVaultRepository vaults() {
    return process.asyncVaults();
  }

  @Override
  SdkPublisher<CredentialSummary> publisher(AsyncVault vault) {
    return vault.summaries();
  }

  @AfterClass
  public void close() {
    process.close();
  }
}
