package io.ezypass.internal.op;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchResult;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.VaultException;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Code;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Operation;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.op.CurrentCredential.Found;
import io.ezypass.internal.op.CurrentCredentials.Look;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Actor;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialVersion;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes many credentials, into the trash or for good: 1 Query for the receipts of earlier runs,
 * and for 49 of them, or fewer if they are large or have revisions, 1 BatchGetItem, one more for
 * those that have moved, and 1 TransactWriteItems; 1 Query more for each that was shared; GetItem
 * and 1 KMS call more cold.
 */
public final class DeleteCredentials {
  /** Each takes two actions at least: the rows that are read for a chunk are held in memory. */
  private static final int AT_ONCE = 49;

  /** How often something may be in the way of one before it is left out. */
  private static final int MAX_OBSTACLES = 8;

  private final Environment env;
  private final Table table;
  private final CurrentCredentials current;
  private final WriteBatch batches;

  /** The use case. */
  public DeleteCredentials(Environment env, KeyAccess access) {
    this.env = env;
    this.table = access.table();
    this.current = new CurrentCredentials(env, access);
    this.batches = new WriteBatch(env, access);
  }

  /** The plan. */
  public Plan<BatchResult> plan(
      UserId owner, BatchId id, List<CredentialVersion> items, BatchOptions options, Actor actor) {
    return batches.plan(owner, id, new Deleting(owner, items, actor), options);
  }

  private final class Deleting implements BatchWork {
    private final UserId owner;
    private final List<CredentialVersion> items;
    private final Actor actor;

    /** What was in the way of earlier attempts, by credential. */
    private final Map<CredentialId, TrashMove.Obstacles> obstacles = new HashMap<>();

    Deleting(UserId owner, List<CredentialVersion> items, Actor actor) {
      this.owner = owner;
      this.items = items;
      this.actor = actor;
    }

    @Override
    public Operation operation() {
      return Operation.DELETE;
    }

    @Override
    public Actor actor() {
      return actor;
    }

    @Override
    public int size() {
      return items.size();
    }

    @Override
    public int mostAtOnce() {
      return AT_ONCE;
    }

    @Override
    public byte[] hash(UserKeys keys, int index) {
      return BatchContent.deletion(keys, items.get(index));
    }

    @Override
    public Plan<Maker> steps(UserKeys keys, int from, int to) {
      Set<CredentialId> ids = new LinkedHashSet<>();
      items.subList(from, to).forEach(item -> ids.add(item.id()));
      boolean toTrash = env.policies().trash().what() == TrashPolicy.What.ON;
      return current
          .plan(
              keys, List.copyOf(ids), toTrash ? CredentialRow::openWhole : CredentialRow::openMeta)
          .map(
              looks -> {
                Set<CredentialId> atWork = new HashSet<>();
                return index -> step(items.get(index), looks, atWork, toTrash);
              });
    }

    /**
     * What is to be done for an item.
     *
     * @param atWork what the transaction deletes already
     */
    private Plan<BatchStep> step(
        CredentialVersion item,
        Map<CredentialId, Look> looks,
        Set<CredentialId> atWork,
        boolean toTrash) {
      Look look = looks.get(item.id());
      Found found = look == null ? null : look.found();
      Code without =
          atWork.contains(item.id())
              ? Code.GONE
              : found == null ? missing(look) : judged(item, found);
      if (without != null || found == null) {
        return Plan.done(BatchStep.without(without == null ? Code.GONE : without));
      }
      atWork.add(item.id());
      if (!toTrash) {
        return DeleteForGood.of(env, found);
      }
      long rowSize = found.row().item().size();
      return TrashMove.seal(env, table, found, actor, AuditRow.none(), obstacles(item.id()))
          .map(move -> new MoveToTrash(move, rowSize));
    }

    /** Why it is not to be deleted; null if it is. */
    private @Nullable Code judged(CredentialVersion item, Found found) {
      if (found.row().version() != item.version()) {
        return Code.CONFLICT;
      }
      if (found.row().header().hasUnknownFeatures()) {
        return Code.UNSUPPORTED;
      }
      // Nobody changes it, and yet it cannot be deleted: something forged stands in its way.
      return obstacles(item.id()).met() > MAX_OBSTACLES ? Code.TAMPERED : null;
    }

    private TrashMove.Obstacles obstacles(CredentialId id) {
      return obstacles.computeIfAbsent(id, unused -> new TrashMove.Obstacles());
    }

    /** What the receipt says; what may pass fails the chunk, which is tried again. */
    private Code missing(@Nullable Look look) {
      VaultException failure = look == null ? null : look.failure();
      if (failure instanceof CredentialNotFoundException) {
        return Code.GONE;
      }
      if (failure instanceof TamperedItemException) {
        return Code.TAMPERED;
      }
      if (failure instanceof UnsupportedFormatException) {
        return Code.UNSUPPORTED;
      }
      throw failure == null ? new IllegalStateException("it was looked for") : failure;
    }

    @Override
    public BatchItem settled(int index, Result result, boolean mine) {
      CredentialId id = items.get(index).id();
      return switch (result.code()) {
        case WRITTEN -> new BatchItem(mine ? Outcome.WRITTEN : Outcome.ALREADY_THERE, id, null);
        case GONE -> new BatchItem(Outcome.ALREADY_THERE, id, null);
        case CONFLICT -> new BatchItem(Outcome.CONFLICT, id, null);
        case TAMPERED -> failed(id, new TamperedItemException(Describe.credential(owner, id)));
        case UNSUPPORTED ->
            failed(id, new UnsupportedFormatException(Describe.credential(owner, id)));
        case TOO_LARGE, EXPIRED ->
            throw new IllegalStateException("of an addition only: refused on decoding");
      };
    }

    private static BatchItem failed(CredentialId id, VaultException why) {
      return new BatchItem(Outcome.FAILED, id, why);
    }
  }
}
