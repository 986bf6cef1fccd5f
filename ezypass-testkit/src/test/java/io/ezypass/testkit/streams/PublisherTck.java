package io.ezypass.testkit.streams;

import io.ezypass.AsyncVault;
import io.ezypass.AsyncVaultRepository;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import java.util.HashMap;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * The rules of Reactive Streams for publishers, as its own TCK checks them. It skips those that no
 * test can check, and an optional one.
 */
abstract class PublisherTck<T> extends PublisherVerification<T> {
  /** No test takes more, though one asks for as many as an int can count, and takes ten. */
  private static final int MOST_ELEMENTS = 25;

  /** How long to wait for a signal that has to come: a busy machine must not fail a test. */
  private static final int PATIENCE_MILLIS = 30_000;

  /** How long to listen for a signal that must not come. */
  private static final int SILENCE_MILLIS = 25;

  private final Map<Long, AsyncVault> bySize = new HashMap<>();

  PublisherTck() {
    super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS));
  }

  abstract AsyncVaultRepository vaults();

  abstract SdkPublisher<T> publisher(AsyncVault vault);

  @Override
  public Publisher<T> createPublisher(long elements) {
    return publisher(bySize.computeIfAbsent(Math.min(elements, MOST_ELEMENTS), this::vaultOf));
  }

  @Override
  public Publisher<T> createFailedPublisher() {
    return publisher(vaults().vault(UserId.of("unknown")));
  }

  @Override
  public long maxElementsFromPublisher() {
    return Integer.MAX_VALUE;
  }

  private AsyncVault vaultOf(long elements) {
    NewUser user = NewUser.withId(UserId.random());
    AsyncVault vault = vaults().vault(vaults().register(user).join().id());
    for (int i = 0; i < elements; i++) {
      CredentialContent content =
          CredentialContent.builder()
              .website("site-" + i + ".example")
              .password(Secret.of("password " + i))
              .build();
      vault.add(content).join();
    }
    return vault;
  }
}
