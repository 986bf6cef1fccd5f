package io.ezypass.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ezypass.Vault;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Secret;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One vault, what should be in it, and what was done. */
final class RandomCalls {
  private final Vault vault;
  private final Random random;
  private final Map<CredentialId, Credential> expected = new LinkedHashMap<>();
  private final List<CredentialId> known = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  RandomCalls(Vault vault, Random random) {
    this.vault = vault;
    this.random = random;
  }

  void next() {
    if (known.isEmpty()) {
      add();
      return;
    }
    CredentialId id = known.get(random.nextInt(known.size()));
    Credential stored = expected.get(id);
    switch (random.nextInt(8)) {
      case 0, 1 -> add();
      case 2, 3 -> update(id, stored);
      case 4 -> edit(id, stored);
      case 5 -> staleUpdate(id, stored);
      case 6 -> delete(id, stored);
      default -> find();
    }
    compare(id);
  }

  private void add() {
    CredentialContent content = content();
    Credential added = vault.add(content);
    log.add("add " + added.id());
    assertThat(added.content()).isEqualTo(content);
    known.add(added.id());
    expected.put(added.id(), added);
  }

  private void update(CredentialId id, @Nullable Credential stored) {
    log.add("update " + id);
    CredentialContent content = content();
    if (stored == null) {
      assertThrows(CredentialNotFoundException.class, () -> vault.update(id, 1, content));
      return;
    }
    Credential updated = vault.update(id, stored.version(), content);
    assertThat(updated.content()).isEqualTo(content);
    expected.put(id, updated);
  }

  private void edit(CredentialId id, @Nullable Credential stored) {
    log.add("edit " + id);
    CredentialContent content = content();
    if (stored == null) {
      assertThrows(CredentialNotFoundException.class, () -> vault.edit(id, seen -> content));
      return;
    }
    Credential edited = vault.edit(id, seen -> content);
    assertThat(edited.version()).isEqualTo(stored.version() + 1);
    expected.put(id, edited);
  }

  private void staleUpdate(CredentialId id, @Nullable Credential stored) {
    log.add("stale update " + id);
    if (stored != null) {
      assertThrows(
          VersionConflictException.class, () -> vault.update(id, stored.version() + 1, content()));
    }
  }

  private void delete(CredentialId id, @Nullable Credential stored) {
    log.add("delete " + id);
    vault.delete(id, stored == null ? 1 : stored.version());
    expected.remove(id);
  }

  private void find() {
    Website website = content().website();
    log.add("find " + website.value());
    assertThat(vault.findByWebsite(website, WebsiteMatch.EXACT))
        .containsExactlyInAnyOrderElementsOf(
            expected.values().stream()
                .map(Credential::summary)
                .filter(c -> c.website().isSamePlaceAs(website))
                .toList());
  }

  private void compare(CredentialId id) {
    Credential stored = expected.get(id);
    if (stored == null) {
      assertThrows(CredentialNotFoundException.class, () -> vault.get(id));
    } else {
      assertThat(vault.get(id)).isEqualTo(stored);
    }
  }

  void compareAll() {
    List<CredentialSummary> summaries =
        expected.values().stream().map(Credential::summary).toList();
    known.forEach(this::compare);
    assertThat(vault.open()).containsExactlyInAnyOrderElementsOf(summaries);
    assertThat(Given.allPages(vault::list, 1 + random.nextInt(20)))
        .containsExactlyInAnyOrderElementsOf(summaries);
    assertThat(vault.credentials()).containsExactlyInAnyOrderElementsOf(expected.values());
  }

  /** What was done, in order. */
  @Override
  public String toString() {
    return log.toString();
  }

  /** Few websites, so that credentials meet, move and come back. */
  private CredentialContent content() {
    return Given.site("site-" + random.nextInt(4) + ".example")
        .login("login " + random.nextInt(3))
        .favourite(random.nextBoolean())
        .password(Secret.of("p".repeat(random.nextInt(100))))
        .build();
  }
}
