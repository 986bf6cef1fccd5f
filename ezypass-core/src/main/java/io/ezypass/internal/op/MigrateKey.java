package io.ezypass.internal.op;

import io.ezypass.admin.MigrationReport;
import io.ezypass.admin.MigrationReport.State;
import io.ezypass.admin.Mode;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.UnknownFormatException;
import io.ezypass.internal.op.KmsKeys.Wrapped;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.Condition;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.UserId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Moves a wrapped key to the KMS key of the configuration: 1 GetItem, 1 ReEncrypt and 1 UpdateItem,
 * which replaces the wrapped key and its ARN and nothing else. The plaintext stays in KMS.
 */
public final class MigrateKey {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final Table table;
  private final Reads reads;

  /** The use case. */
  public MigrateKey(Environment env, Table table) {
    this.env = env;
    this.table = table;
    this.reads = new Reads(env);
  }

  /** The plan for a user's vault key. */
  public Plan<MigrationReport> user(UserId user, Mode mode, Job job) {
    return new Migration(user, mode, job).round(0, null);
  }

  /** The plan for the table's lookup key. */
  public Plan<MigrationReport> root(Mode mode, Job job) {
    return new Migration(null, mode, job).round(0, null);
  }

  /**
   * A key that was wrapped anew, and what it replaces.
   *
   * @param header of the KEYS item; null for the root
   */
  private record Rewrapped(byte @Nullable [] header, Wrapped from, Wrapped to) {
    boolean replaces(byte @Nullable [] storedHeader, Wrapped stored) {
      return from.isSameAs(stored) && Arrays.equals(header, storedHeader);
    }
  }

  private final class Migration {
    private final @Nullable UserId user;
    private final Mode mode;
    private final Job job;
    private final String name;

    Migration(@Nullable UserId user, Mode mode, Job job) {
      this.user = user;
      this.mode = mode;
      this.job = job;
      this.name = user == null ? Describe.root() : Describe.keys(user);
    }

    /**
     * Looks at what is stored, and goes on from there.
     *
     * @param sent what the round before tried to write, perhaps with success
     */
    Plan<MigrationReport> round(int number, @Nullable Rewrapped sent) {
      return table
          .identity()
          .then(
              identity ->
                  (user == null ? table.findRoot() : reads.get(ItemKey.keys(user)))
                      .then(item -> judge(identity, item, number, sent)));
    }

    private Plan<MigrationReport> judge(
        TableIdentity identity, @Nullable Item item, int number, @Nullable Rewrapped sent) {
      if (user != null && !KeyAccess.isLive(item)) {
        throw new UserNotFoundException(user);
      }
      Wrapped stored = item == null ? null : Table.wrapped(item);
      byte[] header = item == null || user == null ? null : item.bytes(Item.HEADER);
      if (stored == null || (user != null && header == null)) {
        throw new TamperedItemException(name);
      }
      if (sent != null && sent.to().isSameAs(stored)) {
        return moved(sent).then(Plan::reconciled);
      }
      return env.kms()
          .accept(stored, user)
          .then(
              accepted ->
                  env.kms()
                      .target(user)
                      .then(
                          target -> {
                            if (KeyArns.isSameKey(stored.keyArn(), target)) {
                              return report(State.ALREADY_THERE, stored.keyArn(), target);
                            }
                            requireKnown(header);
                            if (mode == Mode.DRY_RUN) {
                              return report(State.WOULD_MOVE, stored.keyArn(), target);
                            }
                            return sent != null && sent.replaces(header, stored)
                                ? write(sent, number)
                                : reEncrypt(identity, header, stored, accepted, target)
                                    .then(rewrapped -> write(rewrapped, number));
                          }));
    }

    /** What a newer version has written is left to it. */
    private void requireKnown(byte @Nullable [] header) {
      if (header == null) {
        return;
      }
      try {
        if (Header.decode(header).hasUnknownFeatures()) {
          throw new UnsupportedFormatException(name);
        }
      } catch (UnknownFormatException e) {
        throw new UnsupportedFormatException(name);
      } catch (MalformedException e) {
        throw new TamperedItemException(name);
      }
    }

    private Plan<Rewrapped> reEncrypt(
        TableIdentity identity,
        byte @Nullable [] header,
        Wrapped stored,
        String accepted,
        String target) {
      return job.paced(
              () ->
                  env.kms()
                      .reEncrypt(
                          name, stored, accepted, target, KmsKeys.context(identity.id(), user)))
          .map(to -> new Rewrapped(header, stored, to));
    }

    /** Replaces exactly the wrapped key that was read. */
    private Plan<MigrationReport> write(Rewrapped rewrapped, int number) {
      Item set =
          Item.at(user == null ? ItemKey.root() : ItemKey.keys(user))
              .bytes(Item.WRAPPED, rewrapped.to().bytes())
              .text(Item.KEY_ARN, rewrapped.to().keyArn());
      byte[] old = rewrapped.from().bytes();
      byte[] header = rewrapped.header();
      Condition condition =
          header == null ? Condition.wrappedIs(old) : Condition.keysAre(header, old);
      return new Plan.Call<>(
          Op.UPDATE_ITEM,
          env.requests().update(set, condition),
          env.notAfter(),
          response -> moved(rewrapped),
          failure -> afterFailure(failure, rewrapped, number));
    }

    /** Whatever came of a write, the item tells, and the same write cannot take effect twice. */
    private Plan<MigrationReport> afterFailure(Throwable failure, Rewrapped rewrapped, int number) {
      if (failure instanceof ConditionalCheckFailedException refusal) {
        Item old = Item.of(refusal.item());
        Wrapped stored = old == null ? null : Table.wrapped(old);
        if (stored != null && rewrapped.to().isSameAs(stored)) {
          return moved(rewrapped).then(Plan::reconciled);
        }
      } else if (!(failure instanceof TransactionConflictException)
          && (Failures.wasRefused(failure) || !mayBeRepeated(failure))) {
        throw Failures.read(Op.UPDATE_ITEM.name(), failure);
      }
      if (number == MAX_ROUNDS) {
        throw failure instanceof ConditionalCheckFailedException
            ? new StorageUnavailableException(
                StorageUnavailableException.Reason.THROTTLED,
                Op.UPDATE_ITEM.name(),
                "too many rounds")
            : Failures.read(Op.UPDATE_ITEM.name(), failure);
      }
      return Plan.retry(env.jitter(number), () -> round(number + 1, rewrapped));
    }

    private Plan<MigrationReport> moved(Rewrapped rewrapped) {
      job.did(user);
      return report(State.MOVED, rewrapped.from().keyArn(), rewrapped.to().keyArn());
    }

    private Plan<MigrationReport> report(State state, String from, String to) {
      return Plan.done(new MigrationReport(user, state, from, to, null));
    }
  }

  private static boolean mayBeRepeated(Throwable failure) {
    return failure instanceof SdkException && !(failure instanceof AbortedException);
  }
}
