package io.ezypass.model;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Summaries of contents, each with an id of its own. */
final class Summaries {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private Summaries() {}

  static CredentialSummary of(CredentialContent content) {
    return of(String.format("%028d", NEXT.getAndIncrement()), content);
  }

  static CredentialSummary of(String id, CredentialContent content) {
    return new CredentialSummary(
        CredentialId.of(id),
        UserId.of("u1"),
        content.meta(),
        Audit.created(Instant.EPOCH, Actor.of("tester")),
        1);
  }
}
