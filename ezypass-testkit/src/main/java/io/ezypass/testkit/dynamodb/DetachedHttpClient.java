package io.ezypass.testkit.dynamodb;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * Keeps a lost response from reaching the real HTTP client. The SDK cancels the exchange of an
 * attempt that failed; here the exchange went well, and to cancel it while it finishes would fail
 * the next attempt, which shares the response handler. All other cancellations pass.
 */
record DetachedHttpClient(SdkAsyncHttpClient real) implements SdkAsyncHttpClient {

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    CompletableFuture<Void> exchange = real.execute(request);
    CompletableFuture<Void> seen = new CompletableFuture<>();
    CompletableFuture<Void> unusedForward =
        exchange.whenComplete(
            (nothing, failure) -> {
              if (failure == null) {
                seen.complete(null);
              } else {
                seen.completeExceptionally(failure);
              }
            });
    CompletableFuture<Void> unusedBack =
        seen.whenComplete(
            (nothing, failure) -> {
              if (failure != null && !LostResponse.caused(failure)) {
                exchange.completeExceptionally(failure);
              }
            });
    return seen;
  }

  @Override
  public String clientName() {
    return real.clientName();
  }

  @Override
  public void close() {
    real.close();
  }
}
