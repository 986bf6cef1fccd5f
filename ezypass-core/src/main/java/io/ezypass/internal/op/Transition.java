package io.ezypass.internal.op;

import io.ezypass.model.Actor;
import io.ezypass.model.CredentialId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of one credential, before it is sealed.
 *
 * @param before the row that it replaces; null for a new credential
 * @param next what it will be
 * @param actor in whose name
 * @param lost versions of revisions whose rows turned out to be gone
 */
record Transition(
    Kind kind,
    UserKeys keys,
    CredentialId id,
    @Nullable CredentialRow before,
    CredentialSealer.Next next,
    Actor actor,
    Set<Long> lost) {

  /** What is done to the credential. */
  enum Kind {
    ADD,
    UPDATE,
    REVERT,
    TRASH,
    RESTORE
  }

  /** When it will end, in seconds since the epoch; null if it will not. */
  @Nullable Long end() {
    return CredentialSealer.end(next.content().meta(), next.lifecycle());
  }

  /** Shows ids only. */
  @Override
  public String toString() {
    return "Transition[" + kind + ", " + id + "]";
  }
}
