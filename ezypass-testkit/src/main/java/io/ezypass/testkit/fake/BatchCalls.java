package io.ezypass.testkit.fake;

import static io.ezypass.testkit.fake.Arguments.present;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchRead;
import io.ezypass.BatchResult;
import io.ezypass.admin.JobProgress;
import io.ezypass.error.BatchMismatchException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.VaultException;
import io.ezypass.error.WriteOutcomeUnknownException;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.BatchId;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches on one vault, written once for both twins: see {@link UserCalls}. The pace and the
 * deadline count for nothing here: nothing takes time.
 */
final class BatchCalls {
  private static final int MOST_ITEMS = 100_000;
  private static final int AT_ONCE = 99;

  private final Table table;
  private final Actors actors;
  private final UserId owner;
  private final VaultPolicies policies;
  private final TrashCalls trash;

  BatchCalls(Table table, Actors actors, UserId owner, VaultPolicies policies) {
    this.table = table;
    this.actors = actors;
    this.owner = owner;
    this.policies = policies;
    this.trash = new TrashCalls(table, actors, owner, policies);
  }

  /** What is known of a batch by its id. Guarded by the table's lock. */
  static final class Receipts {
    private final List<?> asked;
    private final Instant expiresAt;
    private final List<Settled> items = new ArrayList<>();

    Receipts(List<?> asked, Instant expiresAt) {
      this.asked = asked;
      this.expiresAt = expiresAt;
    }
  }

  /** What became of an item, and in which run. */
  private record Settled(BatchItem item, Object run) {}

  Supplier<BatchResult> add(BatchId id, List<CredentialContent> contents, BatchOptions options) {
    present("id", id);
    List<CredentialContent> own = items("contents", contents).stream().map(Member::copy).toList();
    present("options", options);
    Actor by = actors.actingFor(owner);
    return () -> new Run<>(id, own, options, by, (member, asked) -> added(member, asked, by)).run();
  }

  Supplier<BatchResult> delete(
      BatchId id, List<CredentialVersion> credentials, BatchOptions options) {
    present("id", id);
    List<CredentialVersion> own = items("credentials", credentials);
    present("options", options);
    Actor by = actors.actingFor(owner);
    return () ->
        new Run<>(id, own, options, by, (member, asked) -> deleted(member, asked, by)).run();
  }

  Supplier<List<BatchRead>> get(List<CredentialId> ids) {
    List<CredentialId> asked = items("ids", ids);
    return () ->
        asked.isEmpty()
            ? List.of()
            : table.call(
                () -> {
                  Member member = table.member(owner);
                  return asked.stream().map(id -> read(member, id)).toList();
                });
  }

  private BatchRead read(Member member, CredentialId id) {
    try {
      return new BatchRead(id, Member.copy(member.live(id, table.now())), null);
    } catch (VaultException e) {
      return new BatchRead(id, null, e);
    }
  }

  private static <T> List<T> items(String field, @Nullable List<T> items) {
    List<T> copy = new ArrayList<>(present(field, items));
    if (copy.size() > MOST_ITEMS) {
      throw new IllegalArgumentException(
          field + " must have at most " + MOST_ITEMS + " entries, but has " + copy.size());
    }
    for (int i = 0; i < copy.size(); i++) {
      present(field + "[" + i + "]", copy.get(i));
    }
    return List.copyOf(copy);
  }

  /** What comes of some items, what that changes, and what is noted of it. */
  private record Chunk(List<BatchItem> items, List<Runnable> changes, List<AuditedChange> noted) {
    Chunk() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void settle(Outcome outcome, @Nullable CredentialId id, @Nullable RuntimeException failure) {
      items.add(new BatchItem(outcome, id, failure));
    }
  }

  private Chunk added(Member member, List<CredentialContent> contents, Actor by) {
    Chunk chunk = new Chunk();
    for (CredentialContent content : contents) {
      try {
        Arguments.inFuture("expiresAt", content.meta().expiresAt(), table.now());
        ContentSize.check(content);
      } catch (IllegalArgumentException | LimitExceededException e) {
        chunk.settle(Outcome.FAILED, null, e);
        continue;
      }
      CredentialId id = CredentialId.of(table.random.credentialId());
      Credential credential =
          new Credential(id, owner, Member.copy(content), Audit.created(table.now(), by), 1);
      chunk.changes().add(() -> member.put(credential, Revisions.NONE));
      chunk.noted().add(new AuditedChange(Action.ADD, id, 1, null));
      chunk.settle(Outcome.WRITTEN, id, null);
    }
    return chunk;
  }

