package io.ezypass.internal.op;

import io.ezypass.admin.RotationReport;
import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rotates a user's vault key: activates the next generation, unless rows below the active one
 * remain, then rewrites those rows, then looks at every header once more. All that it needs to
 * resume is in the table.
 */
public final class RotateKeys {
  private static final int FIRST_GENERATION = 1;
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final KeyAccess access;
  private final NextKeys next;
  private final ResealRows rows;
  private final HeaderScan scan;

  /** The use case. */
  public RotateKeys(Environment env, KeyAccess access) {
    this.env = env;
    this.access = access;
    this.next = new NextKeys(env, access);
    this.rows = new ResealRows(env);
    this.scan = new HeaderScan(env);
  }

  /**
   * The plan of a rotation.
   *
   * @param activatedBefore a newer generation is started only if the active one is older
   */
  public Plan<RotationReport> plan(UserId user, Instant activatedBefore, Job job) {
    return access.fresh(
        user,
        keys -> {
          if (!keys.writable()) {
            throw new UnsupportedFormatException(Describe.keys(user));
          }
          return new Rotation(activatedBefore, job).resume(keys);
        });
  }

  /** The plan of looking how far it is. Nothing is written. */
  public Plan<RotationReport> status(UserId user) {
    return access.fresh(user, keys -> verify(keys, 0, null, 0));
  }

  /** From when on a scan that finds nothing below proves that nothing below will be written. */
  static Instant completeFrom(UserKeys keys) {
    return keys.active() == FIRST_GENERATION
        ? keys.activatedAt()
        : TimeLimits.noLateWritesFrom(keys.activatedAt());
  }

  private Plan<RotationReport> verify(
      UserKeys keys, int rewritten, ResealRows.@Nullable Result pass, int round) {
    return scan.plan(keys)
        .then(
            seen -> {
              if (seen.sameKeys()) {
                return Plan.done(report(keys, rewritten, pass, seen));
              }
              if (round == MAX_ROUNDS) {
                throw Failures.contended(Op.QUERY.name());
              }
              // Somebody rotated meanwhile: what was said of these keys is of no use any more.
              return access.renewed(keys, now -> verify(now, rewritten, pass, round + 1));
            });
  }

  private static RotationReport report(
      UserKeys keys, int rewritten, ResealRows.@Nullable Result pass, HeaderScan.Seen seen) {
    Instant completeFrom = completeFrom(keys);
    RotationReport.State state;
    if (seen.below() > 0) {
      state = RotationReport.State.REWRITING;
    } else if (seen.startedAt().isBefore(completeFrom)) {
      state = RotationReport.State.SETTLING;
    } else {
      state = RotationReport.State.COMPLETE;
    }
    return new RotationReport(
        keys.user(),
        state,
        keys.active(),
        keys.activatedAt(),
        completeFrom,
        rewritten,
        seen.below(),
        pass == null ? List.of() : pass.names(),
        null);
  }

  /** One call, on one thread. */
  private final class Rotation {
    private final Instant activatedBefore;
    private final Job job;
    private boolean mayStart = true;
    private int rewritten;

    Rotation(Instant activatedBefore, Job job) {
      this.activatedBefore = activatedBefore;
      this.job = job;
    }

    Plan<RotationReport> resume(UserKeys keys) {
      return scan.any(keys)
          .then(seen -> seen.below() > 0 ? rewrite(keys) : start(keys, null, seen.above()));
    }

    /**
     * Starts the next generation, unless there are rows of it already: then KEYS is from before
     * them, as after a restore of that item. A second key of that number would leave nobody with
     * both, and so lose one of both.
     */
    private Plan<RotationReport> start(
        UserKeys keys, ResealRows.@Nullable Result before, boolean above) {
      if (!mayStart || job.isCancelled() || !keys.activatedAt().isBefore(activatedBefore)) {
        return verify(keys, rewritten, before, 0);
      }
      mayStart = false;
      return above
          ? access.renewed(keys, now -> rewrite(requireNewer(keys, now)))
          : next.plan(keys).then(this::rewrite);
    }

    private UserKeys requireNewer(UserKeys keys, UserKeys now) {
      if (now.active() <= keys.active()) {
        throw new TamperedItemException(Describe.keys(keys.user()));
      }
      return now;
    }

    private Plan<RotationReport> rewrite(UserKeys keys) {
      return rows.plan(keys, job)
          .then(
              pass -> {
                rewritten += pass.rewritten();
                // What nobody can rewrite must not keep the key from being rotated for ever, nor
                // make every call of a caller who waits for the end start another generation.
                boolean stuck = pass.found() > 0 && pass.found() == pass.left() && !pass.stopped();
                return stuck && !env.now().isBefore(completeFrom(keys))
                    ? scan.plan(keys).then(seen -> start(keys, pass, seen.above()))
                    : verify(keys, rewritten, pass, 0);
              });
    }
  }
}
