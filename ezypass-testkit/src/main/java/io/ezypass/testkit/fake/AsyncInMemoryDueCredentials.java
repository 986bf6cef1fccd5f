package io.ezypass.testkit.fake;

import io.ezypass.AsyncDueCredentials;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The async view of the due list. */
final class AsyncInMemoryDueCredentials implements AsyncDueCredentials {
  private final DueCalls calls;
  private final Starter starter;

  AsyncInMemoryDueCredentials(DueCalls calls, Starter starter) {
    this.calls = calls;
    this.starter = starter;
  }

  @Override
  public CompletableFuture<Page<DueCredential>> list(LocalDate rotateBy, PageRequest page) {
    return starter.start(calls.list(rotateBy, page));
  }

  @Override
  public CompletableFuture<Optional<CredentialSummary>> check(DueCredential due) {
    return starter.start(calls.check(due));
  }
}
