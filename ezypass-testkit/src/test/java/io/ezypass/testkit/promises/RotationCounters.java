package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Credentials that all writers edit: each edit counts one up and leaves its name, so that an update
 * that gets lost shows, and which.
 */
final class RotationCounters {
  private static final int COUNT = 6;

  /** Names go into the description, which has 10,000 characters. */
  private static final int MOST_NAMES = 1_000;

  private final VaultRepository calm;
  private final UserId owner;
  private final List<CredentialId> ids = new ArrayList<>();
  private final Map<CredentialId, Set<String>> applied = new ConcurrentHashMap<>();
  private final Set<String> unsettled = ConcurrentHashMap.newKeySet();

  RotationCounters(VaultRepository calm, UserId owner) {
    this.calm = calm;
    this.owner = owner;
    try (Secret secret = Secret.of("shared")) {
      for (int i = 0; i < COUNT; i++) {
        CredentialContent zero =
            CredentialContent.builder().website("s.example").login("0").password(secret).build();
        ids.add(calm.vault(owner).add(zero).id());
      }
    }
    ids.forEach(id -> applied.put(id, ConcurrentHashMap.newKeySet()));
  }

  List<CredentialId> ids() {
    return ids;
  }

  int applied() {
    return applied.values().stream().mapToInt(Set::size).sum();
  }

  /** Counts one up on one of them, which may move by that. */
  void count(Vault vault, String name, Random random) {
    CredentialId id = ids.get(random.nextInt(COUNT));
    Set<String> done = Objects.requireNonNull(applied.get(id));
    if (done.size() > MOST_NAMES) {
      return;
    }
    String website = random.nextInt(4) == 0 ? "t" + random.nextInt(3) + ".example" : null;
    try {
      vault.edit(
          id,
          content -> {
            CredentialContent.Builder next = counted(content, name).toBuilder();
            return (website == null ? next : next.website(website)).build();
          });
      done.add(name);
    } catch (WriteOutcomeUnknownException e) {
      switch (calm.resolve(e.pending())) {
        case APPLIED -> done.add(name);
        case NOT_APPLIED -> {}
        case UNKNOWN -> unsettled.add(name);
      }
    } catch (VersionConflictException | StorageUnavailableException e) {
      // Not applied.
    }
  }

  private static CredentialContent counted(CredentialContent content, String name) {
    List<String> names = new ArrayList<>(check(content));
    names.add(name);
    return content.toBuilder()
        .login(Integer.toString(names.size()))
        .description(String.join(" ", names))
        .build();
  }

  /** Fails unless the count is the number of names, no name twice; the names. */
  static List<String> check(CredentialContent content) {
    String all = content.meta().description();
    List<String> names = all == null ? List.of() : List.of(all.split(" ", -1));
    assertThat(names).doesNotHaveDuplicates();
    assertThat(content.login()).isEqualTo(Integer.toString(names.size()));
    return names;
  }

  /** Fails unless all that was acknowledged is there and nothing else, while nobody writes. */
  void check() {
    for (CredentialId id : ids) {
      try (Credential stored = calm.vault(owner).get(id)) {
        List<String> names = check(stored.content());
        assertThat(names).containsAll(Objects.requireNonNull(applied.get(id)));
        assertThat(names)
            .allMatch(name -> applied.get(id).contains(name) || unsettled.contains(name));
        assertThat(stored.version()).isEqualTo(1 + names.size());
      }
    }
  }
}