  private Chunk deleted(Member member, List<CredentialVersion> credentials, Actor by) {
    Chunk chunk = new Chunk();
    Set<CredentialId> atWork = new HashSet<>();
    for (CredentialVersion asked : credentials) {
      Credential stored = member.credentials.get(asked.id().value());
      if (stored == null || !Member.isLive(stored, table.now()) || atWork.contains(asked.id())) {
        chunk.settle(Outcome.ALREADY_THERE, asked.id(), null);
      } else if (stored.version() != asked.version()) {
        chunk.settle(Outcome.CONFLICT, asked.id(), null);
      } else {
        atWork.add(asked.id());
        TrashCalls.Removal removal = trash.removal(member, stored, by);
        chunk.changes().add(removal.change());
        chunk.noted().add(removal.noted());
        chunk.settle(Outcome.WRITTEN, asked.id(), null);
      }
    }
    return chunk;
  }

  /** One run. */
  private final class Run<T> {
    private final BatchId id;
    private final List<T> asked;
    private final BatchOptions options;
    private final Actor by;
    private final BiFunction<Member, List<T>, Chunk> work;
    private final List<BatchItem> items = new ArrayList<>();

    Run(
        BatchId id,
        List<T> asked,
        BatchOptions options,
        Actor by,
        BiFunction<Member, List<T>, Chunk> work) {
      this.id = id;
      this.asked = asked;
      this.options = options;
      this.by = by;
      this.work = work;
    }

    BatchResult run() {
      while (items.size() < asked.size()) {
        int before = items.size();
        try {
          items.addAll(table.call(this::next));
        } catch (WriteOutcomeUnknownException e) {
          continue; // The receipts say what became of it.
        } catch (BatchMismatchException e) {
          throw e;
        } catch (VaultException | CancellationException e) {
          if (items.isEmpty()) {
            throw e;
          }
          while (items.size() < asked.size()) {
            items.add(new BatchItem(Outcome.NOT_ATTEMPTED, null, e));
          }
          break;
        }
        for (int done = before + 1; done <= items.size(); done++) {
          options.job().observer().accept(new JobProgress(owner, done));
        }
      }
      return new BatchResult(items);
    }

    /** What the receipts say of the next items, or else writes some. */
    private List<BatchItem> next() {
      Member member = table.member(owner);
      Receipts known = member.batches.get(id);
      if (known == null || !known.expiresAt.isAfter(table.now())) {
        known =
            new Receipts(
                asked,
                table.now().plus(options.receiptRetention()).truncatedTo(ChronoUnit.SECONDS));
      } else if (!known.asked.equals(asked)) {
        throw new BatchMismatchException();
      }
      if (known.items.size() > items.size()) {
        return known.items.subList(items.size(), known.items.size()).stream()
            .map(this::shown)
            .toList();
      }
      if (options.job().cancelled().getAsBoolean()) {
        throw new CancellationException("the batch was cancelled; call again to go on");
      }
      return write(member, known);
    }

    private BatchItem shown(Settled settled) {
      BatchItem item = settled.item();
      return item.outcome() == Outcome.WRITTEN && settled.run() != this
          ? new BatchItem(Outcome.ALREADY_THERE, item.id(), null)
          : item;
    }

    private List<BatchItem> write(Member member, Receipts receipts) {
      int from = items.size();
      Chunk chunk = work.apply(member, asked.subList(from, Math.min(asked.size(), from + AT_ONCE)));
      table.script.commit(
          () -> {
            chunk.changes().forEach(Runnable::run);
            member.trail.record(policies.audit(), table.now(), by, chunk.noted());
            chunk.items().forEach(item -> receipts.items.add(new Settled(item, this)));
            member.batches.put(id, receipts);
          });
      return chunk.items();
    }
  }
}
