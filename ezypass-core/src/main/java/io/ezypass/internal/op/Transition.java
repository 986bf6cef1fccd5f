package io.ezypass.internal.op;

import io.ezypass.model.CredentialId;
import org.jspecify.annotations.Nullable;

/**
 * A change of one credential, before it is sealed.
 *
 * @param before the row that it replaces; null for a new credential
 * @param next what it will be
 */
record Transition(
    UserKeys keys, CredentialId id, @Nullable CredentialRow before, CredentialSealer.Next next) {

  /** When it will end, in seconds since the epoch; null if it will not. */
  @Nullable Long end() {
    return CredentialSealer.end(next.content().meta(), next.lifecycle());
  }

  /** Shows the id only. */
  @Override
  public String toString() {
    return "Transition[" + id + "]";
  }
}
