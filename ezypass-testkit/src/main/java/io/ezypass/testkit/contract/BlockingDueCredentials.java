package io.ezypass.testkit.contract;

import io.ezypass.AsyncDueCredentials;
import io.ezypass.DueCredentials;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.time.LocalDate;
import java.util.Optional;

/** The blocking view of the due list. */
final class BlockingDueCredentials implements DueCredentials {
  private final AsyncDueCredentials due;

  BlockingDueCredentials(AsyncDueCredentials due) {
    this.due = due;
  }

  @Override
  public Page<DueCredential> list(LocalDate rotateBy, PageRequest page) {
    return Await.value(due.list(rotateBy, page));
  }

  @Override
  public Optional<CredentialSummary> check(DueCredential credential) {
    return Await.value(due.check(credential));
  }
}
