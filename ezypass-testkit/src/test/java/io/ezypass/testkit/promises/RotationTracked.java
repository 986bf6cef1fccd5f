package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Revision;
import io.ezypass.model.Secret;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One credential as its only writer knows it, for readers to compare with. The content says itself
 * what belongs together: the login names the website, and the password the login.
 */
final class RotationTracked {
  private final CredentialId id;
  private final AtomicInteger moves = new AtomicInteger();
  private volatile Acknowledged last;
  private volatile boolean deleting;

  /** What was acknowledged last. */
  record Acknowledged(long version, String login) {}

  /**
   * What a reader knew before it read.
   *
   * @param moves odd while the credential is being moved
   */
  record Seen(RotationTracked tracked, long version, int moves) {
    /** Whether it may be missing in a list, or be there twice. */
    boolean mayBeMissed() {
      return mayBeGone() || moves % 2 == 1 || tracked.moves.get() != moves;
    }

    boolean mayBeGone() {
      return tracked.deleting;
    }
  }

  RotationTracked(CredentialId id, String login) {
    this.id = id;
    this.last = new Acknowledged(1, login);
  }

  static CredentialContent content(String name, String website) {
    String login = name + "@" + website;
    return CredentialContent.builder()
        .website(website)
        .login(login)
        .password(Secret.of("password of " + login))
        .build();
  }

  /** Fails unless website and login are those of one write. */
  static void check(CredentialSummary read) {
    String login = Objects.requireNonNull(read.login());
    assertThat(login).endsWith("@" + read.website().value());
  }

  /** Fails unless website, login and password are those of one write. */
  static void check(Credential read) {
    check(read.summary());
    try (Secret expected = Secret.of("password of " + read.content().login())) {
      assertThat(read.content().password()).isEqualTo(expected);
    }
  }

  /** Fails unless every revision opens, older than this, and each says what belongs together. */
  void checkRevisions(Vault vault) {
    long newer = last.version();
    for (Revision revision : vault.history().list(id)) {
      assertThat(revision.summary().version()).isLessThan(newer);
      newer = revision.summary().version();
      try (Credential read = vault.history().get(id, newer)) {
        check(read);
        assertThat(read.version()).isEqualTo(newer);
      }
    }
  }

  CredentialId id() {
    return id;
  }

  Acknowledged last() {
    return last;
  }

  void acknowledge(long version, String login) {
    last = new Acknowledged(version, login);
  }

  void moving() {
    moves.incrementAndGet();
  }

  /** A deletion stays announced unless it is known not to have happened. */
  void deleting(boolean announced) {
    deleting = announced;
  }

  Seen seen() {
    // In this order: a move that ends in between makes the number differ later on.
    int before = moves.get();
    return new Seen(this, last.version(), before);
  }
}
