package io.ezypass.internal.op;

import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.PendingWriteCodec;
import io.ezypass.internal.format.v1.PendingWriteCodec.Pending;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PendingWrite;
import io.ezypass.model.UserId;
import io.ezypass.model.WriteOutcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Settles a write of unknown outcome by the operation ids in the clear: 1 GetItem, 2 if the
 * credential has moved or is in the trash. Needs no key, so the answer is as trustworthy as the
 * writers of the table.
 */
public final class ResolveWrite {
  private final Table table;
  private final Reads reads;

  /** The use case. */
  public ResolveWrite(Environment env, Table table) {
    this.table = table;
    this.reads = new Reads(env);
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if the text is no pending write
   */
  public Plan<WriteOutcome> plan(PendingWrite write) {
    Pending pending = decode(write);
    return table
        .identity()
        .then(
            identity -> {
              if (!Arrays.equals(identity.id(), pending.tableId())) {
                throw new IllegalArgumentException("pending write is of another table");
              }
              return switch (pending.kind()) {
                case REGISTER, UPDATE_USER ->
                    reads.get(ItemKey.profile(pending.user())).map(i -> written(pending, i));
                case ADD, UPDATE, RESTORE -> liveOrTrashed(pending).map(i -> written(pending, i));
                case TRASH -> liveOrTrashed(pending).map(i -> trashed(pending, i));
                case DELETE -> row(pending).map(ResolveWrite::gone);
                case PURGE -> liveOrTrashed(pending).map(ResolveWrite::gone);
                case SHARE -> grant(pending).map(i -> shared(pending, i));
                case REVOKE -> grant(pending).map(ResolveWrite::gone);
                case DELETE_USER ->
                    reads.get(ItemKey.keys(pending.user())).map(ResolveWrite::userGone);
              };
            });
  }

  private static Pending decode(PendingWrite write) {
    try {
      return PendingWriteCodec.decode(write);
    } catch (MalformedException e) {
      throw new IllegalArgumentException("pending write is not one that the library gave");
    }
  }

  private Plan<@Nullable Item> row(Pending pending) {
    ItemKey original = ItemKey.credential(pending.user(), id(pending).value());
    return reads
        .get(original)
        .then(
            item ->
                item != null && item.isForwarding()
                    ? reads
                        .get(
                            new ItemKey(
                                original.pk(), CredentialRow.plausibleTarget(pending.user(), item)))
                        // A forwarding row without a row is on its way to somewhere else.
                        .map(target -> target == null ? item : target)
                    : Plan.done(item));
  }

  private Plan<@Nullable Item> liveOrTrashed(Pending pending) {
    return row(pending)
        .then(
            item ->
                item != null
                    ? Plan.done(item)
                    : reads.get(
                        ItemKey.trash(
                            pending.user(), id(pending).value().substring(ItemKey.TAG_CHARS))));
  }

  private Plan<@Nullable Item> grant(Pending pending) {
    UserId recipient = pending.recipient();
    if (recipient == null) {
      throw new IllegalStateException("checked on decoding");
    }
    return reads.get(ItemKey.grant(pending.user(), id(pending), recipient));
  }

  /** A grant that is not there, or is another one, has no effect now. */
  private static WriteOutcome shared(Pending pending, @Nullable Item grant) {
    return grant != null && Arrays.equals(grant.bytes(Item.OPERATION), pending.operationId())
        ? WriteOutcome.APPLIED
        : WriteOutcome.NOT_APPLIED;
  }

  private static CredentialId id(Pending pending) {
    CredentialId id = pending.credential();
    if (id == null) {
      throw new IllegalStateException("checked on decoding");
    }
    return id;
  }

  private static WriteOutcome written(Pending pending, @Nullable Item item) {
    if (item == null) {
      // Something new that is not there has no effect now; a change to something that is gone
      // may have had one before.
      return pending.version() == 1 ? WriteOutcome.NOT_APPLIED : WriteOutcome.UNKNOWN;
    }
    byte[] bytes = item.bytes(Item.HEADER);
    long stored = item.number(Item.VERSION).orElse(0);
    if (pending.kind() == PendingWriteCodec.Kind.ADD && (item.isForwarding() || stored > 1)) {
      // The rand is its own: however often it was changed or moved since, it was added.
      return WriteOutcome.APPLIED;
    }
    if (bytes == null || stored == 0) {
      return WriteOutcome.UNKNOWN;
    }
    try {
      if (Header.decode(bytes).names(pending.operationId())) {
        return WriteOutcome.APPLIED;
      }
    } catch (MalformedException e) {
      return WriteOutcome.UNKNOWN;
    }
    return stored <= pending.version() + Header.MAX_EARLIER
        ? WriteOutcome.NOT_APPLIED
        : WriteOutcome.UNKNOWN;
  }

  /** Who is gone from vault and trash was deleted, and purged since. */
  private static WriteOutcome trashed(Pending pending, @Nullable Item item) {
    return item == null ? WriteOutcome.APPLIED : written(pending, item);
  }

  private static WriteOutcome gone(@Nullable Item item) {
    return item == null ? WriteOutcome.APPLIED : WriteOutcome.NOT_APPLIED;
  }

  private static WriteOutcome userGone(@Nullable Item keys) {
    return KeyAccess.isLive(keys) ? WriteOutcome.NOT_APPLIED : WriteOutcome.APPLIED;
  }
}
