package io.ezypass.testkit.fake;

import io.ezypass.DueCredentials;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.time.LocalDate;
import java.util.Optional;

/** The sync view of the due list. */
final class InMemoryDueCredentials implements DueCredentials {
  private final DueCalls calls;

  InMemoryDueCredentials(DueCalls calls) {
    this.calls = calls;
  }

  @Override
  public Page<DueCredential> list(LocalDate rotateBy, PageRequest page) {
    return calls.list(rotateBy, page).get();
  }

  @Override
  public Optional<CredentialSummary> check(DueCredential due) {
    return calls.check(due).get();
  }
}
