package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.internal.plan.Plan;
import io.ezypass.model.Actor;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.UserId;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the content of a credential, either for the version that the caller saw, or by editing
 * whatever is there. Both read, write for the version read, and start again if somebody was faster;
 * every round seals anew. An update then finds another version than the one seen and ends.
 */
public final class UpdateCredential {
  private static final int MAX_ROUNDS = 8;

  private final Environment env;
  private final CurrentCredential current;
  private final ChangeCredential change;

  /** The use case. */
  public UpdateCredential(Environment env, KeyAccess access) {
    this.env = env;
    this.current = new CurrentCredential(env, access);
    this.change = new ChangeCredential(env);
  }

  /** The plan of an update. The content's secrets are copied at once. */
  public Plan<Credential> update(
      UserId owner, CredentialId id, long seen, CredentialContent content, Actor actor) {
    CredentialSealer.requireFuture(content, env.now());
    CredentialContent mine = CredentialSealer.copy(content);
    return new Rounds(
            owner, id, actor, () -> current.meta(owner, id), row -> forVersion(row, seen, mine))
        .round(1, null, null);
  }

  /** The plan of an edit. */
  public Plan<Credential> edit(
      UserId owner, CredentialId id, UnaryOperator<CredentialContent> edit, Actor actor) {
    return new Rounds(owner, id, actor, () -> current.whole(owner, id), row -> edited(row, edit))
        .round(1, null, null);
  }

  private static CredentialContent forVersion(
      CredentialRow row, long seen, CredentialContent content) {
    if (row.version() != seen) {
      throw new VersionConflictException(
          Describe.credential(row.owner(), row.id()), seen, row.version());
    }
    return content;
  }

  private CredentialContent edited(CredentialRow row, UnaryOperator<CredentialContent> edit) {
    try (Credential stored = row.credential()) {
      CredentialContent changed = edit.apply(stored.content());
      if (changed == null) {
        throw new IllegalArgumentException("the edit must not return null");
      }
      CredentialSealer.requireFuture(changed, env.now());
      return CredentialSealer.copy(changed);
    }
  }

  private final class Rounds {
    private final UserId owner;
    private final CredentialId id;
    private final Actor actor;
    private final Supplier<Plan<CurrentCredential.Found>> read;
    private final Function<CredentialRow, CredentialContent> next;

    Rounds(
        UserId owner,
        CredentialId id,
        Actor actor,
        Supplier<Plan<CurrentCredential.Found>> read,
        Function<CredentialRow, CredentialContent> next) {
      this.owner = owner;
      this.id = id;
      this.actor = actor;
      this.read = read;
      this.next = next;
    }

    /**
     * One round.
     *
     * @param before an attempt of the round before whose fate is not certain
     * @param lost the version that the round before was made for
     */
    Plan<Credential> round(
        int number, ChangeCredential.@Nullable Attempt before, @Nullable Long lost) {
      return read.get().then(found -> write(found, number, before, lost));
    }

    private Plan<Credential> write(
        CurrentCredential.Found found,
        int number,
        ChangeCredential.@Nullable Attempt before,
        @Nullable Long lost) {
      if (before != null && before.shows(found.row())) {
        return Plan.reconciled(before.credential());
      }
      long version = found.row().version();
      if (number > MAX_ROUNDS) {
        if (lost == null || lost == version) {
          // Nobody changes it, and yet it cannot be written: something forged stands in its way.
          throw new TamperedItemException(Describe.credential(owner, id));
        }
        throw new VersionConflictException(Describe.credential(owner, id), lost, version);
      }
      CredentialContent content = next.apply(found.row());
      return change
          .plan(found, content, actor)
          .then(
              result -> {
                if (result instanceof ChangeCredential.Result.Applied applied) {
                  return Plan.done(applied.credential());
                }
                ChangeCredential.Result.Repeat repeat = (ChangeCredential.Result.Repeat) result;
                return Plan.retry(
                    env.jitter(number), () -> round(number + 1, repeat.ambiguous(), version));
              });
    }
  }
}
