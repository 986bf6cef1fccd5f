package io.ezypass.internal.op;

import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.health.PasswordIssue;
import io.ezypass.health.PasswordStrengthEstimator;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the passwords of one vault while the rest of it is read: of each an HMAC under a
 * key of this review alone, which tells equal passwords and nothing else, and its score.
 */
final class PasswordReview {
  private static final Comparator<Judged> BY_ID = Comparator.comparing(j -> j.id().value());

  /** Groups of equal size by their first id, so that equal vaults have equal reports. */
  private static final Comparator<List<Judged>> LARGEST_FIRST =
      Comparator.<List<Judged>>comparingInt(group -> -group.size())
          .thenComparing(group -> group.get(0), BY_ID);

  private final UserId owner;
  private final HealthOptions options;
  private final @Nullable Instant cutoff;
  private final Key key;

  /** By id: a credential whose website changes meanwhile may be seen twice, which is no reuse. */
  private final Map<CredentialId, Judged> seen = new HashMap<>();

  /**
   * Starts.
   *
   * @param random the 32 bytes of the key, overwritten
   */
  PasswordReview(UserId owner, HealthOptions options, Instant now, byte[] random) {
    this.owner = owner;
    this.options = options;
    Duration maxAge = options.maxAge();
    this.cutoff = maxAge == null ? null : now.minus(maxAge);
    this.key = Key.copyOf(random);
    Arrays.fill(random, (byte) 0);
  }

  /**
   * A credential that was looked at.
   *
   * @param tag null if it has no password
   */
  private record Judged(
      CredentialId id, long version, @Nullable ByteBuffer tag, int score, Instant updatedAt) {}

  /** Looks at one more. Closing it stays the caller's business. */
  void add(Credential credential) {
    Secret password = credential.content().password();
    Judged judged =
        new Judged(
            credential.id(),
            credential.version(),
            password == null ? null : password.use(this::tag),
            password == null ? 0 : score(password),
            credential.audit().updatedAt());
    seen.merge(judged.id(), judged, (old, fresh) -> fresh.version() >= old.version() ? fresh : old);
  }

  /** The end: nothing can be added any more. */
  HealthReport report() {
    key.wipe();
    List<Judged> passwords =
        seen.values().stream().filter(judged -> judged.tag() != null).sorted(BY_ID).toList();
    Set<PasswordIssue> issues = options.judged();
    return new HealthReport(
        owner,
        issues,
        seen.size(),
        passwords.size(),
        reused(passwords),
        ids(
            passwords.stream()
                .filter(judged -> issues.contains(PasswordIssue.WEAK))
                .filter(judged -> judged.score() < options.weakBelow())
                .sorted(Comparator.comparingInt(Judged::score))),
        ids(
            passwords.stream()
                .filter(judged -> cutoff != null && judged.updatedAt().isBefore(cutoff))
                .sorted(Comparator.comparing(Judged::updatedAt))));
  }

  private static List<List<CredentialId>> reused(List<Judged> passwords) {
    return passwords.stream().collect(Collectors.groupingBy(Judged::tag)).values().stream()
        .filter(group -> group.size() > 1)
        .sorted(LARGEST_FIRST)
        .map(group -> ids(group.stream()))
        .toList();
  }

  private static List<CredentialId> ids(Stream<Judged> judged) {
    return judged.map(Judged::id).toList();
  }

  private ByteBuffer tag(char[] password) {
    byte[] bytes = new byte[Character.BYTES * password.length];
    try {
      ByteBuffer.wrap(bytes).asCharBuffer().put(password);
      return ByteBuffer.wrap(Hmac.sha256(key, bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private int score(Secret password) {
    PasswordStrengthEstimator estimator = options.estimator();
    if (estimator == null) {
      return 0;
    }
    int score = password.use(estimator::score);
    if (score < 0 || score > 4) {
      throw new IllegalArgumentException("score of the estimator must be 0 to 4, but is " + score);
    }
    return score;
  }
}
