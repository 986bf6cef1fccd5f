package io.ezypass.testkit.streams;

import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultRepository;
import io.ezypass.model.Credential;
import org.testng.annotations.AfterClass;
import software.amazon.awssdk.core.async.SdkPublisher;

/** {@code credentials()} of the library, over several Queries. */
public class LibraryCredentialsTckTest extends PublisherTck<Credential> {
  private final SmallPages process = new SmallPages(3);

  @Override
  AsyncVaultRepository vaults() {
    return process.asyncVaults();
  }

  @Override
  SdkPublisher<Credential> publisher(AsyncVault vault) {
    return vault.credentials();
  }

  @AfterClass
  public void close() {
    process.close();
  }
}
