package io.ezypass.internal.run;

import io.ezypass.AsyncDueCredentials;
import io.ezypass.internal.op.UseCases;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs the use cases of the due list without blocking. */
record FutureDueCredentials(UseCases useCases, AsyncRunner runner) implements AsyncDueCredentials {
  @Override
  public CompletableFuture<Page<DueCredential>> list(LocalDate rotateBy, PageRequest page) {
    Arguments.present("rotateBy", rotateBy);
    Arguments.present("page", page);
    return runner.run("list due", useCases.readDue().list(rotateBy, page));
  }

  @Override
  public CompletableFuture<Optional<CredentialSummary>> check(DueCredential due) {
    Arguments.present("due", due);
    return runner.run("check due", useCases.readDue().check(due));
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "AsyncDueCredentials";
  }
}
