package io.ezypass.testkit.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.EzyPass;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.admin.Mode;
import io.ezypass.admin.RotationReport;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.NewUser;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserId;
import io.ezypass.model.WriteOutcome;
import io.ezypass.testkit.EzyPassLocal;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.dynamodb.DynamoDbLocal;
import io.ezypass.testkit.dynamodb.Fault;
import io.ezypass.testkit.kms.FakeKms;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One user's vault with four writers and four readers at work, each a process of its own, and what
 * must be true of it whenever they stand still.
 */
final class RotatedVault implements AutoCloseable {
  static final UserId ANA = UserId.of("ana");

  /** From the activation of a generation until its rotation can be complete. */
  private static final Duration SETTLED = Duration.ofMinutes(70);

  private static final String PARTITION = "U#ana";
  private static final int THREADS = 4;
  private static final int GENERATION_OFFSET = 2;
  private static final int MAX_EARLIER = 4;

  private final long kmsSeed;
  private final EzyPassLocal local;
  private final EzyPass calm;
  private final RotationCounters counters;
  private final Map<PendingWrite, WriteOutcome> oldReceipts = new LinkedHashMap<>();
  private final Map<CredentialId, Long> untouched = new HashMap<>();
  private final List<RotationWriter> writers;
  private final List<EzyPass> readingProcesses = new ArrayList<>();
  private final List<RotationReader> readers = new ArrayList<>();

  /** Everybody works under the read lock; the test holds the write lock unless it lets them. */
  private final ReentrantReadWriteLock work = new ReentrantReadWriteLock(true);

