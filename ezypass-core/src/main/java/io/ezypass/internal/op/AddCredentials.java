package io.ezypass.internal.op;

import io.ezypass.BatchItem;
import io.ezypass.BatchItem.Outcome;
import io.ezypass.BatchOptions;
import io.ezypass.BatchResult;
import io.ezypass.error.LimitExceededException;
import io.ezypass.internal.format.v1.BatchReceiptCodec;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Code;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Operation;
import io.ezypass.internal.format.v1.BatchReceiptCodec.Result;
import io.ezypass.internal.format.v1.MetaCodec;
import io.ezypass.internal.format.v1.SecretsCodec;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Transaction;
import io.ezypass.internal.table.Transaction.Cancellation;
import io.ezypass.model.Actor;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.BatchId;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds many credentials: 1 Query for the receipts of earlier runs, and 1 TransactWriteItems for 99
 * of them (98 with an audit trail), or fewer if they are large; GetItem and 1 KMS call more cold.
 */
public final class AddCredentials {
  /** The most items of a batch. */
  public static final int MAX_ITEMS = BatchReceiptCodec.MAX_ITEMS;

  /** What keeps a receipt small where items take no action. */
  private static final int AT_ONCE = 1_000;

  private final Environment env;
  private final Table table;
  private final WriteBatch batches;

  /** The use case. */
  public AddCredentials(Environment env, KeyAccess access) {
    this.env = env;
    this.table = access.table();
    this.batches = new WriteBatch(env, access);
  }

  /** The plan. The contents' secrets are copied at once, and wiped one by one. */
  public Plan<BatchResult> plan(
      UserId owner,
      BatchId id,
      List<CredentialContent> contents,
      BatchOptions options,
      Actor actor) {
    List<CredentialContent> mine = new ArrayList<>(contents.size());
    contents.forEach(content -> mine.add(CredentialSealer.copy(content)));
    return batches.plan(owner, id, new Adding(mine, actor), options);
  }

  private final class Adding implements BatchWork {
    private final List<@Nullable CredentialContent> contents;
    private final Actor actor;

    Adding(List<CredentialContent> contents, Actor actor) {
      this.contents = new ArrayList<>(contents);
      this.actor = actor;
    }

    @Override
    public Operation operation() {
      return Operation.ADD;
    }

    @Override
    public Actor actor() {
      return actor;
    }

    @Override
    public int size() {
      return contents.size();
    }

    @Override
    public int mostAtOnce() {
      return AT_ONCE;
    }

    @Override
    public byte[] hash(UserKeys keys, int index) {
      CredentialContent content = content(index);
      byte[] meta = MetaCodec.content(content.meta());
      byte[] secret = SecretsCodec.encode(content.secrets());
      try {
        return BatchContent.addition(keys, meta, secret);
      } finally {
        Arrays.fill(meta, (byte) 0);
        Arrays.fill(secret, (byte) 0);
      }
    }

    @Override
    public Plan<Maker> steps(UserKeys keys, int from, int to) {
      Audit audit = Audit.created(env.now(), actor);
      return Plan.done(index -> step(keys, content(index), audit));
    }

    private Plan<BatchStep> step(UserKeys keys, CredentialContent content, Audit audit) {
      return CredentialSealer.hasEnded(content, audit.createdAt())
          ? Plan.done(BatchStep.without(Code.EXPIRED))
          : NewCredential.seal(env, table, keys, content, audit)
              .map(added -> added.fits() ? new Add(added) : BatchStep.without(Code.TOO_LARGE));
    }

    @Override
    public BatchItem settled(int index, Result result, boolean mine) {
      content(index).secrets().close();
      contents.set(index, null);
      byte[] id = result.id();
      return switch (result.code()) {
        case WRITTEN ->
            new BatchItem(
                mine ? Outcome.WRITTEN : Outcome.ALREADY_THERE,
                id == null ? null : CredentialId.of(base64(id)),
                null);
        case CONFLICT -> new BatchItem(Outcome.CONFLICT, null, null);
        case TOO_LARGE ->
            new BatchItem(
                Outcome.FAILED,
                null,
                new LimitExceededException(
                    "The item would have more than "
                        + CredentialSealer.MAX_LIVE
                        + " bytes. It was not written; shorten it."));
        case EXPIRED ->
            new BatchItem(
                Outcome.FAILED,
                null,
                new IllegalArgumentException("expiresAt must be in the future"));
        case GONE, TAMPERED, UNSUPPORTED ->
            throw new IllegalStateException("of a deletion only: refused on decoding");
      };
    }

    private CredentialContent content(int index) {
      CredentialContent content = contents.get(index);
      if (content == null) {
        throw new IllegalStateException("item " + index + " is settled");
      }
      return content;
    }
  }

  /** One credential that is ready to be written. */
  private static final class Add implements BatchStep {
    private final NewCredential added;
    private Transaction.@Nullable Handle handle;

    Add(NewCredential added) {
      this.added = added;
    }

    @Override
    public Result result() {
      return new Result(Code.WRITTEN, Base64.getUrlDecoder().decode(added.id().value()));
    }

    @Override
    public AuditedChange change() {
      return new AuditedChange(Action.ADD, added.id(), 1, null);
    }

    @Override
    public long takesAway() {
      return 0;
    }

    @Override
    public void into(Transaction transaction) {
      handle = added.into(transaction);
    }

    @Override
    public @Nullable Code leftOut(Cancellation cancellation) {
      return handle != null && cancellation.failed(handle) ? Code.CONFLICT : null;
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
