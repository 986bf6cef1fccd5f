package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.admin.RotationReport;
import io.ezypass.admin.VaultAdmin;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One reader, a process of its own: everything opens, every acknowledged write is seen, and no
 * rotation is called complete before its time.
 */
final class RotationReader {
  private final Random random;
  private final Vault vault;
  private final VaultAdmin admin;
  private final UserId owner;
  private final List<RotationWriter> writers;
  private final AtomicInteger reads = new AtomicInteger();
  private int generation = 1;

  RotationReader(long seed, Api api, EzyPass process, UserId owner, List<RotationWriter> writers) {
    this.random = new Random(seed);
    this.vault = api.of(process).vault(owner);
    this.admin = process.admin();
    this.owner = owner;
    this.writers = writers;
  }

  int reads() {
    return reads.get();
  }

  /** One read; reading the whole vault is rarer than reading one credential. */
  void step() {
    reads.incrementAndGet();
    switch (random.nextInt(40)) {
      case 0 -> list(vault::open);
      case 1 -> list(() -> pages());
      case 2 -> list(() -> vault.summaries().toList());
      case 3 -> list(this::whole);
      case 4 -> status();
      case 5, 6, 7 ->
          vault
              .findByWebsite(Website.of("a.example"), WebsiteMatch.EXACT)
              .forEach(RotationTracked::check);
      default -> get();
    }
  }

  private interface Listing {
    List<CredentialSummary> read();
  }

  private void list(Listing listing) {
    Map<CredentialId, RotationTracked.Seen> before = new HashMap<>();
    writers.forEach(writer -> writer.tracked().values().forEach(t -> before.put(t.id(), t.seen())));

    List<CredentialSummary> all = listing.read();

    Set<CredentialId> read = new HashSet<>();
    for (CredentialSummary summary : all) {
      RotationTracked.Seen seen = before.get(summary.id());
      assertThat(summary.owner()).isEqualTo(owner);
      if (seen != null) {
        RotationTracked.check(summary);
        boolean twice = !read.add(summary.id());
        boolean mayBeOld = seen.mayBeMissed();
        assertThat(twice).as("listed twice").isIn(false, mayBeOld);
        if (!mayBeOld) {
          assertThat(summary.version()).isGreaterThanOrEqualTo(seen.version());
        }
      }
    }
    before.forEach(
        (id, seen) ->
            assertThat(read.contains(id) || seen.mayBeMissed())
                .as("an acknowledged credential is listed: %s", id)
                .isTrue());
  }

  private List<CredentialSummary> whole() {
    List<CredentialSummary> summaries = new ArrayList<>();
    vault
        .credentials()
        .forEach(
            credential -> {
              try (credential) {
                if (Objects.requireNonNull(credential.content().login()).indexOf('@') > 0) {
                  RotationTracked.check(credential);
                }
                summaries.add(credential.summary());
              }
            });
    return summaries;
  }

  private List<CredentialSummary> pages() {
    List<CredentialSummary> all = new ArrayList<>();
    Page<CredentialSummary> page = vault.list(PageRequest.first(100));
    all.addAll(page.items());
    while (page.next() != null) {
      page = vault.list(PageRequest.after(Objects.requireNonNull(page.next()), 100));
      all.addAll(page.items());
    }
    return all;
  }

  private void get() {
    List<RotationTracked> all =
        new ArrayList<>(writers.get(random.nextInt(writers.size())).tracked().values());
    RotationTracked.Seen seen = all.get(random.nextInt(all.size())).seen();
    try (Credential read = vault.get(seen.tracked().id())) {
      assertThat(read.version()).isGreaterThanOrEqualTo(seen.version());
      RotationTracked.check(read);
    } catch (CredentialNotFoundException e) {
      assertThat(seen.mayBeGone()).as("gone without a deletion: %s", seen.tracked().id()).isTrue();
    }
  }

  private void status() {
    RotationReport report = admin.rotationStatus(owner);
    assertThat(report.generation()).isGreaterThanOrEqualTo(generation);
    generation = report.generation();
    if (generation > 1) {
      assertThat(report.state()).isNotEqualTo(RotationReport.State.COMPLETE);
    }
  }
}