  private final ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);
  private final List<CompletableFuture<Void>> running = new ArrayList<>();
  private volatile boolean stopped;
  private int generations = 1;
  private int profileGeneration = 1;

  /**
   * A vault of about so many credentials, with nobody at work yet.
   *
   * @param seed decides what everybody does
   */
  RotatedVault(long seed, int items) {
    kmsSeed = seed;
    local = EzyPassLocal.start(FakeKms.seeded(kmsSeed), config -> config);
    local.repository().register(NewUser.withId(ANA).email("ana@example.com").username("ana"));
    lostAnswers();
    calm = process();
    counters = new RotationCounters(calm.repository(), ANA);
    writers =
        IntStream.range(0, THREADS)
            .mapToObj(
                i ->
                    new RotationWriter(
                        "w" + i,
                        items / THREADS,
                        seed + i,
                        i % 2 == 0 ? Api.SYNC : Api.ASYNC,
                        local,
                        calm.repository(),
                        ANA,
                        counters))
            .toList();
    for (int i = 0; i < THREADS; i++) {
      EzyPass process = process();
      readingProcesses.add(process);
      readers.add(
          new RotationReader(
              seed - 1 - i, i % 2 == 0 ? Api.SYNC : Api.ASYNC, process, ANA, writers));
    }
  }

  /** A process of its own, with clients that meet no faults. */
  private EzyPass process() {
    return local.open(
        b ->
            b.clients(DynamoDbLocal.shared().client(), local.kms().client())
                .asyncClients(DynamoDbLocal.shared().asyncClient(), local.kms().asyncClient()));
  }

  /** Updates whose answers were lost before any rotation, with none to five more updates since. */
  private void lostAnswers() {
    Vault vault = local.repository().vault(ANA);
    for (int later = 0; later <= MAX_EARLIER + 1; later++) {
      CredentialId id = vault.add(RotationTracked.content("r" + later, "r.example")).id();
      local.faults().wholeCall(Fault.LOST_RESPONSE, "TransactWriteItems");
      try {
        vault.update(id, 1, RotationTracked.content("lost", "r.example"));
        throw new AssertionError("the answer was not lost");
      } catch (WriteOutcomeUnknownException e) {
        oldReceipts.put(
            e.pending(), later > MAX_EARLIER ? WriteOutcome.UNKNOWN : WriteOutcome.APPLIED);
      }
      for (int i = 0; i < later; i++) {
        vault.update(id, 2 + i, RotationTracked.content("later" + i, "r.example"));
      }
      untouched.put(id, 2L + later);
    }
  }

  RotationChild child(long faultSeed) {
    return RotationChild.start(
        DynamoDbLocal.shared().endpoint().toString(),
        local.table(),
        ANA.value(),
        Long.toString(kmsSeed),
        Long.toString(faultSeed));
  }

  MutableClock clock() {
    return local.clock();
  }

  /** Fills the vault, and gets everybody ready to work. */
  void start() throws Exception {
    CompletableFuture.allOf(
            writers.stream()
                .map(writer -> CompletableFuture.runAsync(writer::fill, threads))
                .toArray(CompletableFuture<?>[]::new))
        .get();
    work.writeLock().lock();
    writers.forEach(writer -> repeat(writer::step));
    readers.forEach(reader -> repeat(reader::step));
  }

  private void repeat(Runnable step) {
    running.add(
        CompletableFuture.runAsync(
            () -> {
              while (!stopped) {
                work.readLock().lock();
                try {
                  step.run();
                } finally {
                  work.readLock().unlock();
                }
              }
            },
            threads));
  }

  /** Lets everybody work for as long as this takes. */
  <T> T working(Callable<T> task) throws Exception {
    T result;
    work.writeLock().unlock();
    try {
      result = task.call();
    } finally {
      work.writeLock().lock();
    }
    for (CompletableFuture<Void> each : running) {
      if (each.isDone()) {
        each.get();
        throw new AssertionError("somebody stopped working");
      }
    }
    return result;
  }

  /** Ends all work. */
  void stop() throws Exception {
    stopped = true;
    work.writeLock().unlock();
    for (CompletableFuture<Void> each : running) {
      each.get();
    }
    work.writeLock().lock();
  }

  /**
   * Whether the profile was below the active generation at the last look: then a rotation is not
   * done. Nobody but a rotation writes to it, and a rotation comes to it behind all credentials.
   */
  boolean isProfileBelow() {
    return profileGeneration < generations;
  }

  /** How many rows are below the active generation, by their raw headers. */
  int below() {
    List<Integer> generationsOfRows = new ArrayList<>();
    int active = 0;
    for (Map<String, AttributeValue> item : local.inspector().partition(PARTITION)) {
      AttributeValue header = item.get("h");
      if (header != null) {
        int generation = ByteBuffer.wrap(header.b().asByteArray()).getShort(GENERATION_OFFSET);
        if (item.get("sk").s().equals("KEYS")) {
          active = generation;
        } else {
          generationsOfRows.add(generation);
          if (item.get("sk").s().equals("PROFILE")) {
            profileGeneration = generation;
          }
        }
      }
    }
    int newest = active;
    assertThat(generationsOfRows).allMatch(generation -> generation <= newest);
    generations = newest;
    return (int) generationsOfRows.stream().filter(generation -> generation < newest).count();
  }

  /** The active generation at the last look. */
  int generations() {
    return generations;
  }

  int rows() {
    return local.inspector().partition(PARTITION).size();
  }

  /** Checks all that was promised, while nobody works; how many rows are below. */
  int check() {
    int below = below();
    checkStatus(below);
    checkVault();
    counters.check();
    checkReceipts();
    // Revisions and the trash: what is listed is there, and nothing else.
    assertThat(calm.admin().repair(ANA, Mode.DRY_RUN).findings()).isEmpty();
    return below;
  }

  /** What a status says now, and what it would say later on, against the raw headers. */
  private void checkStatus(int below) {
    RotationReport now = calm.admin().rotationStatus(ANA);
    assertThat(now.generation()).isEqualTo(generations);
    assertThat(now.below()).isEqualTo(below);
    RotationReport.State expected =
        generations == 1 ? RotationReport.State.COMPLETE : RotationReport.State.SETTLING;
    assertThat(now.state()).isEqualTo(below > 0 ? RotationReport.State.REWRITING : expected);

    MutableClock late = MutableClock.startingAt(clock().instant().plus(SETTLED));
    try (EzyPass lateProcess = local.open(b -> b.clock(late))) {
      assertThat(lateProcess.admin().rotationStatus(ANA).state())
          .isEqualTo(below > 0 ? RotationReport.State.REWRITING : RotationReport.State.COMPLETE);
      late.advance(Duration.ofMillis(-1));
      assertThat(lateProcess.admin().rotationStatus(ANA).state())
          .isEqualTo(below > 0 ? RotationReport.State.REWRITING : expected);
    }
  }

  /** A process that knows nothing yet reads exactly what was acknowledged. */
  private void checkVault() {
    Map<CredentialId, RotationTracked.Acknowledged> expected = new HashMap<>();
    writers.forEach(
        writer -> writer.tracked().values().forEach(t -> expected.put(t.id(), t.last())));
    Map<CredentialId, RotationTracked.Acknowledged> stored = new HashMap<>();
    Map<CredentialId, Long> others = new HashMap<>();
    try (EzyPass process = process()) {
      assertThat(process.repository().findUser(ANA)).isPresent();
      Vault vault = process.repository().vault(ANA);
      vault.credentials().forEach(c -> read(c, stored, others));
      writers.forEach(writer -> writer.tracked().values().forEach(t -> t.checkRevisions(vault)));
      assertThat(trash(vault)).isEqualTo(trashed());
    }
    assertThat(others.keySet()).containsAll(counters.ids()).containsAll(untouched.keySet());
    assertThat(others).containsAllEntriesOf(untouched);
    assertThat(others).hasSize(counters.ids().size() + untouched.size());
    assertThat(stored.keySet()).isEqualTo(expected.keySet());
    expected.forEach((id, last) -> assertThat(stored.get(id)).isEqualTo(last));
  }

  private static Map<CredentialId, Long> trash(Vault vault) {
    Map<CredentialId, Long> trash = new HashMap<>();
    PageToken next = null;
    do {
      Page<TrashedCredential> page = vault.trash().list(new PageRequest(100, next));
      page.items().forEach(entry -> trash.put(entry.id(), entry.version()));
      next = page.next();
    } while (next != null);
    return trash;
  }

  /** What the writers know to be in the trash, and at which version. */
  private Map<CredentialId, Long> trashed() {
    Map<CredentialId, Long> trashed = new HashMap<>();
    writers.forEach(w -> w.trashed().forEach((id, t) -> trashed.put(id, t.last().version())));
    return trashed;
  }

  private void read(
      Credential credential,
      Map<CredentialId, RotationTracked.Acknowledged> stored,
      Map<CredentialId, Long> others) {
    try (credential) {
      CredentialId id = credential.id();
      if (counters.ids().contains(id) || untouched.containsKey(id)) {
        assertThat(others.put(id, credential.version())).isNull();
      } else {
        RotationTracked.check(credential);
        String login = Objects.requireNonNull(credential.content().login());
        assertThat(stored.put(id, new RotationTracked.Acknowledged(credential.version(), login)))
            .isNull();
      }
    }
  }

  private void checkReceipts() {
    VaultRepository vaults = calm.repository();
    oldReceipts.forEach(
        (pending, outcome) -> assertThat(vaults.resolve(pending)).isEqualTo(outcome));
    for (RotationWriter writer : writers) {
      for (RotationReceipt receipt : writer.receipts()) {
        RotationTracked mine = receipt.id() == null ? null : writer.known(receipt.id());
        assertThat(vaults.resolve(receipt.pending()))
            .as("%s", receipt)
            .isEqualTo(receipt.expected(mine == null ? null : mine.last().version()));
      }
    }
  }

  /** No row is left over: each is a credential's original one, or where that one points to. */
  void checkRows() {
    Set<String> expected = new HashSet<>(Set.of("KEYS", "PROFILE"));
    Set<CredentialId> ids = new HashSet<>(untouched.keySet());
    ids.addAll(counters.ids());
    writers.forEach(writer -> ids.addAll(writer.tracked().keySet()));
    for (CredentialId id : ids) {
      String original = "CRED#" + id;
      expected.add(original);
      AttributeValue target = local.inspector().item(PARTITION, original).get("f");
      if (target != null) {
        expected.add(target.s());
      }
    }
    trashed().keySet().forEach(id -> expected.add("TRASH#" + id.value().substring(12)));
    List<String> rows =
        local.inspector().partition(PARTITION).stream().map(item -> item.get("sk").s()).toList();
    assertThat(rows)
        .filteredOn(sk -> !sk.startsWith("REV#"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** What was done, for the record. */
  String summary() {
    return String.format(
        "%d generations, %d rows, %d writes (%d shared edits, %d lost answers), %d reads",
        generations,
        rows(),
        writers.stream().mapToInt(RotationWriter::writes).sum(),
        counters.applied(),
        writers.stream().mapToInt(writer -> writer.receipts().size()).sum(),
        readers.stream().mapToInt(RotationReader::reads).sum());
  }

  @Override
  public void close() {
    stopped = true;
    while (work.isWriteLockedByCurrentThread()) {
      work.writeLock().unlock();
    }
    threads.shutdown();
    running.forEach(each -> each.handle((nothing, failure) -> failure).join());
    writers.forEach(RotationWriter::close);
    readingProcesses.forEach(EzyPass::close);
    calm.close();
    local.close();
  }
}
