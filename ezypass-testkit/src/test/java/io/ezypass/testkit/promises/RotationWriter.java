package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.dynamodb.Faults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One writer, a process of its own whose requests meet faults: adds, updates, edits, moves, deletes
 * and restores credentials that nobody else writes to, and now and then counts on a shared one. It
 * knows after every write what must be in the vault.
 */
final class RotationWriter implements AutoCloseable {
  private static final List<String> WEBSITES =
      List.of("a.example", "b.example", "c.example", "d.example", "e.example", "f.example");

  private final String name;
  private final int size;
  private final Random random;
  private final Vault vault;
  private final VaultRepository calm;
  private final UserId owner;
  private final StormClients process;
  private final RotationCounters counters;
  private final List<CredentialId> ids = new ArrayList<>();
  private final Map<CredentialId, RotationTracked> tracked = new ConcurrentHashMap<>();
  private final Map<CredentialId, RotationTracked> trashed = new LinkedHashMap<>();
  private final List<RotationReceipt> receipts = new ArrayList<>();
  private final AtomicInteger writes = new AtomicInteger();
  private int names;

  /**
   * A writer with a vault's share of its own.
   *
   * @param size about how many credentials it keeps
   * @param calm asks for outcomes and meets no faults
   */
  RotationWriter(
      String name,
      int size,
      long seed,
      Api api,
      EzyPassLocal local,
      VaultRepository calm,
      UserId owner,
      RotationCounters counters) {
    this.name = name;
    this.size = size;
    this.random = new Random(seed);
    this.calm = calm;
    this.owner = owner;
    this.counters = counters;
    Faults faults = Faults.seeded(seed);
    faults.randomly(0.08, Fault.LOST_REQUEST, Fault.LOST_RESPONSE);
    faults.randomly(0.02, Fault.THROTTLED, Fault.TRANSACTION_CONFLICT);
    this.process = new StormClients(local, faults);
    this.vault = api.of(process.ezypass()).vault(owner);
  }

  /** What it keeps, for readers. */
  Map<CredentialId, RotationTracked> tracked() {
    return tracked;
  }

  /** What it has put into the trash, while it stands still. */
  Map<CredentialId, RotationTracked> trashed() {
    return trashed;
  }

  /** What it knows of a credential, live or in the trash. */
  @Nullable RotationTracked known(CredentialId id) {
    RotationTracked live = tracked.get(id);
    return live == null ? trashed.get(id) : live;
  }

  /** Writes whose answers were lost, since the beginning. */
  List<RotationReceipt> receipts() {
    return receipts;
  }

  int writes() {
    return writes.get();
  }

  /** Fills its share, before anything else happens. */
  void fill() {
    while (ids.size() < size) {
      add();
    }
  }

  /** One write. */
  void step() {
    writes.incrementAndGet();
    int kind = random.nextInt(12);
    if (kind == 0 && ids.size() < size * 11 / 10) {
      if (trashed.isEmpty() || random.nextBoolean()) {
        add();
      } else {
        restore(trashed.values().iterator().next());
      }
    } else if (kind == 1 && ids.size() > size * 9 / 10) {
      delete(any());
    } else if (kind == 2) {
      counters.count(vault, name + "." + names++, random);
    } else {
      change(any(), kind);
    }
  }

  private RotationTracked any() {
    return Objects.requireNonNull(tracked.get(ids.get(random.nextInt(ids.size()))));
  }

  private String website() {
    return WEBSITES.get(random.nextInt(WEBSITES.size()));
  }

  private CredentialContent content(String website) {
    return RotationTracked.content(name + "." + names++, website);
  }

  private void add() {
    CredentialContent content = content(website());
    String login = Objects.requireNonNull(content.login());
    try {
      Credential added = settled(() -> vault.add(content), null, 1);
      if (added != null) {
        keep(added.id(), login);
      }
    } catch (AppliedAfterAll e) {
      CredentialId id = find(content.website(), login);
      receipts.add(new RotationReceipt(e.unknown.pending(), id, 1, true));
      keep(id, login);
    }
  }

  private void keep(CredentialId id, String login) {
    ids.add(id);
    tracked.put(id, new RotationTracked(id, login));
  }

