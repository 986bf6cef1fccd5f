package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditedChange.Action;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the content of a credential: for the version that the caller saw, by editing whatever is
 * there, or with that of a revision. All read, write for the version read, and start again if
 * somebody was faster; every round seals anew. What names a version then finds another one and
 * ends.
 */
public final class UpdateCredential {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final CurrentCredential current;
  private final KeptRevision revisions;
  private final ChangeCredential change;

  /** The use case. */
  public UpdateCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.current = new CurrentCredential(env, access);
    this.revisions = new KeptRevision(env, access);
    this.change = new ChangeCredential(env, access);
  }

  /** Gives the next content of a credential that was read with its secrets. */
  private interface NextContent
      extends Function<CurrentCredential.Found, Plan<CredentialContent>> {}

  /** The plan of an update. The content's secrets are copied at once. */
  public Plan<Credential> update(
      UserId owner, CredentialId id, long seen, CredentialContent content, Actor actor) {
    CredentialSealer.requireFuture(content, env.now());
    CredentialContent mine = CredentialSealer.copy(content);
    return new Rounds(
            owner,
            id,
            actor,
            Action.UPDATE,
            () -> current.toReplace(owner, id),
            found -> {
              requireVersion(found.row(), seen);
              return Plan.done(mine);
            })
        .round(1, Before.NOTHING);
  }

  /** The plan of an edit. */
  public Plan<Credential> edit(
      UserId owner, CredentialId id, UnaryOperator<CredentialContent> edit, Actor actor) {
    return new Rounds(
            owner,
            id,
            actor,
            Action.UPDATE,
            () -> current.whole(owner, id),
            found -> Plan.done(edited(found.row().credential().content(), edit)))
        .round(1, Before.NOTHING);
  }

  /** The plan of going back to a kept version: 1 GetItem more than an update. */
  public Plan<Credential> revert(
      UserId owner, CredentialId id, long seen, long version, Actor actor) {
    return new Rounds(
            owner,
            id,
            actor,
            Action.REVERT,
            () -> current.toReplace(owner, id),
            found -> {
              requireVersion(found.row(), seen);
              return revisions
                  .whole(found, version)
                  .map(
                      row -> {
                        CredentialContent content = row.credential().content();
                        CredentialSealer.requireFuture(content, env.now());
                        return content;
                      });
            })
        .round(1, Before.NOTHING);
  }

  private static void requireVersion(CredentialRow row, long seen) {
    if (row.version() != seen) {
      throw new VersionConflictException(
          Describe.credential(row.owner(), row.id()), seen, row.version());
    }
  }

  private CredentialContent edited(
      CredentialContent stored, UnaryOperator<CredentialContent> edit) {
    CredentialContent changed = edit.apply(stored);
    if (changed == null) {
      throw new IllegalArgumentException("the edit must not return null");
    }
    CredentialSealer.requireFuture(changed, env.now());
    return CredentialSealer.copy(changed);
  }

  /**
   * What the rounds before have left.
   *
   * @param ambiguous an attempt whose fate is not certain
   * @param version the version that the round before was made for
   * @param lost revisions whose rows turned out to be gone
   */
  private record Before(
      ChangeCredential.@Nullable Attempt ambiguous, @Nullable Long version, Set<Long> lost) {
    static final Before NOTHING = new Before(null, null, Set.of());

    Before then(ChangeCredential.Result.Repeat repeat, long madeFor) {
      Set<Long> all = new HashSet<>(lost);
      all.addAll(repeat.lost());
      return new Before(repeat.ambiguous(), madeFor, Set.copyOf(all));
    }
  }

  private final class Rounds {
    private final UserId owner;
    private final CredentialId id;
    private final Actor actor;
    private final Action action;
    private final AuditTurns turns = new AuditTurns(env);
    private final Supplier<Plan<CurrentCredential.Found>> read;
    private final NextContent next;

    Rounds(
        UserId owner,
        CredentialId id,
        Actor actor,
        Action action,
        Supplier<Plan<CurrentCredential.Found>> read,
        NextContent next) {
      this.owner = owner;
      this.id = id;
      this.actor = actor;
      this.action = action;
      this.read = read;
      this.next = next;
    }

    Plan<Credential> round(int number, Before before) {
      return read.get().then(found -> write(found, number, before));
    }

    private Plan<Credential> write(CurrentCredential.Found found, int number, Before before) {
      if (before.ambiguous() != null && before.ambiguous().shows(found.row())) {
        return Plan.reconciled(before.ambiguous().credential());
      }
      long version = found.row().version();
      Long lost = before.version();
      if (number > MAX_ROUNDS) {
        if (lost == null || lost == version) {
          // Nobody changes it, and yet it cannot be written: something forged stands in its way.
          throw new TamperedItemException(Describe.credential(owner, id));
        }
        throw new VersionConflictException(Describe.credential(owner, id), lost, version);
      }
      return nextContent(found)
          .then(content -> change(found, content, before.lost()))
          .then(
              result -> {
                if (result instanceof ChangeCredential.Result.Applied applied) {
                  return Plan.done(applied.credential());
                }
                ChangeCredential.Result.Repeat repeat = (ChangeCredential.Result.Repeat) result;
                Before now = before.then(repeat, version);
                if (repeat.overtaken()) {
                  return turns.again(() -> round(number, now));
                }
                return Plan.retry(env.jitter(number), () -> round(number + 1, now));
              });
    }

    private Plan<CredentialContent> nextContent(CurrentCredential.Found found) {
      try {
        return next.apply(found);
      } catch (RuntimeException e) {
        found.row().wipe();
        throw e;
      }
    }

    /** What was read is sealed into what is sent by then, or compared; its secrets go. */
    private Plan<ChangeCredential.Result> change(
        CurrentCredential.Found found, CredentialContent content, Set<Long> lost) {
      try {
        return change.plan(found, content, actor, action, lost);
      } finally {
        found.row().wipe();
      }
    }
  }
}
