package io.ezypass.internal.op;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchResult;
import io.ezypass.error.BatchMismatchException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VaultException;
import io.ezypass.internal.format.v1.BatchReceiptCodec;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Code;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;
import io.ezypass.model.BatchId;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch in chunks, each with its receipt in one transaction. A chunk begins where the
 * receipt before it ends, and is written on the condition that its own receipt is not there. So
 * whoever runs a batch, however often, at once with others or after a crash, walks along one chain
 * of receipts: what is there is taken over, and only at its end something is written. No answer
 * need be waited for before a chunk is sent again.
 */
final class WriteBatch {
  /** DynamoDB's limit of a transaction. */
  private static final int MAX_ACTIONS = 100;

  /** Below DynamoDB's limit of 4 MB, with room for the receipt and the event. */
  private static final long MAX_BYTES = 4_000_000 - 64 * 1024;

  private final Environment env;
  private final KeyAccess access;
  private final Reads reads;
  private final Transactions transactions;
  private final AuditTrail trail;

  /** What the receipt, and the event where there is one, leave. */
  private final int roomForActions;

  WriteBatch(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.reads = new Reads(env);
    this.transactions = new Transactions(env);
    this.trail = new AuditTrail(env, access);
    this.roomForActions = MAX_ACTIONS - (trail.isOn() ? 2 : 1);
  }

  /** The plan: 1 Query a megabyte of receipts, 1 TransactWriteItems a chunk. */
  Plan<BatchResult> plan(UserId owner, BatchId id, BatchWork work, BatchOptions options) {
    return work.size() == 0
        ? Plan.done(new BatchResult(List.of()))
        : access.keys(owner, keys -> new Run(keys, id, work, options).receipts(null));
  }

