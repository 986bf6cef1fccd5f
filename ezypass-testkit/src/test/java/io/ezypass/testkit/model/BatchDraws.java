package io.ezypass.testkit.model;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchResult;
import io.ezypass.VaultBatch;
import io.ezypass.admin.JobOptions;
import io.ezypass.admin.JobProgress;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.Secret;
import io.ezypass.model.UserId;
import io.ezypass.testkit.model.Side.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls on many credentials, and the same or others under an id that was used before. */
final class BatchDraws {
  private static final int BATCHES_KEPT = 3;
  private static final CredentialContent TOO_LARGE = tooLarge();

  private final World world;
  private final Contents contents;
  private final Map<UserId, List<Batch>> batches = new HashMap<>();
  private int lastId;

  BatchDraws(World world, Contents contents) {
    this.world = world;
    this.contents = contents;
  }

  /** What a batch is called with. */
  private interface Work {
    String text();

    BatchResult run(Party party, VaultBatch vault, BatchId id, BatchOptions options);
  }

  private record Batch(BatchId id, Work work, Instant end) {}

  /** The names are those of what is written by it. */
  private record Addition(List<CredentialContent> contents, List<String> names) implements Work {
    @Override
    public String text() {
      return "add " + names + contents.stream().map(Addition::text).toList();
    }

    private static String text(CredentialContent content) {
      return "\n  " + (content.equals(TOO_LARGE) ? "too large" : CredentialDraws.text(content));
    }

    @Override
    public BatchResult run(Party party, VaultBatch vault, BatchId id, BatchOptions options) {
      BatchResult result = vault.add(id, contents, options);
      for (int i = 0; i < names.size(); i++) {
        BatchItem item = result.items().get(i);
        if (item.outcome() == Outcome.WRITTEN && item.id() != null) {
          party.side().name(names.get(i), item.id());
        }
      }
      return result;
    }
  }

  private record Deletion(List<Named> items) implements Work {
    /** A credential by the name that the sides share. */
    private record Named(String name, long version) {}

    @Override
    public String text() {
      return "delete " + items;
    }

    @Override
    public BatchResult run(Party party, VaultBatch vault, BatchId id, BatchOptions options) {
      return vault.delete(
          id,
          items.stream()
              .map(item -> new CredentialVersion(party.id(item.name()), item.version()))
              .toList(),
          options);
    }
  }

  Call add() {
    UserId owner = world.member();
    if (world.isFull(owner)) {
      return delete();
    }
    Batch before = before(owner);
    if (before != null && before.work() instanceof Addition known && !world.once(4)) {
      boolean isKnown = before.end().isAfter(world.now());
      return call(
          owner,
          before,
          isKnown ? known : new Addition(known.contents(), names(owner, known.names().size())));
    }
    List<CredentialContent> some = some(3, this::content);
    return call(owner, before, new Addition(some, names(owner, some.size())));
  }

  Call delete() {
    UserId owner = world.member();
    Batch before = before(owner);
    if (before != null && before.work() instanceof Deletion known && !world.once(4)) {
      return call(owner, before, known);
    }
    return call(owner, before, new Deletion(some(4, () -> named(owner))));
  }

  Call get() {
    UserId owner = world.member();
    List<String> names = some(5, () -> world.credential(owner));
    return Call.of(
        "get batch " + names + " of " + owner,
        party -> party.vault(owner).batch().get(names.stream().map(party::id).toList()));
  }

  private Call call(UserId owner, @Nullable Batch before, Work work) {
    Duration retention = Duration.ofDays(1 + world.random.nextInt(3));
    BatchId id = before == null ? BatchId.of("b" + ++lastId) : before.id();
    if (before == null || !before.end().isAfter(world.now())) {
      keep(owner, new Batch(id, work, world.now().plus(retention)));
    }
    boolean isCancelled = world.once(12);
    return new Call(
        (isCancelled ? "cancelled " : "")
            + ("batch " + id.value() + " of " + owner + " for " + retention + ": " + work.text()),
        party -> {
          List<JobProgress> told = new ArrayList<>();
          BatchOptions options =
              BatchOptions.standard()
                  .withReceiptRetention(retention)
                  .withJob(
                      JobOptions.unpaced().observedBy(told::add).cancelledWhen(() -> isCancelled));
          BatchResult result = work.run(party, party.vault(owner).batch(), id, options);
          return party.shown().list(result.items()) + " told " + told;
        });
  }

  private @Nullable Batch before(UserId owner) {
    List<Batch> known = batches.getOrDefault(owner, List.of());
    return known.isEmpty() || world.once(2) ? null : world.any(known);
  }

  private void keep(UserId owner, Batch batch) {
    List<Batch> known = batches.computeIfAbsent(owner, key -> new ArrayList<>());
    known.removeIf(other -> other.id().equals(batch.id()));
    known.add(batch);
    if (known.size() > BATCHES_KEPT) {
      known.remove(0);
    }
    world.endsAt(batch.end());
  }

  /** At times one that fails alone. */
  private CredentialContent content() {
    return switch (world.random.nextInt(12)) {
      case 0 -> TOO_LARGE;
      case 1 -> contents.any().toBuilder().expiresAt(world.now()).build();
      default -> contents.any();
    };
  }

  private Deletion.Named named(UserId owner) {
    String name = world.credential(owner);
    return new Deletion.Named(name, world.version(owner, name));
  }

  private List<String> names(UserId owner, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(world.newName(owner));
    }
    return names;
  }

  /** Mostly at least one; at times one of them twice. */
  private <T> List<T> some(int most, Supplier<T> drawn) {
    List<T> some = new ArrayList<>();
    for (int i = world.once(12) ? 0 : 1 + world.random.nextInt(most); i > 0; i--) {
      some.add(!some.isEmpty() && world.once(4) ? world.any(some) : drawn.get());
    }
    return some;
  }

  private static CredentialContent tooLarge() {
    CredentialContent.Builder content = CredentialContent.builder().website("large.example");
    for (int i = 0; i < 5; i++) {
      content.hiddenField("field " + i, Secret.of("x".repeat(100_000)));
    }
    return content.build();
  }
}
