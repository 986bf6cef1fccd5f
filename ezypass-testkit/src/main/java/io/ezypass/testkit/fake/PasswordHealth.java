package io.ezypass.testkit.fake;

import io.ezypass.health.HealthOptions;
import io.ezypass.health.HealthReport;
import io.ezypass.health.PasswordStrengthEstimator;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Judges passwords by comparing them: a fake holds them all anyway. */
final class PasswordHealth {
  private static final int BEST_SCORE = 4;

  private final HealthOptions options;
  private final List<Judged> passwords = new ArrayList<>();

  private PasswordHealth(HealthOptions options) {
    this.options = options;
  }

  private record Judged(CredentialId id, Instant updatedAt, Secret password, int score) {}

  /** Closes the credentials, which are copies. They come by id, and stay so within each list. */
  static HealthReport judge(
      UserId owner, List<Credential> credentials, HealthOptions options, Instant now) {
    try {
      PasswordHealth health = new PasswordHealth(options);
      credentials.forEach(health::add);
      return new HealthReport(
          owner,
          options.judged(),
          credentials.size(),
          health.passwords.size(),
          health.reused(),
          health.weak(),
          health.old(now));
    } finally {
      credentials.forEach(Credential::close);
    }
  }

  private void add(Credential credential) {
    Secret password = credential.content().password();
    if (password != null) {
      passwords.add(
          new Judged(credential.id(), credential.audit().updatedAt(), password, score(password)));
    }
  }

  private int score(Secret password) {
    PasswordStrengthEstimator estimator = options.estimator();
    int score = estimator == null ? BEST_SCORE : password.use(estimator::score);
    if (score < 0 || score > BEST_SCORE) {
      throw new IllegalArgumentException("score of the estimator must be 0 to 4, but is " + score);
    }
    return score;
  }

  private List<List<CredentialId>> reused() {
    List<List<Judged>> groups = new ArrayList<>();
    for (Judged each : passwords) {
      for (List<Judged> group : groups) {
        if (group.get(0).password().equals(each.password())) {
          group.add(each);
        }
      }
      if (groups.stream().noneMatch(group -> group.contains(each))) {
        groups.add(new ArrayList<>(List.of(each)));
      }
    }
    return groups.stream()
        .filter(group -> group.size() > 1)
        .sorted(Comparator.comparing(group -> -group.size()))
        .map(group -> group.stream().map(Judged::id).toList())
        .toList();
  }

  private List<CredentialId> weak() {
    return passwords.stream()
        .filter(each -> each.score() < options.weakBelow())
        .sorted(Comparator.comparing(Judged::score))
        .map(Judged::id)
        .toList();
  }

  private List<CredentialId> old(Instant now) {
    Duration maxAge = options.maxAge();
    return passwords.stream()
        .filter(each -> maxAge != null && each.updatedAt().isBefore(now.minus(maxAge)))
        .sorted(Comparator.comparing(Judged::updatedAt))
        .map(Judged::id)
        .toList();
  }
}