  /** No answer came to a transaction that was sent. */
  private static final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswerException() {
      super("no answer", null, false, false);
    }
  }

  private final class Run {
    private final UserId owner;
    private final BatchWork work;
    private final Job job;
    private final long notAfter;
    private final int mostAtOnce;
    private final String tag;
    private final byte[] content;
    private final List<BatchItem> items;

    /** Rows in the place of receipts, by chunk, as far as they were read. */
    private final Map<Integer, Item> rows = new HashMap<>();

    private Instant expiresAt;
    private int chunk;

    // Of the chunk that is at work:
    private final List<byte[]> attempts = new ArrayList<>();
    private final Map<Integer, Code> leftOut = new HashMap<>();
    private AuditTurns turns = new AuditTurns(env);
    private int sent;
    private int round;
    private boolean mayBeThere;
    private boolean wasLookedFor;

    Run(UserKeys keys, BatchId id, BatchWork work, BatchOptions options) {
      this.owner = keys.user();
      this.work = work;
      this.job = new Job(options.job(), env.nanoTime());
      this.notAfter = env.nanoTime().getAsLong() + options.deadline().toNanos();
      this.mostAtOnce =
          job.stepsPerSecond() == 0
              ? work.mostAtOnce()
              : Math.min(work.mostAtOnce(), job.stepsPerSecond());
      this.tag = BatchReceipt.text(keys.batchTag(id));
      this.content = content(keys);
      this.items = new ArrayList<>(work.size());
      this.expiresAt = env.now().plus(options.receiptRetention()).truncatedTo(ChronoUnit.SECONDS);
    }

    private byte[] content(UserKeys keys) {
      List<byte[]> hashes = new ArrayList<>(work.size());
      for (int i = 0; i < work.size(); i++) {
        hashes.add(work.hash(keys, i));
      }
      return BatchContent.of(keys, work.operation(), hashes);
    }

    Plan<BatchResult> receipts(@Nullable String after) {
      return reads
          .query(
              env.requests()
                  .beginsWith(ItemKey.partition(owner), ItemKey.batchPrefix(tag), after, null))
          .then(
              page -> {
                page.items().stream()
                    .filter(row -> BatchReceipt.hasForm(row.key().sk()))
                    .forEach(row -> rows.put(BatchReceipt.chunk(row.key()), row));
                String last = page.lastSortKey();
                return last == null ? next() : receipts(last);
              });
    }

    private Plan<BatchResult> next() {
      return items.size() == work.size()
          ? Plan.done(new BatchResult(items))
          : new Plan.Attempt<>(chunk(), this::told, this::failed);
    }

    /** Goes on after a chunk; what the observer throws ends the run. */
    private Plan<BatchResult> told(int settled) {
      for (int i = 0; i < settled; i++) {
        job.did(owner);
      }
      return next();
    }

    /** Takes a chunk over or writes it; how many items are settled then. */
    private Plan<Integer> chunk() {
      Item row = rows.get(chunk);
      return access.keys(owner, keys -> row == null ? write(keys, null) : opened(keys, row));
    }

    private Plan<Integer> opened(UserKeys keys, Item row) {
      return access.covering(
          keys,
          Map.of(CredentialRow.generation(owner, row), Describe.row(owner, row.key())),
          covering -> {
            BatchReceipt receipt = BatchReceipt.open(covering, row);
            return receipt.isExpired(env.now()) ? write(covering, row) : takeOver(receipt, row);
          });
    }

    private Plan<Integer> takeOver(BatchReceipt receipt, Item row) {
      BatchReceiptCodec.Decoded told = receipt.content();
      if (told.operation() != work.operation()
          || told.items() != work.size()
          || !Arrays.equals(told.content(), content)) {
        throw new BatchMismatchException();
      }
      if (chunk == 0) {
        expiresAt = told.expiresAt();
      }
      if (told.first() != items.size() || !told.expiresAt().equals(expiresAt)) {
        throw new TamperedItemException(Describe.row(owner, row.key()));
      }
      byte[] operation = receipt.header().operationId();
      boolean mine = attempts.stream().anyMatch(id -> Arrays.equals(id, operation));
      int settled = settle(told.results(), mine);
      return mine ? Plan.reconciled(settled) : Plan.done(settled);
    }

    private int settle(List<Result> results, boolean mine) {
      results.forEach(result -> items.add(work.settled(items.size(), result, mine)));
      rows.remove(chunk);
      chunk++;
      attempts.clear();
      leftOut.clear();
      turns = new AuditTurns(env);
      sent = 0;
      round = 0;
      mayBeThere = false;
      wasLookedFor = false;
      return results.size();
    }

    /**
     * Writes a chunk when its turn has come.
     *
     * @param expired the receipt of an earlier batch of that id, to be replaced; null if there is
     *     none
     */
    private Plan<Integer> write(UserKeys keys, @Nullable Item expired) {
      return job.paced(
          () -> {
            requireTime();
            CredentialSealer.requireWritable(env, keys);
            int from = items.size();
            Transaction tx = env.requests().transaction(env.token());
            return work.steps(keys, from, Math.min(work.size(), from + mostAtOnce))
                .then(maker -> fill(tx, from, maker, new ArrayList<>(), 0))
                .then(
                    steps ->
                        trail
                            .next(keys, work.actor(), BatchStep.changes(steps))
                            .then(event -> send(keys, expired, tx, steps, event)));
          });
    }

    private void requireTime() {
      if (job.isCancelled()) {
        throw new CancellationException("the batch was cancelled; call again to go on");
      }
      if (isLate() || !expiresAt.isAfter(env.now())) {
        throw new LimitExceededException(
            "The deadline of the batch has passed. Call again with the same batch id to go on.");
      }
    }

    private boolean isLate() {
      return env.nanoTime().getAsLong() - notAfter >= 0;
    }

    /** As many items as there is room for. */
    private Plan<List<BatchStep>> fill(
        Transaction tx, int first, BatchWork.Maker maker, List<BatchStep> steps, long takenAway) {
      int index = first + steps.size();
      if (index == work.size() || steps.size() == mostAtOnce) {
        return Plan.done(steps);
      }
      Code reason = leftOut.get(index);
      return (reason == null ? maker.step(index) : Plan.done(BatchStep.without(reason)))
          .then(
              step -> {
                int before = tx.actions();
                long away = takenAway + step.takesAway();
                step.into(tx);
                if (tx.actions() > roomForActions || tx.bytes() + away > MAX_BYTES) {
                  tx.truncate(before);
                  return Plan.done(steps);
                }
                steps.add(step);
                return fill(tx, first, maker, steps, away);
              });
    }

    private Plan<Integer> send(
        UserKeys keys,
        @Nullable Item expired,
        Transaction tx,
        List<BatchStep> steps,
        AuditRow event) {
      // The event took a request: what was sealed before it must still be sent in time.
      CredentialSealer.requireWritable(env, keys);
      int first = items.size();
      Item receipt =
          BatchReceipt.seal(
              env,
              keys,
              tag,
              new BatchReceiptCodec.Decoded(
                  chunk,
                  work.operation(),
                  work.size(),
                  content,
                  first,
                  expiresAt,
                  steps.stream().map(BatchStep::result).toList()));
      attempts.add(CredentialRow.header(owner, receipt).operationId());
      sent = Math.max(sent, steps.size());
      Transaction.Handle handle = tx.put(receipt, condition(expired));
      event.into(tx);
      return transactions.settled(
          tx,
          NoAnswerException::new,
          () -> {
            job.also(steps.size() - 1);
            return Plan.done(settle(steps.stream().map(BatchStep::result).toList(), true));
          },
          cancellation -> refused(cancellation, handle, event, first, steps));
    }

    private Condition condition(@Nullable Item expired) {
      byte[] header = expired == null ? null : expired.bytes(Item.HEADER);
      return header == null ? Condition.absent() : Condition.headerIs(header);
    }

    /** Nothing was written: a receipt is there meanwhile, or items are to be left out. */
    private Plan<Integer> refused(
        Cancellation cancellation,
        Transaction.Handle receipt,
        AuditRow event,
        int first,
        List<BatchStep> steps) {
      if (cancellation.failed(receipt)) {
        Item stored = cancellation.old(receipt);
        if (stored == null) {
          rows.remove(chunk);
        } else {
          rows.put(chunk, stored);
        }
        return Plan.again(chunk());
      }
      int before = leftOut.size();
      for (int i = 0; i < steps.size(); i++) {
        Code reason = steps.get(i).leftOut(cancellation);
        if (reason != null) {
          leftOut.put(first + i, reason);
        }
      }
      if (event.overtaken(cancellation)) {
        return turns.again(this::chunk);
      }
      if (leftOut.size() == before) {
        throw Failures.contended();
      }
      return Plan.again(chunk());
    }

    private Plan<BatchResult> failed(RuntimeException failure) {
      boolean noAnswer = failure instanceof NoAnswerException;
      boolean isOurs =
          noAnswer || failure instanceof VaultException || failure instanceof CancellationException;
      if (!isOurs || failure instanceof BatchMismatchException) {
        throw failure;
      }
      mayBeThere |= noAnswer;
      if ((noAnswer || Failures.mayPass(failure)) && !isLate() && !job.isCancelled()) {
        return Plan.retry(env.jitter(round++), this::next);
      }
      if (mayBeThere && !wasLookedFor) {
        wasLookedFor = true;
        return new Plan.Attempt<>(
            reads.get(ItemKey.batchReceipt(owner, tag, chunk)),
            row -> {
              if (row == null) {
                return end(failure);
              }
              rows.put(chunk, row);
              return next();
            },
            lost -> {
              if (lost instanceof VaultException) {
                return end(failure);
              }
              throw lost;
            });
      }
      return end(failure);
    }

    /** Reports, unless nothing was done that could be reported. */
    private Plan<BatchResult> end(RuntimeException failure) {
      RuntimeException why = failure;
      if (failure instanceof NoAnswerException) {
        why = new LimitExceededException("No answer came before the deadline of the batch.");
      }
      int from = items.size();
      if (from == 0 && !mayBeThere) {
        throw why;
      }
      for (int i = from; i < work.size(); i++) {
        items.add(
            mayBeThere && i < from + sent
                ? new BatchItem(Outcome.UNKNOWN, null, null)
                : new BatchItem(Outcome.NOT_ATTEMPTED, null, why));
      }
      return Plan.done(new BatchResult(items));
    }
  }
}