  private CredentialId find(Website website, String login) {
    return calm.vault(owner).findByWebsite(website, WebsiteMatch.EXACT).stream()
        .filter(summary -> login.equals(summary.login()))
        .map(CredentialSummary::id)
        .findFirst()
        .orElseThrow(() -> new AssertionError("an add was applied and is not there"));
  }

  private void change(RotationTracked mine, int kind) {
    RotationTracked.Acknowledged before = mine.last();
    boolean moves = kind < 6;
    String websiteNow = before.login().substring(before.login().indexOf('@') + 1);
    CredentialContent content = content(moves ? website() : websiteNow);
    long next = before.version() + 1;
    if (moves) {
      mine.moving();
    }
    try {
      Credential written =
          settled(
              () ->
                  kind % 2 == 0
                      ? vault.edit(mine.id(), stored -> changed(stored, before, content))
                      : vault.update(mine.id(), before.version(), content),
              mine.id(),
              next);
      if (written != null) {
        assertThat(written.version()).isEqualTo(next);
        mine.acknowledge(next, Objects.requireNonNull(content.login()));
      }
    } catch (AppliedAfterAll e) {
      receipts.add(new RotationReceipt(e.unknown.pending(), mine.id(), next, true));
      mine.acknowledge(next, Objects.requireNonNull(content.login()));
    } finally {
      if (moves) {
        mine.moving();
      }
    }
  }

  /** What an edit finds is what this writer wrote last. */
  private static CredentialContent changed(
      CredentialContent stored, RotationTracked.Acknowledged before, CredentialContent content) {
    assertThat(stored.login()).isEqualTo(before.login());
    return content;
  }

  private void delete(RotationTracked mine) {
    mine.deleting(true);
    long next = mine.last().version() + 1;
    boolean gone;
    try {
      gone = settled(() -> deleted(mine), mine.id(), next) != null;
    } catch (AppliedAfterAll e) {
      receipts.add(new RotationReceipt(e.unknown.pending(), mine.id(), next, true));
      gone = true;
    }
    if (gone) {
      mine.acknowledge(next, mine.last().login());
      ids.remove(mine.id());
      tracked.remove(mine.id());
      trashed.put(mine.id(), mine);
    } else {
      mine.deleting(false);
    }
  }

  private void restore(RotationTracked mine) {
    long seen = mine.last().version();
    String login = mine.last().login();
    boolean back;
    try {
      Credential restored =
          settled(() -> vault.trash().restore(mine.id(), seen), mine.id(), seen + 1);
      back = restored != null;
      if (restored != null) {
        assertThat(restored.version()).isEqualTo(seen + 1);
        assertThat(restored.content().login()).isEqualTo(login);
      }
    } catch (AppliedAfterAll e) {
      receipts.add(new RotationReceipt(e.unknown.pending(), mine.id(), seen + 1, true));
      back = true;
    }
    if (back) {
      trashed.remove(mine.id());
      ids.add(mine.id());
      RotationTracked live = new RotationTracked(mine.id(), login);
      live.acknowledge(seen + 1, login);
      tracked.put(mine.id(), live);
    }
  }

  private boolean deleted(RotationTracked mine) {
    vault.delete(mine.id(), mine.last().version());
    return true;
  }

  /**
   * What the write returned; null if it is known not to have happened. Nobody else writes to this
   * credential: a conflict is a failure of the test, whatever the rotation does meanwhile.
   */
  private <T> @Nullable T settled(Supplier<T> write, @Nullable CredentialId id, long version)
      throws AppliedAfterAll {
    try {
      return write.get();
    } catch (StorageUnavailableException e) {
      return null;
    } catch (WriteOutcomeUnknownException e) {
      WriteOutcome outcome = calm.resolve(e.pending());
      assertThat(outcome).isNotEqualTo(WriteOutcome.UNKNOWN);
      if (outcome == WriteOutcome.APPLIED) {
        throw new AppliedAfterAll(e);
      }
      receipts.add(new RotationReceipt(e.pending(), id, version, false));
      return null;
    }
  }

  @Override
  public void close() {
    process.close();
  }

  /** A write whose answer was lost took effect. */
  private static final class AppliedAfterAll extends Exception {
    private static final long serialVersionUID = 1;
    private final transient WriteOutcomeUnknownException unknown;

    AppliedAfterAll(WriteOutcomeUnknownException unknown) {
      super(unknown);
      this.unknown = unknown;
    }
  }
}
